/* The tutorial's client with the calls of POSIX: what the Java client is held against. */
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

/* Tells that a call on a connected socket has failed. */
static int failed(const char *call, int connection) {
    printf("%s failed with error: %d\n", call, errno);
    close(connection);
    return 1;
}

static int converse(int connection) {
    static const char message[] = "this is a test";
    char buffer[BUFFER_BYTES];
    /* Windows has no SIGPIPE, so neither have we. */
    ssize_t count = send(connection, message, strlen(message), MSG_NOSIGNAL);
    if (count < 0) {
        return failed("send", connection);
    }
    printf("Bytes Sent: %zd\n", count);
    if (shutdown(connection, SHUT_WR) < 0) {
        return failed("shutdown", connection);
    }
    while ((count = recv(connection, buffer, sizeof buffer, 0)) > 0) {
        printf("Bytes received: %zd\n", count);
    }
    if (count == 0) {
        puts("Connection closed");
    } else {
        printf("recv failed with error: %d\n", errno);
    }
    close(connection);
    return 0;
}

int main(int count, char **arguments) {
    struct addrinfo hints;
    struct addrinfo *results;
    struct addrinfo *each;
    int connection = -1;
    if (count != 2) {
        printf("usage: %s server-name\n", arguments[0]);
        return 1;
    }
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_protocol = IPPROTO_TCP;
    int code = getaddrinfo(arguments[1], DEFAULT_PORT, &hints, &results);
    if (code != 0) {
        printf("getaddrinfo failed: %d\n", code);
        return 1;
    }
    for (each = results; each != NULL; each = each->ai_next) {
        connection = socket(each->ai_family, each->ai_socktype, each->ai_protocol);
        if (connection < 0) {
            printf("Error at socket(): %d\n", errno);
            freeaddrinfo(results);
            return 1;
        }
        if (connect(connection, each->ai_addr, each->ai_addrlen) == 0) {
            break;
        }
        close(connection);
        connection = -1;
    }
    freeaddrinfo(results);
    if (connection < 0) {
        puts("Unable to connect to server!");
        return 1;
    }
    return converse(connection);
}
