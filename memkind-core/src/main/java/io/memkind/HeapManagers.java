package io.memkind;

import io.memkind.settings.Setting;
import io.memkind.settings.SettingException;
import io.memkind.settings.Settings;
import io.memkind.spi.HeapManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds heap managers by name, among those on the module path or class path. */
final class HeapManagers {
    /* The library's own heap: its name, and that of the C library's. */
    private static final List<String> OWN = List.of("memkind", "jemalloc");

    private HeapManagers() {}

    /** Whether the process asks for another manager than the library's own heap, or for what is no manager. */
    static boolean isAnotherChosen() {
        return Settings.HEAP_MANAGER
                .given(Settings.ofProcess())
                .filter(given -> !isOwn(given.text()))
                .isPresent();
    }

    static boolean isOwn(String name) {
        return OWN.stream().anyMatch(name::equalsIgnoreCase);
    }

    /**
     * The manager that the process asks for, which is another than the own.
     *
     * @throws SettingException if there is none of that name
     * @throws KindUnavailableException if it cannot be used here
     */
    static HeapManager ofProcess() {
        String name = Settings.HEAP_MANAGER.value().orElse("");
        try {
            return find(name);
        } catch (IllegalArgumentException e) {
            Setting.Given given =
                    Settings.HEAP_MANAGER.given(Settings.ofProcess()).orElseThrow(() -> e);
            throw Settings.HEAP_MANAGER.refusal(given, ": " + e.getMessage());
        }
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
            throw new KindUnavailableException(message, Availability.no(ErrorCode.OPERATION_FAILED, message, ""));
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
