/** The {@code memkind} command. */
module io.memkind.cli {
    requires info.picocli;
    requires io.memkind;
    requires io.memkind.agent;
    requires java.management;
    requires jdk.attach;
    requires static org.jspecify;

    opens io.memkind.cli to
            info.picocli;
}
