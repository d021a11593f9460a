package io.memkind.agent.it.program;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** A database of H2 in off-heap memory: prints sums over its rows. */
public final class H2Program {
    private H2Program() {}

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:nioMemFS:test");
                Statement statement = connection.createStatement()) {
            statement.execute("create table t(id int primary key, text varchar, part int)");
            try (PreparedStatement insert = connection.prepareStatement("insert into t values(?, ?, ?)")) {
                for (int i = 0; i < 50_000; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "row " + i + " " + "x".repeat(i % 300));
                    insert.setInt(3, i % 10);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute("checkpoint sync");
            try (ResultSet result = statement.executeQuery(
                    "select part, sum(id), sum(length(text)) from t group by part order by part")) {
                while (result.next()) {
                    System.out.println(result.getInt(1) + " " + result.getLong(2) + " " + result.getLong(3));
                }
            }
        }
    }
}
