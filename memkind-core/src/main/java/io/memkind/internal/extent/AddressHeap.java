package io.memkind.internal.extent;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of page owners that gives the lowest address first: an intrusive pairing heap (Fredman, Sedgewick, Sleator,
 * Tarjan, 1986). Insertion takes constant time, removal of any member O(log n) amortised, and nothing is allocated.
 *
 * <p>Taking the lowest address first keeps memory dense, so that the rest can be given back. Not thread-safe.
 */
public final class AddressHeap {
    private @Nullable PageOwner root;

    /** The member with the lowest address, or null. */
    public @Nullable PageOwner first() {
        return root;
    }

    public boolean isEmpty() {
        return root == null;
    }

    /** Whether {@code node}, a member, is the only one. */
    public boolean isOnly(PageOwner node) {
        return root == node && node.heapChild == null;
    }

    public void insert(PageOwner node) {
        node.heapChild = null;
        node.heapNext = null;
        node.heapPrevious = null;
        root = root == null ? node : meld(root, node);
    }

    /** Removes {@code node}, which must be a member. */
    public void remove(PageOwner node) {
        PageOwner children = mergePairs(node.heapChild);
        if (node == root) {
            root = children;
        } else {
            unlink(node);
            if (children != null && root != null) {
                root = meld(root, children);
            }
        }
        node.heapChild = null;
        node.heapNext = null;
        node.heapPrevious = null;
    }

    /** Some member that {@code wanted} accepts, or null. Looks at all of them, if need be. */
    @Nullable PageOwner find(Predicate<PageOwner> wanted) {
        PageOwner node = root;
        while (node != null && !wanted.test(node)) {
            node = next(node);
        }
        return node;
    }

    /* In preorder: the first child, else the next sibling of the nearest ancestor that has one. */
    private static @Nullable PageOwner next(PageOwner node) {
        if (node.heapChild != null) {
            return node.heapChild;
        }
        PageOwner at = node;
        while (at != null && at.heapNext == null) {
            PageOwner previous = at.heapPrevious;
            while (previous != null && previous.heapChild != at) {
                at = previous;
                previous = at.heapPrevious;
            }
            at = previous;
        }
        return at == null ? null : at.heapNext;
    }

    /* heapPrevious is the left sibling, or the parent of a leftmost child. */
    private static void unlink(PageOwner node) {
        PageOwner previous = node.heapPrevious;
        PageOwner next = node.heapNext;
        if (previous == null) {
            throw new IllegalStateException("not a member");
        }
        if (previous.heapChild == node) {
            previous.heapChild = next;
        } else {
            previous.heapNext = next;
        }
        if (next != null) {
            next.heapPrevious = previous;
        }
    }

    private static PageOwner meld(PageOwner a, PageOwner b) {
        PageOwner parent = Long.compareUnsigned(a.address(), b.address()) <= 0 ? a : b;
        PageOwner child = parent == a ? b : a;
        PageOwner first = parent.heapChild;
        child.heapPrevious = parent;
        child.heapNext = first;
        if (first != null) {
            first.heapPrevious = child;
        }
        parent.heapChild = child;
        parent.heapNext = null;
        parent.heapPrevious = null;
        return parent;
    }

    /* Two passes: pairs from left to right, then all results from right to left, chained through heapPrevious. */
    private static @Nullable PageOwner mergePairs(@Nullable PageOwner firstChild) {
        PageOwner merged = null;
        PageOwner node = firstChild;
        while (node != null) {
            PageOwner second = node.heapNext;
            PageOwner rest = second == null ? null : second.heapNext;
            PageOwner pair = second == null ? node : meld(node, second);
            pair.heapNext = null;
            pair.heapPrevious = merged;
            merged = pair;
            node = rest;
        }
        if (merged == null) {
            return null;
        }
        PageOwner result = merged;
        PageOwner previous = merged.heapPrevious;
        while (previous != null) {
            PageOwner next = previous.heapPrevious;
            result = meld(previous, result);
            previous = next;
        }
        result.heapPrevious = null;
        return result;
    }
}
