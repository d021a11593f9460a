package io.memkind;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs {@link KindContract} for the kinds that are not bound to nodes, and for options: see also {@link NodeKindContractTest}. */
class KindContractTest {
    @Nested
    class Default extends KindContract {
        Default() {
            super(Kinds.DEFAULT);
        }
    }

    @Nested
    class DefaultThp extends KindContract {
        DefaultThp() {
            super(Kinds.DEFAULT_THP);
        }
    }

    @Nested
    class Regular extends KindContract {
        Regular() {
            super(Kinds.REGULAR);
        }
    }

    @Nested
    @HugePages.Needed(byteSize = 2 << 20, count = 64)
    @ExtendWith(HugePages.class)
    class Hugetlb extends KindContract {
        Hugetlb() {
            super(Kinds.HUGETLB);
        }
    }

    @Nested
    @HugePages.Needed(byteSize = 1 << 30, count = 1)
    @ExtendWith(HugePages.class)
    class Hugetlb1Gb extends KindContract {
        Hugetlb1Gb() {
            super(Kinds.HUGETLB_1GB);
        }
    }

    @Nested
    class Limited extends KindContract {
        Limited() {
            super(Kinds.DEFAULT);
        }

        @Override
        KindBuilder configure(KindBuilder builder) {
            return builder.limitBytes(64 << 20);
        }
    }

    @Nested
    class DecayZero extends KindContract {
        DecayZero() {
            super(Kinds.DEFAULT);
        }

        @Override
        KindBuilder configure(KindBuilder builder) {
            return builder.decay(Duration.ZERO);
        }
    }

    @Nested
    class Hog extends KindContract {
        Hog() {
            super(Kinds.REGULAR);
        }

        @Override
        KindBuilder configure(KindBuilder builder) {
            return builder.hogMemory(true);
        }

        @Override
        public boolean givesMemoryBack() {
            return false;
        }
    }

    static List<MemoryKind> bases() throws ReflectiveOperationException {
        List<MemoryKind> bases = new ArrayList<>();
        KindContractTest outer = new KindContractTest();
        for (Class<?> nested : KindContractTest.class.getDeclaredClasses()) {
            Constructor<?> constructor = nested.getDeclaredConstructor(KindContractTest.class);
            bases.add(((KindContract) constructor.newInstance(outer)).base());
        }
        return bases;
    }
}
