/*
 * How much of a limited file kind of the C library memkind stays usable when blocks of mixed sizes come and go.
 *
 * Usage: fragmentation DIRECTORY LIMIT_MIB default|conservative STEPS SEED
 * Prints one JSON object; the Java program FragmentationProgram does the same steps with the same random numbers.
 */
#include <memkind.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Bytes of a block: drawn uniformly from these ten. */
static const size_t SIZES[] = {8519680, 8519680, 8519680, 8519680, 4325376, 4325376, 4325376, 4325376, 432517, 608478};

static uint64_t state;

/* SplitMix64, as java.util.SplittableRandom's step: Steele, Lea, Flood 2014. */
static uint64_t next(void) {
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint64_t below(uint64_t bound) {
    return (next() >> 1) % bound;
}

int main(int argc, char **argv) {
    if (argc != 6) {
        fprintf(stderr, "usage: fragmentation DIRECTORY LIMIT_MIB default|conservative STEPS SEED\n");
        return 2;
    }
    size_t limit = strtoull(argv[2], NULL, 10) << 20;
    long steps = strtol(argv[4], NULL, 10);
    state = strtoull(argv[5], NULL, 10);
    struct memkind_config *config = memkind_config_new();
    memkind_config_set_path(config, argv[1]);
    memkind_config_set_size(config, limit);
    memkind_config_set_memory_usage_policy(config, strcmp(argv[3], "conservative") == 0
                                                       ? MEMKIND_MEM_USAGE_POLICY_CONSERVATIVE
                                                       : MEMKIND_MEM_USAGE_POLICY_DEFAULT);
    memkind_t kind;
    int error = memkind_create_pmem_with_config(config, &kind);
    if (error != MEMKIND_SUCCESS) {
        fprintf(stderr, "fragmentation: memkind_create_pmem_with_config in %s: error %d\n", argv[1], error);
        return 1;
    }

    /* Every block is at least the smallest size. The oldest comes first. */
    size_t most = limit / 432517 + 1;
    char **blocks = malloc(most * sizeof *blocks);
    size_t *sizes = malloc(most * sizeof *sizes);
    size_t count = 0;
    size_t live = 0;
    double least = 1;
    double sum = 0;
    long full = 0;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (long step = 0; step < steps; step++) {
        size_t size = SIZES[below(10)];
        char *block;
        while ((block = memkind_malloc(kind, size)) == NULL) {
            if (count == 0) {
                fprintf(stderr, "fragmentation: no room for a block of %zu bytes in an empty kind\n", size);
                return 1;
            }
            /* The kind is full: that is when the ratio tells. The victim is one of the older half. */
            double ratio = (double)live / (double)limit;
            full++;
            sum += ratio;
            /* Once it has been full for a while, else the first round, of a fresh file, would hide the rest. */
            if (step > steps / 10 && ratio < least) {
                least = ratio;
            }
            size_t victim = below((count + 1) / 2);
            memkind_free(kind, blocks[victim]);
            live -= sizes[victim];
            count--;
            memmove(blocks + victim, blocks + victim + 1, (count - victim) * sizeof *blocks);
            memmove(sizes + victim, sizes + victim + 1, (count - victim) * sizeof *sizes);
        }
        block[0] = 1;
        block[size - 1] = 1;
        blocks[count] = block;
        sizes[count++] = size;
        live += size;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    printf("{\"mean_ratio\":%.6f,\"least_ratio\":%.6f,\"evictions\":%ld,\"micros_per_step\":%.3f}\n",
           full == 0 ? 0 : sum / (double)full, least, full, seconds * 1e6 / (double)steps);
    memkind_destroy_kind(kind);
    memkind_config_delete(config);
    return 0;
}
