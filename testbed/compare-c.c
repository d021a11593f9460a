/*
 * For each static kind of memkind (C), on a processor of each node: the memory policy of a block, one line each, in the
 * form of the Java program's report: "KIND NODE MODE NODES", or "KIND NODE -" if no memory is given.
 *
 * Each question is put in a process of its own: the library chooses nodes when it maps memory, and keeps what was freed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <memkind.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BLOCK_BYTES = (11 << 20) - 5, PAGE_BYTES = 4096, MASK_BITS = 1024, MPOL_F_ADDR_FLAG = 2 };

/* By address, because the kinds are variables of the library. */
static const struct {
    const char *name;
    memkind_t *kind;
} kinds[] = {
    {"memkind_default", &MEMKIND_DEFAULT},
    {"memkind_hugetlb", &MEMKIND_HUGETLB},
    {"memkind_interleave", &MEMKIND_INTERLEAVE},
    {"memkind_hbw", &MEMKIND_HBW},
    {"memkind_hbw_all", &MEMKIND_HBW_ALL},
    {"memkind_hbw_hugetlb", &MEMKIND_HBW_HUGETLB},
    {"memkind_hbw_all_hugetlb", &MEMKIND_HBW_ALL_HUGETLB},
    {"memkind_hbw_preferred", &MEMKIND_HBW_PREFERRED},
    {"memkind_hbw_preferred_hugetlb", &MEMKIND_HBW_PREFERRED_HUGETLB},
    {"memkind_hbw_interleave", &MEMKIND_HBW_INTERLEAVE},
    {"memkind_regular", &MEMKIND_REGULAR},
    {"memkind_dax_kmem", &MEMKIND_DAX_KMEM},
    {"memkind_dax_kmem_all", &MEMKIND_DAX_KMEM_ALL},
    {"memkind_dax_kmem_preferred", &MEMKIND_DAX_KMEM_PREFERRED},
    {"memkind_dax_kmem_interleave", &MEMKIND_DAX_KMEM_INTERLEAVE},
    {"memkind_highest_capacity", &MEMKIND_HIGHEST_CAPACITY},
    {"memkind_highest_capacity_preferred", &MEMKIND_HIGHEST_CAPACITY_PREFERRED},
    {"memkind_highest_capacity_local", &MEMKIND_HIGHEST_CAPACITY_LOCAL},
    {"memkind_highest_capacity_local_preferred", &MEMKIND_HIGHEST_CAPACITY_LOCAL_PREFERRED},
    {"memkind_lowest_latency_local", &MEMKIND_LOWEST_LATENCY_LOCAL},
    {"memkind_lowest_latency_local_preferred", &MEMKIND_LOWEST_LATENCY_LOCAL_PREFERRED},
    {"memkind_highest_bandwidth_local", &MEMKIND_HIGHEST_BANDWIDTH_LOCAL},
    {"memkind_highest_bandwidth_local_preferred", &MEMKIND_HIGHEST_BANDWIDTH_LOCAL_PREFERRED},
};

static const char *const modes[] = {"DEFAULT", "PREFERRED", "BIND", "INTERLEAVE", "LOCAL", "PREFERRED_MANY"};

static void print_policy(void *address) {
    unsigned long mask[MASK_BITS / (8 * sizeof(unsigned long))] = {0};
    int mode, any = 0;
    if (syscall(SYS_get_mempolicy, &mode, mask, (unsigned long)MASK_BITS, address, (unsigned long)MPOL_F_ADDR_FLAG)) {
        perror("get_mempolicy");
        exit(1);
    }
    if (mode < 0 || (size_t)mode >= sizeof modes / sizeof *modes)
        printf("mode-%d ", mode);
    else
        printf("%s ", modes[mode]);
    for (int node = 0; node < MASK_BITS; node++)
        if (mask[node / 64] >> (node % 64) & 1) printf("%s%d", any++ ? "," : "", node);
    puts(any ? "" : "none");
}

static void report(const char *name, memkind_t kind, int node, int cpu) {
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET(cpu, &cpus);
    if (sched_setaffinity(0, sizeof cpus, &cpus)) {
        perror("sched_setaffinity");
        exit(1);
    }
    printf("%s %d ", name, node);
    char *block = memkind_malloc(kind, BLOCK_BYTES);
    if (!block) {
        puts("-");
        return;
    }
    for (long offset = 0; offset < BLOCK_BYTES; offset += PAGE_BYTES) block[offset] = 1;
    print_policy(block);
}

/* Arguments: NODE:CPU, one processor for each node that has any. */
int main(int argc, char **argv) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        for (int a = 1; a < argc; a++) {
            int node, cpu, status;
            if (sscanf(argv[a], "%d:%d", &node, &cpu) != 2) {
                fprintf(stderr, "compare-c: '%s' is not of the form NODE:CPU\n", argv[a]);
                return 2;
            }
            fflush(stdout);
            pid_t child = fork();
            if (child < 0) {
                perror("fork");
                return 1;
            }
            if (child == 0) {
                report(kinds[i].name, *kinds[i].kind, node, cpu);
                fflush(stdout);
                _exit(0);
            }
            if (waitpid(child, &status, 0) != child || (WIFEXITED(status) && WEXITSTATUS(status))) return 1;
            if (WIFSIGNALED(status)) printf("%s %d signal %d\n", kinds[i].name, node, WTERMSIG(status));
        }
    }
    return 0;
}
