package io.memkind.agent.internal.hook;

import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The changes, on class files. The three methods of Unsafe get a question to the bridge in front; whatever it declines runs through
 * the JDK's own code, with its checks and its errors. A downcall handle goes through the bridge when it is bound to its symbol.
 */
final class MethodChanges {
    static final String UNSAFE = "jdk/internal/misc/Unsafe";
    static final String LINKER = "jdk/internal/foreign/abi/AbstractLinker";
    /** How many places are changed in each class; in a JDK where it is another number, nothing is as it was for us. */
    static final Map<String, Integer> SITES = Map.of(UNSAFE, 3, LINKER, 1);

    private static final String DOWNCALL = "downcallHandle";
    private static final String DOWNCALL_TYPE =
            "(Ljava/lang/foreign/MemorySegment;Ljava/lang/foreign/FunctionDescriptor;"
                    + "[Ljava/lang/foreign/Linker$Option;)Ljava/lang/invoke/MethodHandle;";
    private static final int DESCRIPTOR_SLOT = 2;

    private record Change(byte[] bytes, int sites) {}

    private final ClassFile classFile = ClassFile.of();
    private int sites;

    /** The changed class, or null if it is none of the two. */
    static byte @Nullable [] of(String className, byte[] original, Consumer<Integer> sites) {
        MethodChanges changes = new MethodChanges();
        Change change = switch (className) {
            case UNSAFE -> changes.unsafe(original);
            case LINKER -> changes.linker(original);
            default -> null;
        };
        if (change == null) {
            return null;
        }
        sites.accept(change.sites);
        return change.bytes;
    }

    private Change unsafe(byte[] original) {
        ClassModel model = classFile.parse(original);
        ClassTransform transform = (type, element) -> {
            Consumer<CodeBuilder> prefix = element instanceof MethodModel method ? prefixOf(method) : null;
            if (prefix != null) {
                type.transformMethod((MethodModel) element, MethodTransform.transformingCode(new Prefix(prefix)));
            } else {
                type.with(element);
            }
        };
        return new Change(classFile.transformClass(model, transform), sites);
    }

    private Change linker(byte[] original) {
        ClassModel model = classFile.parse(original);
        ClassTransform transform = ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString(DOWNCALL)
                        && method.methodType().equalsString(DOWNCALL_TYPE),
                this::bind);
        return new Change(classFile.transformClass(model, transform), sites);
    }

    private static @Nullable Consumer<CodeBuilder> prefixOf(MethodModel method) {
        if (is(method, "allocateMemory", MethodTypeDesc.of(CD_long, CD_long))) {
            return MethodChanges::allocate;
        }
        if (is(method, "freeMemory", MethodTypeDesc.of(CD_void, CD_long))) {
            return MethodChanges::free;
        }
        return is(method, "reallocateMemory", MethodTypeDesc.of(CD_long, CD_long, CD_long))
                ? MethodChanges::reallocate
                : null;
    }

    private static boolean is(MethodModel method, String name, MethodTypeDesc type) {
        return method.methodName().equalsString(name)
                && method.methodTypeSymbol().equals(type);
    }

    /* Parameters of these instance methods are in slots 1 and 3. */
    private final class Prefix implements CodeTransform {
        private final Consumer<CodeBuilder> prefix;

        Prefix(Consumer<CodeBuilder> prefix) {
            this.prefix = prefix;
        }

        @Override
        public void atStart(CodeBuilder code) {
            sites++;
            prefix.accept(code);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }

    private static void allocate(CodeBuilder code) {
        var original = code.newLabel();
        code.lload(1)
                .invokestatic(BridgeClasses.BRIDGE, BridgeClasses.ALLOCATE, BridgeClasses.ALLOCATE_TYPE)
                .dup2()
                .lconst_0()
                .lcmp()
                .ifeq(original)
                .lreturn()
                .labelBinding(original)
                .pop2();
    }

    private static void free(CodeBuilder code) {
        var original = code.newLabel();
        code.lload(1)
                .invokestatic(BridgeClasses.BRIDGE, BridgeClasses.FREE, BridgeClasses.FREE_TYPE)
                .ifeq(original)
                .return_()
                .labelBinding(original);
    }

    private static void reallocate(CodeBuilder code) {
        var original = code.newLabel();
        code.lload(1)
                .lload(3)
                .invokestatic(BridgeClasses.BRIDGE, BridgeClasses.REALLOCATE, BridgeClasses.REALLOCATE_TYPE)
                .dup2()
                .loadConstant(MemoryHooks.DECLINED)
                .lcmp()
                .ifeq(original)
                .lreturn()
                .labelBinding(original)
                .pop2();
    }

    private void bind(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeInstruction call && call.name().equalsString("bindTo")) {
            sites++;
            code.aload(DESCRIPTOR_SLOT).invokestatic(BridgeClasses.BRIDGE, BridgeClasses.BIND, BridgeClasses.BIND_TYPE);
        } else {
            code.with(element);
        }
    }
}
