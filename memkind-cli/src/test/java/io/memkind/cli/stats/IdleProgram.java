package io.memkind.cli.stats;

/** A program without kinds, which ends with its standard input. */
final class IdleProgram {
    private IdleProgram() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("ready");
        System.in.transferTo(System.out);
    }
}
