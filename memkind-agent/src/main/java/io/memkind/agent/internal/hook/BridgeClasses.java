package io.memkind.agent.internal.hook;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.function.BiFunction;
import java.util.function.LongBinaryOperator;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/**
 * Two classes that are defined into java.base, because its methods can call no other: the bridge, whose static methods call our
 * functions, and the handoff, from which the bridge takes them into constants when it is initialised. Constants let the JIT
 * compiler inline the functions.
 */
final class BridgeClasses {
    static final ClassDesc BRIDGE = ClassDesc.of(JavaBase.MISC, "MemkindBridge");
    static final String ALLOCATE = "allocate";
    static final String FREE = "free";
    static final String REALLOCATE = "reallocate";
    static final String BIND = "bind";
    static final MethodTypeDesc ALLOCATE_TYPE = MethodTypeDesc.of(CD_long, CD_long);
    static final MethodTypeDesc FREE_TYPE = MethodTypeDesc.of(CD_boolean, CD_long);
    static final MethodTypeDesc REALLOCATE_TYPE = MethodTypeDesc.of(CD_long, CD_long, CD_long);
    static final MethodTypeDesc BIND_TYPE = MethodTypeDesc.of(CD_MethodHandle, CD_MethodHandle, CD_Object, CD_Object);

    private static final ClassDesc HANDOFF = ClassDesc.of(JavaBase.MISC, "MemkindHandoff");
    private static final ClassDesc OBJECTS = CD_Object.arrayType();
    private static final String FUNCTIONS = "functions";

    private enum Function {
        ALLOCATE(LongUnaryOperator.class),
        FREE(LongPredicate.class),
        REALLOCATE(LongBinaryOperator.class),
        BIND(BiFunction.class);

        private final String descriptor;

        Function(Class<?> type) {
            this.descriptor = type.descriptorString();
        }

        ClassDesc type() {
            return ClassDesc.ofDescriptor(descriptor);
        }
    }

    private BridgeClasses() {}

    /** Defines and initialises both. May be done once in a JVM. */
    static void define(MemoryHooks hooks, LinkHook links) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = JavaBase.lookup();
        Class<?> handoff = lookup.defineClass(handoff());
        lookup.findStaticVarHandle(handoff, FUNCTIONS, Object[].class)
                .set(new Object[] {new Allocate(hooks), new Free(hooks), new Reallocate(hooks), links});
        lookup.ensureInitialized(lookup.defineClass(bridge()));
        lookup.findStaticVarHandle(handoff, FUNCTIONS, Object[].class).set((Object[]) null);
    }

    /* Classes rather than lambdas, whose linking takes time before the program starts. */
    private record Allocate(MemoryHooks hooks) implements LongUnaryOperator {
        @Override
        public long applyAsLong(long byteSize) {
            return hooks.allocate(byteSize);
        }
    }

    private record Free(MemoryHooks hooks) implements LongPredicate {
        @Override
        public boolean test(long address) {
            return hooks.free(address);
        }
    }

    private record Reallocate(MemoryHooks hooks) implements LongBinaryOperator {
        @Override
        public long applyAsLong(long address, long byteSize) {
            return hooks.reallocate(address, byteSize);
        }
    }

    private static byte[] handoff() {
        return ClassFile.of()
                .build(
                        HANDOFF,
                        type -> type.withFlags(ACC_PUBLIC | ACC_FINAL).withField(FUNCTIONS, OBJECTS, ACC_STATIC));
    }

    private static byte[] bridge() {
        return ClassFile.of().build(BRIDGE, type -> {
            type.withFlags(ACC_PUBLIC | ACC_FINAL);
            for (Function function : Function.values()) {
                type.withField(function.name(), function.type(), ACC_STATIC | ACC_FINAL);
            }
            type.withMethodBody("<clinit>", MethodTypeDesc.of(CD_void), ACC_STATIC, code -> {
                for (Function function : Function.values()) {
                    code.getstatic(HANDOFF, FUNCTIONS, OBJECTS)
                            .loadConstant(function.ordinal())
                            .aaload()
                            .checkcast(function.type())
                            .putstatic(BRIDGE, function.name(), function.type());
                }
                code.return_();
            });
            forward(type, ALLOCATE, ALLOCATE_TYPE, Function.ALLOCATE, "applyAsLong");
            forward(type, FREE, FREE_TYPE, Function.FREE, "test");
            forward(type, REALLOCATE, REALLOCATE_TYPE, Function.REALLOCATE, "applyAsLong");
            /* bind(handle, symbol, descriptor): the handle is bound as the JDK does, then handed over with the others. */
            type.withMethodBody(
                    BIND,
                    BIND_TYPE,
                    ACC_PUBLIC | ACC_STATIC,
                    code -> code.getstatic(BRIDGE, Function.BIND.name(), Function.BIND.type())
                            .aload(0)
                            .aload(1)
                            .invokevirtual(CD_MethodHandle, "bindTo", MethodTypeDesc.of(CD_MethodHandle, CD_Object))
                            .loadConstant(2)
                            .anewarray(CD_Object)
                            .dup()
                            .loadConstant(0)
                            .aload(1)
                            .aastore()
                            .dup()
                            .loadConstant(1)
                            .aload(2)
                            .aastore()
                            .invokeinterface(
                                    Function.BIND.type(), "apply", MethodTypeDesc.of(CD_Object, CD_Object, CD_Object))
                            .checkcast(CD_MethodHandle)
                            .areturn());
        });
    }

    private static void forward(
            ClassBuilder type, String name, MethodTypeDesc signature, Function function, String method) {
        type.withMethodBody(name, signature, ACC_PUBLIC | ACC_STATIC, code -> {
            code.getstatic(BRIDGE, function.name(), function.type());
            for (int i = 0; i < signature.parameterCount(); i++) {
                code.lload(2 * i);
            }
            code.invokeinterface(function.type(), method, signature);
            if (signature.returnType().equals(CD_boolean)) {
                code.ireturn();
            } else {
                code.lreturn();
            }
        });
    }
}
