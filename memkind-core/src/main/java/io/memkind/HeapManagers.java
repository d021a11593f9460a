package io.memkind;

import io.memkind.spi.HeapManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds heap managers by name, among those on the module path or class path. */
final class HeapManagers {
    static final String PROPERTY = "io.memkind.heapManager";
    static final String VARIABLE = "MEMKIND_HEAP_MANAGER";

    /* The library's own heap: its name, and that of the C library's. */
    private static final List<String> OWN = List.of("memkind", "jemalloc");

    private HeapManagers() {}

    /** What the process asks for, or an empty string. */
    static String ofProcess() {
        String property = System.getProperty(PROPERTY);
        String value = property == null ? System.getenv(VARIABLE) : property;
        return value == null ? "" : value.strip();
    }

    static boolean isOwn(String name) {
        return name.isEmpty() || OWN.stream().anyMatch(name::equalsIgnoreCase);
    }

    /**
     * The manager of that name.
     *
     * @throws IllegalArgumentException if there is none
     * @throws KindUnavailableException if it cannot be used here
     */
    static HeapManager find(String name) {
        List<String> known = new ArrayList<>(OWN);
        for (HeapManager manager : installed()) {
            if (manager.name().equalsIgnoreCase(name)) {
                return requireUsable(manager);
            }
            known.add(manager.name());
        }
        throw new IllegalArgumentException(
                "there is no heap manager \"" + name + "\"; accepted are " + String.join(", ", known)
                        + "; others have to be on the module path or class path, as TBB in memkind-tbb.jar");
    }

    private static HeapManager requireUsable(HeapManager manager) {
        Optional<String> refusal = manager.refusal();
        if (refusal.isPresent()) {
            String message = "the heap manager " + manager.name() + " cannot be used: " + refusal.get();
            throw new KindUnavailableException(message, Availability.no(message, ""));
        }
        return manager;
    }

    /* First what the library itself can see: the loader of the thread may be of anybody. */
    private static List<HeapManager> installed() {
        List<HeapManager> found = installed(HeapManager.class.getClassLoader());
        return found.isEmpty() ? installed(Thread.currentThread().getContextClassLoader()) : found;
    }

    private static List<HeapManager> installed(@Nullable ClassLoader loader) {
        return ServiceLoader.load(HeapManager.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
