package io.memkind.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.ArrayList;
import java.util.List;

/** Checks the bytecode of a method against what a hot method may have. */
final class BytecodeBudget {
    private BytecodeBudget() {}

    /**
     * What is wrong with the method; with all overloads of the name, if {@code descriptor} is empty.
     *
     * @param className binary name of a class on the class path
     */
    static List<String> violations(String className, String method, String descriptor, int byteLimit)
            throws IOException {
        List<String> found = new ArrayList<>();
        int overloads = 0;
        for (MethodModel model : read(className).methods()) {
            if (model.methodName().equalsString(method)
                    && (descriptor.isEmpty() || model.methodType().equalsString(descriptor))
                    && model.code().isPresent()) {
                overloads++;
                check(
                        className + "." + method + model.methodType().stringValue(),
                        model.code().get(),
                        byteLimit,
                        found);
            }
        }
        if (overloads == 0) {
            found.add(className + "." + method + descriptor + " does not exist");
        }
        return found;
    }

    private static ClassModel read(String className) throws IOException {
        String resource = "/" + className.replace('.', '/') + ".class";
        try (InputStream in = BytecodeBudget.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no class file " + resource);
            }
            return ClassFile.of().parse(in.readAllBytes());
        }
    }

    private static void check(String name, CodeModel code, int byteLimit, List<String> found) {
        int byteSize = ((CodeAttribute) code).codeLength();
        if (byteSize > byteLimit) {
            found.add(name + " has " + byteSize + " bytes of bytecode, more than " + byteLimit);
        }
        List<Instruction> instructions = new ArrayList<>();
        code.forEach(element -> {
            if (element instanceof Instruction instruction) {
                instructions.add(instruction);
            }
        });
        for (int i = 0; i < instructions.size(); i++) {
            Opcode opcode = instructions.get(i).opcode();
            switch (opcode) {
                case NEWARRAY, ANEWARRAY, MULTIANEWARRAY, INVOKEDYNAMIC, MONITORENTER ->
                    found.add(name + " has " + opcode);
                case NEW -> {
                    if (!isThrown(instructions, i)) {
                        found.add(name + " has NEW of something that is not thrown at once");
                    }
                }
                default -> {}
            }
        }
    }

    /* The constructor call that belongs to the new object comes next among those of its class and is followed by athrow. */
    private static boolean isThrown(List<Instruction> instructions, int start) {
        String type =
                ((NewObjectInstruction) instructions.get(start)).className().asInternalName();
        for (int i = start + 1; i < instructions.size() - 1; i++) {
            if (instructions.get(i) instanceof InvokeInstruction call
                    && call.name().equalsString("<init>")
                    && call.owner().asInternalName().equals(type)) {
                return instructions.get(i + 1).opcode() == Opcode.ATHROW;
            }
        }
        return false;
    }
}
