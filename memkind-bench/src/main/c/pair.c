/*
 * pair.c - the native side of the JMH benchmarks: the same operations on malloc and free of the process, which LD_PRELOAD
 * may replace, or with -DMEMKIND on memkind_malloc and memkind_free of MEMKIND_DEFAULT.
 *
 *   pair MODE N [iterations [milliseconds]]
 *     pair      malloc and free of N bytes                                        PairBenchmark
 *     random    among N live blocks, free one and allocate another               RandomReplacementBenchmark
 *     threads   "pair" on two threads                                            ThreadedBenchmark
 *     exchange  two threads, each of which frees what the other allocates         ThreadedBenchmark
 *
 * Prints one JSON line with the median and the best iteration, in nanoseconds of processor time per operation. As in JMH,
 * an iteration is ended by a flag that is read before each operation. With one thread the process has only one: glibc is
 * faster then.
 */
#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#ifdef MEMKIND
#include <memkind.h>
#define A_MALLOC(n) memkind_malloc(MEMKIND_DEFAULT, n)
#define A_FREE(p) memkind_free(MEMKIND_DEFAULT, p)
#else
#define A_MALLOC(n) malloc(n)
#define A_FREE(p) free(p)
#endif

enum { WARMUP_MILLIS = 1500, MAX_ITERATIONS = 1000, SIZES = 1 << 16, RING = 1 << 10 };

struct worker {
    _Alignas(128) size_t n;      /* no cache line is shared, nor fetched with its neighbour */
    uint64_t random;
    char **blocks;
    _Atomic(char *) *out, *in;
    uint32_t out_at, in_at;
    double nanos;
};

static atomic_int stop;
static uint32_t sizes[SIZES];
static pthread_barrier_t barrier;

static void fail(const char *what) { fprintf(stderr, "pair: %s\n", what); exit(1); }
static double now(void) { struct timespec t; clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); return t.tv_sec * 1e9 + t.tv_nsec; }
static void on_alarm(int signal) { (void)signal; atomic_store(&stop, 1); }

/* The same numbers as in RandomReplacementBenchmark: SplitMix64, and sizes that are log-normal. */
static inline uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}
static double uniform(uint64_t *state) { return ((double)(next(state) >> 11) + 0.5) * 0x1p-53; }
static void draw_sizes(void)
{
    uint64_t state = 42;
    for (int i = 0; i < SIZES; i++) {
        double radius = sqrt(-2 * log(uniform(&state))), angle = 2 * M_PI * uniform(&state);
        double size = 96 * exp(1.3 * radius * cos(angle));
        sizes[i] = size < 1 ? 1 : size > 65536 ? 65536 : (uint32_t)size;
    }
}
static inline char *allocate(size_t size)
{
    char *block = A_MALLOC(size);
    if (__builtin_expect(!block, 0)) fail("out of memory");
    __asm__ volatile("" : "+r"(block) : : "memory");        /* or the compiler drops the pair */
    return block;
}

static inline void pair(struct worker *w) { A_FREE(allocate(w->n)); }
static inline void replace(struct worker *w)
{
    uint64_t r = next(&w->random);
    char **slot = &w->blocks[(r >> 32) * w->n >> 32];
    A_FREE(*slot);
    *slot = allocate(sizes[r & (SIZES - 1)]);
    **slot = 1;
}
static inline int receive(struct worker *w)
{
    _Atomic(char *) *slot = &w->in[w->in_at & (RING - 1)];
    char *block = atomic_load_explicit(slot, memory_order_acquire);
    if (!block) return 0;
    atomic_store_explicit(slot, NULL, memory_order_release);
    w->in_at++;
    A_FREE(block);
    return 1;
}
static inline void exchange(struct worker *w)
{
    _Atomic(char *) *slot = &w->out[w->out_at & (RING - 1)];
    while (atomic_load_explicit(slot, memory_order_acquire)) {
        if (atomic_load_explicit(&stop, memory_order_relaxed)) return;
        if (!receive(w)) sched_yield();
    }
    char *block = allocate(w->n);
    *block = 1;
    atomic_store_explicit(slot, block, memory_order_release);
    w->out_at++;
    receive(w);
}

