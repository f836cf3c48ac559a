/* What socket() says to each "family type protocol" of standard input, families being 0, 4 and 6: a line with the errno, or 0. */
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    int family;
    int type;
    int protocol;
    while (scanf("%d %d %d", &family, &type, &protocol) == 3) {
        int it = socket(family == 6 ? AF_INET6 : family == 4 ? AF_INET : AF_UNSPEC, type, protocol);
        printf("%d\n", it < 0 ? errno : 0);
        if (it >= 0) {
            close(it);
        }
    }
    return 0;
}
