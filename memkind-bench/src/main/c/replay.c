/* This project's own material: the reference replayer of its recorded traces, unchanged below. memkind-bench/run builds it. */
/*
 * replay.c - replays a NAME.mktrace.gz (README.md) against a heap manager and reports time and memory as one JSON line.
 *
 *   gcc -O2 -o replay    replay.c -lz -lpthread                       malloc family of the process: glibc, or LD_PRELOADed
 *   gcc -O2 -DMEMKIND -o replay_mk replay.c -lz -lpthread -lmemkind   memkind_* API
 *
 *   [LD_PRELOAD=libjemalloc.so.2] replay [-a malloc|null|regular|default] [-m st|mt] [-r repeats] [-w window]
 *                                        [-T] [-c] [-n label] trace.mktrace.gz
 *     -m st   all events in trace order on one thread (default)
 *     -m mt   the events of each trace thread on a thread of its own; an event waits for the previous event of the same
 *             object when that was another thread's, and no thread gets more than one to two times `window` events (default
 *             3000, 0: no bound) ahead of the slowest one in trace order
 *     -T      do not touch the memory
 *     -c      check: pattern at both ends of every object, alignment, calloc zeroes (slower; not for timing)
 *
 * Touching: malloc/calloc/aligned write one byte at offsets 0, 4096, 8192, ... < size; realloc writes offset 0 and those
 * of these offsets that are >= the old size.
 *
 * ns: wall clock per event; cpu_ns: process CPU time (user + kernel) per event, which other load on the machine
 * disturbs far less.  In mt mode cpu_ns is the sum over the threads, thread creation and waiting loops included.
 *
 * peak_live is the trace's own in st mode, and the one this run's interleaving reached in mt mode.
 *
 * One process does: decode (arrays in mmap, prefaulted) - one malloc/free - RSS baseline - warm-up pass, which measures
 * memory - `repeats` timed passes.  Objects still live at the end of a pass are freed after its clock has stopped.
 * The warm-up pass stops at the event of maximal live bytes to read the RSS (smaps_rollup); peak RSS is VmHWM, reset at
 * the baseline through /proc/self/clear_refs.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#ifdef MEMKIND
#include <memkind.h>
static memkind_t kind;
#define A_MALLOC(n) memkind_malloc(kind, n)
#define A_CALLOC(n) memkind_calloc(kind, 1, n)
#define A_REALLOC(p, n) memkind_realloc(kind, p, n)
#define A_FREE(p) memkind_free(kind, p)
#define A_ALIGN(p, a, n) memkind_posix_memalign(kind, p, a, n)
#else
#define A_MALLOC(n) malloc(n)
#define A_CALLOC(n) calloc(1, n)
#define A_REALLOC(p, n) realloc(p, n)
#define A_FREE(p) free(p)
#define A_ALIGN(p, a, n) posix_memalign(p, a, n)
#endif

enum { MALLOC, FREE, REALLOC, CALLOC, ALIGNED };
struct ev { uint32_t slot, size, old; uint16_t tid; uint8_t op, lg; };                 /* 16 bytes */
struct mev { uint32_t obj, size, old, g, seq; uint8_t op, lg, wait, signal; };        /* 24 bytes */

static struct ev *E; static uint64_t N; static uint32_t T, SLOTS;
static uint32_t *endslot; static uint32_t nend;
static void **P;
static uint64_t peaklive, peakat;
static int touching = 1, checking, isnull;

static void die(const char *s) { fprintf(stderr, "replay: %s (%s)\n", s, strerror(errno)); exit(1); }
static void *big(size_t n)
{
    void *p = mmap(NULL, n ? n : 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (p == MAP_FAILED) die("mmap");
    return p;
}
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e9 + t.tv_nsec; }
static double cpu(void) { struct timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec * 1e9 + t.tv_nsec; }
static int64_t field(const char *file, const char *key)       /* in bytes; allocates nothing */
{
    char b[8192]; int f = open(file, O_RDONLY); ssize_t n = 0, r;
    if (f < 0) die(file);
    while ((r = read(f, b + n, sizeof b - 1 - n)) > 0) n += r;
    close(f); b[n] = 0;
    char *p = strstr(b, key);
    return p ? atoll(p + strlen(key)) * 1024 : -1;
}
static int64_t rss(void) { return field("/proc/self/smaps_rollup", "\nRss:"); }
static int64_t hwm(void) { return field("/proc/self/status", "\nVmHWM:"); }
static void reset_hwm(void) { int f = open("/proc/self/clear_refs", O_WRONLY); if (f < 0 || write(f, "5", 1) != 1) die("clear_refs"); close(f); }

