/* What socket() says to each "family type protocol" of standard input, families being 0, 1 (Unix), 4 and 6: a line with the errno, or 0. */
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    int family;
    int type;
    int protocol;
    while (scanf("%d %d %d", &family, &type, &protocol) == 3) {
        int system = family == 6 ? AF_INET6 : family == 4 ? AF_INET : family == 1 ? AF_UNIX : AF_UNSPEC;
        int it = socket(system, type, protocol);
        printf("%d\n", it < 0 ? errno : 0);
        if (it >= 0) {
            close(it);
        }
    }
    return 0;
}
