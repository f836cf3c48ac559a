/*
 * A server on 127.0.0.1 that closes what it accepts, on two threads, so that it is not what limits those who connect.
 *
 * Prints its port and ends when its standard input does.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 4096, THREADS = 2 };

static void *accept_and_close(void *argument) {
    int server = *(int *) argument;
    for (;;) {
        int accepted = accept4(server, NULL, NULL, SOCK_CLOEXEC);
        if (accepted >= 0) close(accepted);
    }
    return NULL;
}

static int fail(const char *what) {
    perror(what);
    return 1;
}

int main(void) {
    int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server < 0) return fail("socket");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(server, (struct sockaddr *) &address, sizeof address) != 0) return fail("bind");
    if (listen(server, BACKLOG) != 0) return fail("listen");
    socklen_t length = sizeof address;
    if (getsockname(server, (struct sockaddr *) &address, &length) != 0) return fail("getsockname");
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, accept_and_close, &server) != 0) return fail("pthread_create");
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    return 0;
}
