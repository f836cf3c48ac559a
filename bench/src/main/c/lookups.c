/*
 * What a client can do at most: looks a name up as often as told, with getaddrinfo.
 *
 *   lookups NAME THREADS COUNT
 *
 * Each of THREADS makes COUNT lookups. Prints how many a second all of them made; status 1 when one fails.
 */
#define _GNU_SOURCE
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *name;
static long count;
static pthread_barrier_t start;

static void *look_up_all(void *unused) {
    (void) unused;
    struct addrinfo hints;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    pthread_barrier_wait(&start);
    for (long i = 0; i < count; i++) {
        struct addrinfo *found;
        int code = getaddrinfo(name, NULL, &hints, &found);
        if (code != 0) {
            fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(code));
            exit(1);
        }
        freeaddrinfo(found);
    }
    return NULL;
}

int main(int words, char **arguments) {
    if (words != 4) {
        fprintf(stderr, "usage: lookups NAME THREADS COUNT\n");
        return 2;
    }
    name = arguments[1];
    int threads = atoi(arguments[2]);
    count = atol(arguments[3]);
    pthread_t *all = threads < 1 ? NULL : calloc((size_t) threads, sizeof *all);
    if (all == NULL) return 2;
    pthread_barrier_init(&start, NULL, (unsigned int) threads + 1);
    for (int i = 0; i < threads; i++) {
        if (pthread_create(&all[i], NULL, look_up_all, NULL) != 0) {
            perror("pthread_create");
            return 1;
        }
    }
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    pthread_barrier_wait(&start);
    for (int i = 0; i < threads; i++) pthread_join(all[i], NULL);
    clock_gettime(CLOCK_MONOTONIC, &end);
    free(all);
    double seconds = (double) (end.tv_sec - begin.tv_sec) + (double) (end.tv_nsec - begin.tv_nsec) / 1e9;
    printf("%.1f\n", (double) threads * (double) count / seconds);
    return 0;
}
