package io.memkind.agent.internal.redirect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.Kinds;
import io.memkind.agent.internal.hook.MemoryHooks;
import io.memkind.agent.policy.AllocationPolicy;
import io.memkind.agent.policy.PolicyException;
import io.memkind.agent.policy.PolicyFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("restricted")
class RedirectorTest {
    private final List<String> log = new ArrayList<>();
    private final Arena jvmArena = Arena.ofShared();

    @AfterEach
    void closeArena() {
        jvmArena.close();
    }

    private Redirector open(String policyText) {
        AllocationPolicy policy = PolicyFile.parse(policyText.lines().toList(), "p");
        Redirector redirector = new Redirector(
                policy,
                TargetOpener.open(policy, log::add),
                byteSize -> jvmArena.allocate(byteSize, 16).address(),
                log::add);
        redirector.enable(true);
        return redirector;
    }

    private static long at(long address) {
        return MemorySegment.ofAddress(address).reinterpret(8).get(ValueLayout.JAVA_LONG, 0);
    }

    private static void put(long address, long value) {
        MemorySegment.ofAddress(address).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, value);
    }

    @Test
    void servesByTheFirstRuleThatFits() {
        Redirector redirector = open("""
                when size 100..200 and thread redirected-* use regular
                when size 100..200 use jvm
                otherwise use default
                """);

        long ofDefault = redirector.allocate(99);
        assertThat(Kinds.DEFAULT.ownsPageOf(ofDefault)).isTrue();
        assertThat(redirector.allocate(100)).isZero();
        assertThat(redirector.allocate(200)).isZero();
        long aboveIt = redirector.allocate(201);
        assertThat(Kinds.DEFAULT.ownsPageOf(aboveIt)).isTrue();

        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("redirected-1");
        long ofRegular = redirector.allocate(100);
        thread.setName(name);
        assertThat(Kinds.REGULAR.ownsPageOf(ofRegular)).isTrue();
        assertThat(redirector.allocate(100)).isZero();

        assertThat(redirector.free(ofDefault)).isTrue();
        assertThat(redirector.free(aboveIt)).isTrue();
        assertThat(redirector.free(ofRegular)).isTrue();
        assertThat(redirector.jvmRequests().requests()).isEqualTo(3);
        assertThat(redirector.jvmRequests().bytes()).isEqualTo(400);
        assertThat(redirector.targets())
                .extracting(RedirectTarget::name, target -> target.served().bytes())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("memkind_regular", 100L),
                        org.assertj.core.groups.Tuple.tuple("memkind_default", 300L));
    }

    private static final class Caller {
        static long allocate(Redirector redirector, long byteSize) {
            return redirector.allocate(byteSize);
        }
    }

    @Test
    void looksForClassesOnTheStack() {
        Redirector redirector = open("when class **RedirectorTest$Caller and class org.junit.** use default");

        assertThat(redirector.allocate(64)).isZero();
        long block = Caller.allocate(redirector, 64);
        assertThat(block).isNotZero();
        assertThat(redirector.free(block)).isTrue();
    }

    @Test
    void declinesWhatTheJdkRefusesOrMeansNothing() {
        Redirector redirector = open("otherwise use default");

        assertThat(redirector.allocate(0)).isZero();
        assertThat(redirector.allocate(-1)).isZero();
        assertThat(redirector.allocate(Long.MIN_VALUE)).isZero();
        assertThat(redirector.free(0)).isFalse();
        assertThat(redirector.free(-1)).isFalse();
        assertThat(redirector.free(Long.MAX_VALUE)).isFalse();
        assertThat(redirector.free(jvmArena.allocate(100).address())).isFalse();
        assertThat(redirector.reallocate(jvmArena.allocate(100).address(), 200)).isEqualTo(MemoryHooks.DECLINED);
        assertThat(redirector.reallocate(0, 0)).isEqualTo(MemoryHooks.DECLINED);
        assertThat(redirector.reallocate(0, -5)).isEqualTo(MemoryHooks.DECLINED);
        assertThat(redirector.usableSize(1234)).isZero();
    }

    @Test
    void alignsAsMalloc() {
        Redirector redirector = open("otherwise use default");

        List<Long> blocks = new ArrayList<>();
        for (long byteSize = 1; byteSize < 64; byteSize++) {
            blocks.add(redirector.allocate(byteSize));
        }
        assertThat(blocks).allMatch(block -> block % 16 == 0);
        long resized = redirector.reallocate(blocks.get(40), 3);
        assertThat(resized % 16).isZero();
        blocks.set(40, resized);
        blocks.forEach(redirector::free);
    }

    @Test
    void blocksGoBackToTheirOwnerWhenItIsOff() {
        Redirector redirector = open("otherwise use default");
        long block = redirector.allocate(1000);
        put(block, 7);

        redirector.enable(false);

        assertThat(redirector.allocate(1000)).isZero();
        long resized = redirector.reallocate(block, 100_000);
        assertThat(Kinds.DEFAULT.ownsPageOf(resized)).isTrue();
        assertThat(at(resized)).isEqualTo(7);
        assertThat(redirector.usableSize(resized)).isGreaterThanOrEqualTo(100_000);
        assertThat(redirector.free(resized)).isTrue();
        assertThat(redirector.refusedFrees()).isZero();
    }

    @Test
    void aFreeOfNoLiveBlockIsRefusedAndTold() {
        Redirector redirector = open("otherwise use default");
        long block = redirector.allocate(1000);
        long neighbour = redirector.allocate(1000);

        assertThat(redirector.free(block + 16)).isTrue();
        assertThat(redirector.free(block)).isTrue();
        assertThat(redirector.free(block)).isTrue();

        assertThat(redirector.refusedFrees()).isEqualTo(2);
        assertThat(log).singleElement().asString().contains("frees what is no live block");
        redirector.free(neighbour);
    }

    @Test
    void aFullTargetGivesWayToTheJvm() {
        Redirector redirector = open("kind small = default limit 4M\notherwise use small");
        long block = redirector.allocate(1 << 20);
        put(block, 42);

        assertThat(redirector.allocate(8 << 20)).isZero();
        assertThat(redirector.allocate(8 << 20)).isZero();
        long moved = redirector.reallocate(block, 8 << 20);

        assertThat(redirector.owns(moved)).isFalse();
        assertThat(at(moved)).isEqualTo(42);
        assertThat(redirector.targets().get(0).failures()).isEqualTo(3);
        assertThat(redirector.jvmRequests().requests()).isEqualTo(3);
        assertThat(log).singleElement().asString().contains("small has failed a request");
        assertThat(redirector.targets().get(0).kinds().get(0).statistics().allocatedBytes())
                .isZero();
    }

    @Test
    void aFullTargetThrowsIfThePolicySaysSo() {
        Redirector redirector = open("kind small = default limit 4M\notherwise use small\non failure throw");
        long block = redirector.allocate(1 << 20);
        put(block, 42);

        assertThatThrownBy(() -> redirector.allocate(8 << 20))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("small has no memory for 8388608 bytes");
        assertThatThrownBy(() -> redirector.reallocate(block, 8 << 20)).isInstanceOf(OutOfMemoryError.class);

        assertThat(at(block)).isEqualTo(42);
        assertThat(redirector.free(block)).isTrue();
        assertThat(redirector.allocate(1 << 20)).isNotZero();
    }

    @Test
    void aTargetThatCannotBeHadIsTheJvmsOrAnError() {
        Redirector redirector = open("file lost = /no/such/directory\notherwise use lost");

        assertThat(redirector.allocate(100)).isZero();
        assertThat(log).singleElement().asString().contains("the target lost cannot be had", "/no/such/directory");
        assertThatThrownBy(() -> open("nodes lost = 4000\notherwise use lost\non failure throw"))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("the target lost cannot be had");
    }

    @Test
    void tiersAreServedAndFreedAsOne() {
        Redirector redirector = open("tiers both = static-ratio default:1 regular:3\notherwise use both");
        RedirectTarget both = redirector.targets().get(0);

        List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            blocks.add(redirector.allocate(10_000));
        }
        List<Long> bytes = both.kinds().stream()
                .map(kind -> kind.statistics().allocatedBytes())
                .toList();
        assertThat((double) bytes.get(1) / bytes.get(0)).isBetween(2.8, 3.2);
        blocks.forEach(block -> assertThat(redirector.free(block)).isTrue());
        assertThat(both.kinds()).allMatch(kind -> kind.statistics().allocatedBytes() == 0);
        assertThat(Kinds.DEFAULT.ownsPageOf(blocks.get(0))).isFalse();
    }

    /* A hook inside a hook, as when a heap makes a system call, is the JVM's; blocks freed there go back afterwards. */
    @Test
    void declinesWithinItself() {
        Redirector redirector = open("otherwise use default");
        long other = redirector.allocate(64);
        List<Long> inner = new ArrayList<>();
        List<Boolean> freed = new ArrayList<>();
        redirector.observe(new BlockObserver() {
            @Override
            public double nextGap() {
                return 1;
            }

            @Override
            public void sampled(long address, long byteSize) {
                inner.add(redirector.allocate(64));
                freed.add(redirector.free(other));
            }

            @Override
            public void freeing(long address) {
                inner.add(redirector.allocate(64));
            }
        });

        long block = redirector.allocate(64);

        assertThat(freed).containsExactly(true);
        assertThat(inner).containsOnly(0L);
        assertThat(redirector.free(other)).isTrue();
        assertThat(redirector.refusedFrees()).isEqualTo(1);
        assertThat(redirector.free(block)).isTrue();
        assertThat(redirector.jvmRequests().requests()).isZero();
    }

    @Test
    void keepsContentsThroughARandomProgram() {
        long seed = 20261124;
        Random random = new Random(seed);
        Redirector redirector = open("""
                kind small = default limit 8M
                when size ..4K use regular
                when size 300K.. use jvm
                otherwise use small
                """);
        Map<Long, Long> live = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            if (step % 1000 == 0) {
                redirector.enable(random.nextInt(4) != 0);
            }
            int action = random.nextInt(3);
            if (action == 0 || live.isEmpty()) {
                long block = redirector.allocate(8 + random.nextInt(1 << random.nextInt(4, 20)));
                if (block != 0) {
                    put(block, step);
                    assertThat(live.put(block, (long) step))
                            .as("seed %d step %d", seed, step)
                            .isNull();
                }
            } else {
                long block = live.keySet().iterator().next();
                long value = live.remove(block);
                assertThat(at(block)).as("seed %d step %d", seed, step).isEqualTo(value);
                if (action == 1) {
                    assertThat(redirector.free(block)).isTrue();
                } else {
                    long moved = redirector.reallocate(block, 8 + random.nextInt(1 << random.nextInt(4, 20)));
                    assertThat(at(moved)).as("seed %d step %d", seed, step).isEqualTo(value);
                    if (redirector.owns(moved)) {
                        live.put(moved, value);
                    }
                }
            }
        }
        live.keySet().forEach(block -> assertThat(redirector.free(block)).isTrue());
        assertThat(redirector.refusedFrees()).isZero();
        assertThat(redirector.targets())
                .filteredOn(target -> target.name().equals("small"))
                .allMatch(target -> target.kinds().get(0).statistics().allocatedBytes() == 0);
    }
}