__attribute__((always_inline)) static inline void iterate(struct worker *w, void (*operation)(struct worker *))
{
    uint64_t count = 0;
    double start = now();
    while (!atomic_load_explicit(&stop, memory_order_relaxed)) { operation(w); count++; }
    w->nanos = (now() - start) / (count ? count : 1);
}
static void iterate_pair(struct worker *w) { iterate(w, pair); }
static void iterate_replace(struct worker *w) { iterate(w, replace); }
static void iterate_exchange(struct worker *w) { iterate(w, exchange); }

static int thread_count = 1, iterations = 20, millis = 250;
static struct worker workers[2];
static void (*run)(struct worker *);
static double nanos[MAX_ITERATIONS];

static void start_clock(int milliseconds)
{
    struct itimerval timer = { .it_value = { milliseconds / 1000, milliseconds % 1000 * 1000 } };
    atomic_store(&stop, 0);
    setitimer(ITIMER_REAL, &timer, NULL);
}
/* Iteration -1 warms up. */
static void *work(void *worker)
{
    struct worker *w = worker;
    for (int i = -1; i < iterations; i++) {
        if (w == workers) start_clock(i < 0 ? WARMUP_MILLIS : millis);
        if (thread_count > 1) pthread_barrier_wait(&barrier);
        run(w);
        if (thread_count > 1) pthread_barrier_wait(&barrier);
        if (w == workers && i >= 0) nanos[i] = thread_count > 1 ? (workers[0].nanos + workers[1].nanos) / 2 : w->nanos;
    }
    return NULL;
}
static int ascending(const void *a, const void *b) { double x = *(const double *)a, y = *(const double *)b; return (x > y) - (x < y); }

int main(int argc, char **argv)
{
    if (argc < 3) fail("usage: pair pair|random|threads|exchange N [iterations [milliseconds]]");
    size_t n = strtoull(argv[2], NULL, 10);
    if (argc > 3) iterations = atoi(argv[3]);
    if (argc > 4) millis = atoi(argv[4]);
    if (n < 1 || n >> 32 || iterations < 1 || iterations > MAX_ITERATIONS || millis < 1) fail("a number is out of range");
    int random = !strcmp(argv[1], "random"), exchanging = !strcmp(argv[1], "exchange");
    if (exchanging || !strcmp(argv[1], "threads")) thread_count = 2;
    else if (!random && strcmp(argv[1], "pair")) fail("unknown mode");
    run = random ? iterate_replace : exchanging ? iterate_exchange : iterate_pair;

    signal(SIGALRM, on_alarm);
    static _Atomic(char *) rings[2][RING];
    for (int t = 0; t < 2; t++) workers[t] = (struct worker){ .n = n, .random = 1, .out = rings[t], .in = rings[1 - t] };
    if (random) {
        draw_sizes();
        workers[0].blocks = calloc(n, sizeof(char *));
        if (!workers[0].blocks) fail("out of memory");
        for (size_t i = 0; i < n; i++) {
            workers[0].blocks[i] = allocate(sizes[i & (SIZES - 1)]);
            workers[0].blocks[i][0] = 1;
        }
    }
    pthread_t other;
    pthread_barrier_init(&barrier, NULL, thread_count);
    if (thread_count > 1 && pthread_create(&other, NULL, work, &workers[1])) fail("pthread_create");
    work(&workers[0]);
    if (thread_count > 1) pthread_join(other, NULL);
    qsort(nanos, iterations, sizeof *nanos, ascending);
    printf("{\"mode\":\"%s\",\"n\":%zu,\"median_ns\":%.2f,\"best_ns\":%.2f}\n", argv[1], n, nanos[iterations / 2], nanos[0]);
    return 0;
}