static void load(const char *name)
{
    gzFile g = gzopen(name, "rb");
    if (!g) die(name);
    uint8_t h[24];
    if (gzread(g, h, 24) != 24 || memcmp(h, "MKTRACE1", 8)) die("not a MKTRACE1 file");
    for (int i = 3; i >= 0; i--) { T = T << 8 | h[8 + i]; SLOTS = SLOTS << 8 | h[12 + i]; }
    for (int i = 7; i >= 0; i--) N = N << 8 | h[16 + i];
    E = big(N * sizeof *E);
    uint64_t *cur = big((uint64_t)SLOTS * 8);                   /* live size of the slot, 0: free */
    static uint8_t buf[1 << 20]; size_t bn = 0, bi = 0;
#define BYTE() ({ if (bi == bn) { int r_ = gzread(g, buf, sizeof buf); if (r_ <= 0) die("short trace"); bn = r_; bi = 0; } buf[bi++]; })
#define VAR() ({ uint64_t v_ = 0; int s_ = 0; uint8_t b_; do { b_ = BYTE(); v_ |= (uint64_t)(b_ & 127) << s_; s_ += 7; } while (b_ & 128); v_; })
    uint64_t live = 0;
    for (uint64_t i = 0; i < N; i++) {
        struct ev *e = &E[i];
        e->op = BYTE(); e->tid = VAR();
        uint64_t slot = VAR(), size = 0;
        if (e->op > 4 || e->tid >= T || slot >= SLOTS) die("bad event");
        e->slot = slot;
        if (e->op != FREE) { size = VAR(); if (!size || size >> 32) die("bad size"); e->size = size; }
        if (e->op == ALIGNED) { uint64_t a = VAR(); e->lg = __builtin_ctzll(a); if (a & (a - 1)) die("bad alignment"); if (e->lg < 3) e->lg = 3; }
        if ((e->op == FREE || e->op == REALLOC) ? !cur[slot] : !!cur[slot]) die("inconsistent slot");
        e->old = cur[slot];
        live += size - cur[slot]; cur[slot] = size;
        if (live > peaklive) { peaklive = live; peakat = i + 1; }
    }
    gzclose(g);
    for (uint32_t s = 0; s < SLOTS; s++) nend += !!cur[s];
    endslot = big(4 * (uint64_t)nend);
    nend = 0;
    for (uint32_t s = 0; s < SLOTS; s++) if (cur[s]) endslot[nend++] = s;
    munmap(cur, (uint64_t)SLOTS * 8);
}

