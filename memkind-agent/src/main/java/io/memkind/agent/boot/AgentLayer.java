package io.memkind.agent.boot;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** The agent in modules of its own. */
public final class AgentLayer {
    private static final String MODULE = "io.memkind.agent";
    private static final String PACKAGE = "io.memkind.agent.internal";
    private static final String CONTROL = PACKAGE + ".AgentControl";

    private static @Nullable Method control;

    private AgentLayer() {}

    /**
     * Starts the agent, or gives a running one a command.
     *
     * @param arguments what stands behind the jar in -javaagent; null if nothing does
     * @param instrumentation of the JVM
     * @param atStart whether the program has not begun yet
     * @throws Throwable what the agent throws
     */
    public static synchronized void enter(@Nullable String arguments, Instrumentation instrumentation, boolean atStart)
            throws Throwable {
        Method entered = control;
        if (entered == null) {
            entered = open();
            control = entered;
        }
        try {
            entered.invoke(null, arguments == null ? "" : arguments, instrumentation, atStart);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Method open() throws IOException, URISyntaxException, ReflectiveOperationException {
        Path jar = Path.of(AgentLayer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleFinder modules = new JarModules(new JarFile(jar.toFile()), jar.toUri());
        ModuleLayer boot = ModuleLayer.boot();
        /* The program's module path is not asked: whatever it has of ours stays its own. */
        Configuration configuration =
                Configuration.resolve(modules, List.of(boot.configuration()), ModuleFinder.of(), Set.of(MODULE));
        ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(boot), ClassLoader.getPlatformClassLoader());
        Module module = controller.layer().findModule(MODULE).orElseThrow();
        controller.addExports(module, PACKAGE, AgentLayer.class.getModule());
        return Class.forName(module, CONTROL).getMethod("enter", String.class, Instrumentation.class, boolean.class);
    }
}
