/** The {@code memkind} command. */
module io.memkind.cli {
    requires info.picocli;
    requires io.memkind;
    requires static org.jspecify;

    opens io.memkind.cli to
            info.picocli;
}
