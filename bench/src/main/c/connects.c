/*
 * What a client can do at most: looks up, connects and closes with a reset, as often as told.
 *
 *   connects HOST PORT THREADS COUNT
 *
 * Each of THREADS makes COUNT connections. Prints how many a second all of them made; status 1 when one fails.
 */
#define _GNU_SOURCE
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char *host;
static const char *service;
static long count;
static pthread_barrier_t start;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void connect_once(const struct addrinfo *hints) {
    struct addrinfo *found;
    int code = getaddrinfo(host, service, hints, &found);
    if (code != 0) {
        fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(code));
        exit(1);
    }
    int connection = socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, found->ai_protocol);
    if (connection < 0) fail("socket");
    if (connect(connection, found->ai_addr, found->ai_addrlen) != 0) fail("connect");
    freeaddrinfo(found);
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    if (setsockopt(connection, SOL_SOCKET, SO_LINGER, &reset, sizeof reset) != 0) fail("setsockopt");
    close(connection);
}

static void *connect_all(void *unused) {
    (void) unused;
    struct addrinfo hints;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    pthread_barrier_wait(&start);
    for (long i = 0; i < count; i++) connect_once(&hints);
    return NULL;
}

int main(int words, char **arguments) {
    if (words != 5) {
        fprintf(stderr, "usage: connects HOST PORT THREADS COUNT\n");
        return 2;
    }
    host = arguments[1];
    service = arguments[2];
    int threads = atoi(arguments[3]);
    count = atol(arguments[4]);
    pthread_t *all = calloc((size_t) threads, sizeof *all);
    if (threads < 1 || all == NULL) return 2;
    pthread_barrier_init(&start, NULL, (unsigned int) threads + 1);
    for (int i = 0; i < threads; i++) {
        if (pthread_create(&all[i], NULL, connect_all, NULL) != 0) fail("pthread_create");
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
