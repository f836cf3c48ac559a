/* The tutorial's server with the calls of POSIX: what the Java server is held against. */
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef DEFAULT_PORT
#define DEFAULT_PORT "27015"
#endif
#define BUFFER_BYTES 512

/* Tells that a call on a socket has failed. */
static int failed(const char *call, int it) {
    printf("%s failed with error: %d\n", call, errno);
    close(it);
    return 1;
}

static int serve(int client) {
    char buffer[BUFFER_BYTES];
    ssize_t received;
    while ((received = recv(client, buffer, sizeof buffer, 0)) > 0) {
        printf("Bytes received: %zd\n", received);
        /* Windows has no SIGPIPE, so neither have we. */
        ssize_t sent = send(client, buffer, (size_t)received, MSG_NOSIGNAL);
        if (sent < 0) {
            return failed("send", client);
        }
        printf("Bytes sent: %zd\n", sent);
    }
    if (received < 0) {
        return failed("recv", client);
    }
    puts("Connection closing...");
    if (shutdown(client, SHUT_WR) < 0) {
        return failed("shutdown", client);
    }
    close(client);
    return 0;
}

int main(void) {
    struct addrinfo hints;
    struct addrinfo *address;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_protocol = IPPROTO_TCP;
    hints.ai_flags = AI_PASSIVE;
    int code = getaddrinfo(NULL, DEFAULT_PORT, &hints, &address);
    if (code != 0) {
        printf("getaddrinfo failed: %d\n", code);
        return 1;
    }
    int listener = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    if (listener < 0) {
        printf("Error at socket(): %d\n", errno);
        freeaddrinfo(address);
        return 1;
    }
    int bound = bind(listener, address->ai_addr, address->ai_addrlen);
    if (bound < 0) {
        int status = failed("bind", listener);
        freeaddrinfo(address);
        return status;
    }
    freeaddrinfo(address);
    if (listen(listener, SOMAXCONN) < 0) {
        return failed("listen", listener);
    }
    int client = accept(listener, NULL, NULL);
    if (client < 0) {
        return failed("accept", listener);
    }
    close(listener);
    return serve(client);
}