static inline void touch(char *p, size_t from, size_t size)
{
    for (size_t o = from; o < size; o += 4096) p[o] = 1;
}
static void bad(const char *w, uint32_t slot, size_t size) { fprintf(stderr, "replay: CHECK FAILED %s slot %u size %zu\n", w, slot, size); abort(); }
static void stamp(char *p, uint32_t id, size_t size)
{
    for (size_t o = 0; o < size && o < 8; o++) p[o] = (char)(id * 31 + o + 1);
    if (size > 8) p[size - 1] = (char)(id ^ 0x5a);
}
static void verify(char *p, uint32_t id, size_t size, size_t had)
{
    for (size_t o = 0; o < size && o < had && o < 8; o++) if (p[o] != (char)(id * 31 + o + 1)) bad("first bytes", id, had);
    if (had > 8 && size >= had && p[had - 1] != (char)(id ^ 0x5a)) bad("last byte", id, had);
}
static inline void *step(int op, void *p, uint32_t id, size_t size, size_t old, int lg)
{
    void *q = NULL;
    switch (op) {
    case MALLOC: q = A_MALLOC(size); break;
    case CALLOC: q = A_CALLOC(size); break;
    case ALIGNED: if (A_ALIGN(&q, (size_t)1 << lg, size)) q = NULL; break;
    case REALLOC:
        if (__builtin_expect(checking, 0)) verify(p, id, old, old);
        q = A_REALLOC(p, size);
        if (__builtin_expect(checking, 0)) verify(q, id, size, old);
        break;
    default:
        if (__builtin_expect(checking, 0)) verify(p, id, old, old);
        A_FREE(p);
        return NULL;
    }
    if (__builtin_expect(!q, 0)) die("out of memory");
    if (__builtin_expect(checking, 0)) {
        if ((uintptr_t)q & (op == ALIGNED ? ((size_t)1 << lg) - 1 : size >= 16 ? 15 : 7)) bad("alignment", id, size);
        if (op == CALLOC) for (size_t o = 0; o < size; o++) if (((char *)q)[o]) bad("calloc", id, size);
        stamp(q, id, size);
        return q;
    }
    if (touching) {
        *(char *)q = 1;
        touch(q, op == REALLOC ? (old + 4095) & ~(size_t)4095 : 4096, size);
    }
    return q;
}
static void run(uint64_t from, uint64_t to)
{
    void **ptr = P;
    if (isnull) { for (uint64_t i = from; i < to; i++) ptr[E[i].slot] = (void *)(uintptr_t)(E[i].size + E[i].op); return; }
    for (struct ev *e = E + from, *z = E + to; e < z; e++) {
        switch (e->op) {
        case MALLOC: ptr[e->slot] = step(MALLOC, NULL, e->slot, e->size, 0, 0); break;
        case CALLOC: ptr[e->slot] = step(CALLOC, NULL, e->slot, e->size, 0, 0); break;
        case ALIGNED: ptr[e->slot] = step(ALIGNED, NULL, e->slot, e->size, 0, e->lg); break;
        case REALLOC: ptr[e->slot] = step(REALLOC, ptr[e->slot], e->slot, e->size, e->old, 0); break;
        default: step(FREE, ptr[e->slot], e->slot, 0, e->old, 0);
        }
    }
}
/* ---- threads ---- */
static struct mev **M; static uint64_t *MN; static uint32_t NOBJ;
static _Atomic uint32_t *done;
static struct { _Atomic uint32_t v; char pad[60]; } *rem;
static uint32_t nseg;
static int track;                       /* warm-up pass: measure the live bytes this interleaving really reaches */
static _Atomic int64_t mtlive, mtpeak;
static uint32_t window = 3000;
static pthread_barrier_t bar;

static void build_mt(void)
{
    M = big(T * sizeof *M); MN = big(T * 8);
    for (uint64_t i = 0; i < N; i++) MN[E[i].tid]++;
    for (uint32_t t = 0; t < T; t++) { M[t] = big(MN[t] * sizeof **M); MN[t] = 0; }
    struct { uint32_t obj, n; struct mev *last; uint16_t tid; } *s = big(SLOTS * sizeof *s);
    for (uint64_t i = 0; i < N; i++) {
        struct ev *e = &E[i];
        struct mev *m = &M[e->tid][MN[e->tid]++];
        *m = (struct mev){ .size = e->size, .old = e->old, .g = i, .op = e->op, .lg = e->lg };
        if (e->op != FREE && e->op != REALLOC) { s[e->slot].obj = NOBJ++; s[e->slot].n = 0; }
        else if (s[e->slot].tid != e->tid) { m->wait = 1; s[e->slot].last->signal = 1; }
        m->obj = s[e->slot].obj; m->seq = s[e->slot].n++;
        s[e->slot].last = m; s[e->slot].tid = e->tid;
    }
    for (uint32_t i = 0; i < nend; i++) endslot[i] = s[endslot[i]].obj;
    munmap(s, SLOTS * sizeof *s);
    munmap(P, (uint64_t)SLOTS * 8); munmap(E, N * sizeof *E); E = NULL;
    P = big((uint64_t)NOBJ * 8);
    done = big((uint64_t)NOBJ * 4);
    nseg = window ? N / window + 1 : 1;
    rem = big(nseg * sizeof *rem);
}
static void futex(_Atomic uint32_t *a, int op, uint32_t v) { syscall(SYS_futex, a, op | FUTEX_PRIVATE_FLAG, v, NULL, NULL, 0); }
static void await(_Atomic uint32_t *d, uint32_t want)
{
    int spin = 0;
    for (;;) {
        uint32_t v = atomic_load_explicit(d, memory_order_acquire);
        if (v >> 1 == want) return;
        if (spin++ < 200) {
#ifdef __x86_64__
            __builtin_ia32_pause();
#endif
            continue;
        }
        if (!(v & 1) && !atomic_compare_exchange_strong(d, &v, v | 1)) continue;
        futex(d, FUTEX_WAIT, v | 1);
    }
}
/* the window: the trace is cut into segments of `window` events; rem[s] threads still have to get past segment s, and
   nobody enters segment s + 2 before they all have (the skew is between one and two windows) */
