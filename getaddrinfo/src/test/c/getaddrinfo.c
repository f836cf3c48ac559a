/*
 * getaddrinfo(3) as a program, to compare with.
 *
 *   getaddrinfo                            reads questions, one a line, and answers each with a line
 *   getaddrinfo --bench NODE SERVICE COUNT looks up COUNT times with the hints of a stream over TCP, prints nanoseconds per lookup
 *
 * A question is six words: node, service, flags, family, type, protocol. Node and service are in hexadecimal after an x, or a - for
 * NULL; flags that are a - mean no hints at all. An answer is the returned code and a word for each result:
 * flags,family,type,protocol,length,address in hexadecimal,scope,port,canonical name in hexadecimal after an x or -.
 */
#include <locale.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char *unhex(const char *word) {
    size_t length = strlen(word) / 2;
    char *text = malloc(length + 1);
    for (size_t i = 0; i < length; i++) {
        unsigned int value;
        if (sscanf(word + 1 + 2 * i, "%2x", &value) != 1) exit(2);
        text[i] = (char) value;
    }
    text[length] = '\0';
    return text;
}

static char *text_or_null(const char *word) {
    return word[0] == '-' ? NULL : unhex(word);
}

static void print_hex(const void *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) printf("%02x", ((const unsigned char *) bytes)[i]);
}

static void print_result(const struct addrinfo *info) {
    unsigned long scope = 0;
    int port = 0;
    printf(" %d,%d,%d,%d,%ld,", info->ai_flags, info->ai_family, info->ai_socktype, info->ai_protocol, (long) info->ai_addrlen);
    if (info->ai_addr->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *) info->ai_addr;
        print_hex(&four->sin_addr, 4);
        port = ntohs(four->sin_port);
    } else if (info->ai_addr->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *) info->ai_addr;
        print_hex(&six->sin6_addr, 16);
        scope = six->sin6_scope_id;
        port = ntohs(six->sin6_port);
    }
    printf(",%lu,%d,", scope, port);
    if (info->ai_canonname == NULL) {
        printf("-");
    } else {
        printf("x");
        print_hex(info->ai_canonname, strlen(info->ai_canonname));
    }
}

static void answer(char *line) {
    char *words[6];
    char *rest = line;
    for (int i = 0; i < 6; i++) {
        words[i] = strsep(&rest, " \n");
        if (words[i] == NULL) exit(2);
    }
    char *node = text_or_null(words[0]);
    char *service = text_or_null(words[1]);
    struct addrinfo hints;
    memset(&hints, 0, sizeof hints);
    int with_hints = strcmp(words[2], "-") != 0;
    if (with_hints) {
        hints.ai_flags = atoi(words[2]);
        hints.ai_family = atoi(words[3]);
        hints.ai_socktype = atoi(words[4]);
        hints.ai_protocol = atoi(words[5]);
    }
    struct addrinfo *list = NULL;
    int code = getaddrinfo(node, service, with_hints ? &hints : NULL, &list);
    printf("%d", code);
    if (code == 0) {
        for (const struct addrinfo *each = list; each != NULL; each = each->ai_next) print_result(each);
        freeaddrinfo(list);
    }
    printf("\n");
    fflush(stdout);
    free(node);
    free(service);
}

static int bench(const char *node, const char *service, long count) {
    struct addrinfo hints;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_protocol = IPPROTO_TCP;
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (long i = 0; i < count; i++) {
        struct addrinfo *list;
        if (getaddrinfo(node, service, &hints, &list) != 0) return 1;
        freeaddrinfo(list);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double nanos = (double) (end.tv_sec - begin.tv_sec) * 1e9 + (double) (end.tv_nsec - begin.tv_nsec);
    printf("%.1f\n", nanos / (double) count);
    return 0;
}

int main(int count, char **arguments) {
    setlocale(LC_ALL, "");
    if (count == 5 && strcmp(arguments[1], "--bench") == 0) return bench(arguments[2], arguments[3], atol(arguments[4]));
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) answer(line);
    free(line);
    return 0;
}
