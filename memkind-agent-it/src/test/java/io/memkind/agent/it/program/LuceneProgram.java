package io.memkind.agent.it.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.MMapDirectory;

/** Indexes a few thousand texts into mapped files, and prints how many have a word, and how large the files are. */
public final class LuceneProgram {
    private LuceneProgram() {}

    public static void main(String[] arguments) throws Exception {
        Random random = new Random(1);
        Path path = Files.createTempDirectory("lucene");
        try (MMapDirectory directory = new MMapDirectory(path)) {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
                for (int i = 0; i < 5000; i++) {
                    Document document = new Document();
                    document.add(new TextField(
                            "text",
                            "number " + i + " modulo" + i % 7 + " " + random.nextLong() + " " + random.nextLong(),
                            Field.Store.YES));
                    writer.addDocument(document);
                }
                writer.forceMerge(1);
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                System.out.println(new IndexSearcher(reader).count(new TermQuery(new Term("text", "modulo3"))));
            }
            long bytes = 0;
            for (String file : directory.listAll()) {
                bytes += directory.fileLength(file);
            }
            System.out.println(bytes > 100_000 ? "large" : "small");
        } finally {
            List<Path> files;
            try (Stream<Path> all = Files.walk(path)) {
                files = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
