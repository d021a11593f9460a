package io.memkind.agent.internal.redirect;

import io.memkind.agent.policy.NamePattern;
import java.util.Iterator;
import java.util.List;

/** Which patterns of classes the stack of the calling thread has. */
final class CallSites {
    private static final int MAX_FRAMES = 256;
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final long all;

    /* By class, so that it goes when the class goes. */
    private final ClassValue<Long> patterns;

    CallSites(List<NamePattern> classPatterns) {
        List<NamePattern> copy = List.copyOf(classPatterns);
        this.all = (1L << copy.size()) - 1;
        this.patterns = new ClassValue<>() {
            @Override
            protected Long computeValue(Class<?> type) {
                String name = type.getName();
                long bits = 0;
                for (int i = 0; i < copy.size(); i++) {
                    bits |= copy.get(i).matches(name) ? 1L << i : 0;
                }
                return bits;
            }
        };
    }

    /** The patterns that a class on the stack fits, as bits; of the nearest frames. */
    long patternsOnStack() {
        return WALKER.walk(frames -> {
            long bits = 0;
            Iterator<StackWalker.StackFrame> nearest = frames.limit(MAX_FRAMES).iterator();
            while (bits != all && nearest.hasNext()) {
                bits |= patterns.get(nearest.next().getDeclaringClass());
            }
            return bits;
        });
    }
}
