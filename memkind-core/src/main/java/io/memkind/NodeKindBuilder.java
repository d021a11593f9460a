package io.memkind;

import io.memkind.attribute.NodePolicy;
import io.memkind.attribute.PageKind;
import io.memkind.internal.heap.HeapOptions;
import io.memkind.internal.select.GivenNodes;
import io.memkind.internal.select.KindSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds a kind over NUMA nodes that the caller names, see {@link Kinds#onNodes}. Not thread-safe. */
public final class NodeKindBuilder {
    private static final int MAX_NODE = 4095; // far beyond the kernel's 1 << CONFIG_NODES_SHIFT

    private final GivenNodes nodes;
    private String name;
    private NodePolicy policy = NodePolicy.BIND;
    private PageKind pages = PageKind.BASE;
    private boolean transparentHugePagesOff;
    private long limitBytes = HeapOptions.DEFAULT.limitBytes();
    private Duration decay = HeapOptions.DEFAULT.decay();
    private @Nullable KindManager manager;

    NodeKindBuilder(int... nodes) {
        this.nodes = new GivenNodes(Arrays.stream(nodes).boxed().toList());
        List<Integer> ids = this.nodes.ids();
        if (ids.get(ids.size() - 1) > MAX_NODE) {
            throw new IllegalArgumentException("node " + ids.get(ids.size() - 1) + " is beyond " + MAX_NODE
                    + "; name nodes of /sys/devices/system/node");
        }
        this.name = "memkind_nodes:" + ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /**
     * Names the kind in messages and statistics; by default {@code memkind_nodes:} and the nodes.
     *
     * @param name any text that is not blank
     * @return this builder
     * @throws IllegalArgumentException if the name is blank
     */
    public NodeKindBuilder name(String name) {
        Requests.checkName(name);
        this.name = name;
        return this;
    }

    /**
     * How memory is spread over the nodes.
     *
     * @param policy {@link NodePolicy#BIND} by default
     * @return this builder
     * @throws IllegalArgumentException if it is {@link NodePolicy#NONE}, which knows no nodes, or it is {@link
     *     NodePolicy#PREFERRED}, which knows one, and there are several
     */
    public NodeKindBuilder policy(NodePolicy policy) {
        Objects.requireNonNull(policy, "policy");
        if (policy == NodePolicy.NONE) {
            throw new IllegalArgumentException("policy NONE has no nodes; use Kinds.DEFAULT, or another policy");
        }
        if (policy == NodePolicy.PREFERRED && nodes.ids().size() > 1) {
            throw new IllegalArgumentException(
                    "policy PREFERRED takes one node, not " + nodes.ids() + "; use PREFERRED_MANY");
        }
        this.policy = policy;
        return this;
    }

    /**
     * The pages of the kind.
     *
     * @param pages {@link PageKind#BASE} by default
     * @return this builder
     */
    public NodeKindBuilder pages(PageKind pages) {
        this.pages = Objects.requireNonNull(pages, "pages");
        return this;
    }

    /**
     * Refuses transparent huge pages, whatever the system's mode is, so that single base pages interleave.
     *
     * @param off true to refuse them; only heeded with {@link PageKind#BASE}
     * @return this builder
     */
    public NodeKindBuilder transparentHugePagesOff(boolean off) {
        this.transparentHugePagesOff = off;
        return this;
    }

    /**
     * The most memory that the kind may hold, see {@link KindBuilder#limitBytes}. No limit by default.
     *
     * @param limitBytes at least 1 MiB, and at least one page of the kind
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1 MiB
     */
    public NodeKindBuilder limitBytes(long limitBytes) {
        KindBuilder.checkLimit(limitBytes, 0, name);
        this.limitBytes = limitBytes;
        return this;
    }

    /**
     * How long freed memory may stay, see {@link KindBuilder#decay}. 10 seconds by default.
     *
     * @param decay zero to 100 years
     * @return this builder
     * @throws IllegalArgumentException if it is negative, or longer than 100 years
     */
    public NodeKindBuilder decay(Duration decay) {
        KindBuilder.checkDecay(decay);
        this.decay = decay;
        return this;
    }

    /**
     * Who manages the memory of the kind: the library's own heap by default ({@code memkind}), or a {@link
     * io.memkind.spi.HeapManager} that is on the module path or class path, such as {@code TBB}.
     *
     * @param name of the manager, in any case
     * @return this builder
     * @throws IllegalArgumentException if there is none of that name
     * @throws KindUnavailableException if it cannot be used on this machine
     */
    public NodeKindBuilder heapManager(String name) {
        this.manager = KindManager.named(name);
        return this;
    }

    /**
     * Builds the kind. Takes no memory yet, and so succeeds whether the machine has the nodes or not: {@link
     * MemoryKind#availability} tells.
     *
     * @return a new kind, to be closed by the caller
     * @throws IllegalArgumentException if the limit is less than a page of the kind
     * @throws io.memkind.settings.SettingException if a setting that concerns the kind has a bad value
     */
    public MemoryKind build() {
        KindBuilder.checkLimit(limitBytes, pages.hugeByteSize(), name);
        KindSpec spec = new KindSpec(name, nodes, policy, pages, transparentHugePagesOff && pages == PageKind.BASE);
        HeapOptions options = new HeapOptions(limitBytes, decay, KindDefaults.hogMemory(null));
        return MemoryKind.build(new NodeMemory(spec), name, options, manager);
    }
}