static void pass(uint32_t from, uint32_t to)
{
    for (; from < to; from++)
        if (atomic_fetch_sub_explicit(&rem[from].v, 1, memory_order_acq_rel) == 1) futex(&rem[from].v, FUTEX_WAKE, INT32_MAX);
}
static double tend[65536];
static void *body(void *arg)
{
    uint32_t t = (uint32_t)(uintptr_t)arg, seg = 0, lim = 0;
    uint64_t n = MN[t];
    struct mev *m = M[t];
    pthread_barrier_wait(&bar);
    for (uint64_t i = 0; i < n; i++, m++) {
        if (__builtin_expect(m->g >= lim, 0)) {
            uint32_t to = window ? m->g / window : 0, v;
            pass(seg, to);
            seg = to;
            lim = window ? (to + 1) * window : UINT32_MAX;
            if (to >= 2) while ((v = atomic_load_explicit(&rem[to - 2].v, memory_order_acquire))) futex(&rem[to - 2].v, FUTEX_WAIT, v);
        }
        if (m->wait) await(&done[m->obj], m->seq);
        void *q = step(m->op, m->op == FREE || m->op == REALLOC ? P[m->obj] : NULL, m->obj, m->size, m->old, m->lg);
        if (m->op != FREE) P[m->obj] = q;
        if (__builtin_expect(track, 0)) {
            int64_t d = (int64_t)m->size - m->old, v = atomic_fetch_add(&mtlive, d) + d, w = atomic_load(&mtpeak);
            while (v > w && !atomic_compare_exchange_weak(&mtpeak, &w, v)) ;
        }
        if (m->signal) {
            uint32_t was = atomic_exchange_explicit(&done[m->obj], (m->seq + 1) << 1, memory_order_acq_rel);
            if (was & 1) futex(&done[m->obj], FUTEX_WAKE, INT32_MAX);
        }
    }
    tend[t] = now();
    if (window) pass(seg, nseg);
    return NULL;
}
static double run_mt(void)
{
    static pthread_t th[65536];
    memset((void *)done, 0, (uint64_t)NOBJ * 4);
    for (uint32_t i = 0; i < nseg; i++) rem[i].v = T;
    pthread_barrier_init(&bar, NULL, T + 1);
    for (uint32_t t = 0; t < T; t++) if (pthread_create(&th[t], NULL, body, (void *)(uintptr_t)t)) die("pthread_create");
    double t0 = now();
    pthread_barrier_wait(&bar);
    for (uint32_t t = 0; t < T; t++) pthread_join(th[t], NULL);
    double last = t0;
    for (uint32_t t = 0; t < T; t++) if (tend[t] > last) last = tend[t];
    return last - t0;
}
static void free_live(void)
{
    if (isnull) return;
    for (uint32_t i = 0; i < nend; i++) A_FREE(P[endslot[i]]);
}
static int dcmp(const void *a, const void *b) { double x = *(const double *)a, y = *(const double *)b; return x < y ? -1 : x > y; }

int main(int argc, char **argv)
{
    const char *alloc = "malloc", *label = NULL;
    int mt = 0, reps = 5, c;
    while ((c = getopt(argc, argv, "a:m:r:w:Tcn:")) != -1) switch (c) {
        case 'a': alloc = optarg; break;
        case 'm': mt = !strcmp(optarg, "mt"); break;
        case 'r': reps = atoi(optarg); break;
        case 'w': window = atoi(optarg); break;
        case 'T': touching = 0; break;
        case 'c': checking = 1; break;
        case 'n': label = optarg; break;
        default: return 2;
    }
    if (optind >= argc || reps < 1 || reps > 100) return 2;
    isnull = !strcmp(alloc, "null");
#ifdef MEMKIND
    if (!strcmp(alloc, "regular")) kind = MEMKIND_REGULAR;
    else if (!strcmp(alloc, "default")) kind = MEMKIND_DEFAULT;
    else die("replay_mk: -a regular|default");
    int err = memkind_check_available(kind);
    if (err) { char m[256]; memkind_error_message(err, m, sizeof m); fprintf(stderr, "memkind: %s\n", m); return 1; }
#else
    if (!isnull && strcmp(alloc, "malloc")) die("-a malloc|null");
#endif
    load(argv[optind]);
    P = big((uint64_t)SLOTS * 8);
    if (mt) { if (isnull) die("null is st only"); build_mt(); }
    double ns[100], cp[100];
    if (!isnull) { void *volatile p = A_MALLOC(1); *(volatile char *)p = 1; A_FREE(p); }

    int64_t base = rss(), at = 0;
    reset_hwm();
    if (mt) { track = 1; run_mt(); track = 0; peaklive = mtpeak; }
    else { run(0, peakat); at = rss(); run(peakat, N); }
    int64_t top = hwm();
    free_live();
    int64_t after1 = rss();
    for (int r = 0; r < reps; r++) {
        double c0 = cpu();
        if (mt) { ns[r] = run_mt(); cp[r] = cpu() - c0; }
        else { double t0 = now(); c0 = cpu(); run(0, N); cp[r] = cpu() - c0; ns[r] = now() - t0; }
        free_live();
    }
    int64_t aftern = rss(), topn = hwm();
    printf("{\"trace\":\"%s\",\"alloc\":\"%s\",\"mode\":\"%s\",\"touch\":%d,\"threads\":%u,\"events\":%llu,\"ns\":[",
           argv[optind], label ? label : alloc, mt ? "mt" : "st", touching, T, (unsigned long long)N);
    for (int r = 0; r < reps; r++) printf("%s%.2f", r ? "," : "", ns[r] / N);
    printf("],\"cpu_ns\":[");
    for (int r = 0; r < reps; r++) printf("%s%.2f", r ? "," : "", cp[r] / N);
    qsort(ns, reps, sizeof *ns, dcmp); qsort(cp, reps, sizeof *cp, dcmp);
    printf("],\"best_ns\":%.2f,\"median_ns\":%.2f,\"best_cpu_ns\":%.2f,\"median_cpu_ns\":%.2f,\"peak_live\":%llu,\"base_rss\":%lld,\"peak_rss_growth\":%lld,\"rss_at_peak_live\":%lld,"
           "\"ratio_at_peak\":%.3f,\"peak_growth_ratio\":%.3f,\"rss_after_free\":%lld,\"rss_after_free_all_passes\":%lld,\"peak_rss_growth_all_passes\":%lld}\n",
           ns[0] / N, ns[reps / 2] / N, cp[0] / N, cp[reps / 2] / N, (unsigned long long)peaklive, (long long)base, (long long)(top - base), (long long)(mt ? -1 : at - base),
           mt ? -1.0 : (double)(at - base) / peaklive, (double)(top - base) / peaklive, (long long)(after1 - base), (long long)(aftern - base), (long long)(topn - base));
    return 0;
}
