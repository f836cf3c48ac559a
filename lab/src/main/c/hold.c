/*
 * Holds packets of a netfilter queue back, each for as long as its mark says: the laboratory's distance and the laboratory's loss.
 *
 *   hold QUEUE        takes the queue of this number (0 to 65535), in its network namespace
 *
 * Bits 0-15 of a packet's mark are the milliseconds that it is held, counted from its arrival; 0 lets it go at once. Bits 16-23 are a
 * number N: of each flow (both addresses and ports) the first N SYNs are dropped, later ones are held as the low bits say. In the end
 * every packet is accepted, and goes on behind the rule that queued it. Packets with the same hold leave in the order of their coming.
 *
 * Prints "holding queue N" when it is ready. At the end of its standard input, at SIGTERM or SIGINT it lets go all that it holds and
 * ends with status 0; status 1 when it cannot have the queue, 2 when it is used wrongly. As long as nobody has the queue the kernel
 * drops what the rules send there.
 *
 * Needs root and libnetfilter_queue:  cc -O2 -Wall -Wextra -Werror -o hold hold.c -lnetfilter_queue
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/netfilter.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <libnetfilter_queue/libnetfilter_queue.h>

enum {
    MOST_HELD = 16384,
    /* What the kernel counts are the packets without a verdict, so ours too; there is room to read those that we cannot hold. */
    KERNEL_QUEUE_LENGTH = 2 * MOST_HELD,
    SOCKET_BUFFER_BYTES = 16 << 20,
    /* Enough for an IPv6 header, a few extension headers, and the flags of TCP. */
    COPIED_BYTES = 128,
    /* How many packets are read before we look again for some whose time has come. */
    READ_AT_ONCE = 32,
    MOST_MILLIS = 0xffff,
    FLOW_BUCKETS = 8192,
    FLOWS_IN_BUCKET = 8,
};

static const int64_t NANOS_PER_SECOND = 1000000000;
static const int64_t NANOS_PER_MILLI = 1000000;

/* An arrival longer ago than this is no arrival: the wall clock was set. */
static const int64_t OLDEST_ARRIVAL_NANOS = 2000000000;

/* --- time --- */

static int64_t nanos_of(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * NANOS_PER_SECOND + now.tv_nsec;
}

/* When the packet came, by the monotonic clock. The kernel tells it by the wall clock, which may be set while a packet is held. */
static int64_t arrival_nanos(struct nfq_data *packet) {
    int64_t now = nanos_of(CLOCK_MONOTONIC);
    struct timeval stamp;
    if (nfq_get_timestamp(packet, &stamp) != 0) return now;
    int64_t age = nanos_of(CLOCK_REALTIME) - (stamp.tv_sec * NANOS_PER_SECOND + stamp.tv_usec * 1000);
    return age < 0 || age > OLDEST_ARRIVAL_NANOS ? now : now - age;
}

/* --- packets that are held: a binary heap, the next to leave at its top --- */

struct held {
    int64_t due_nanos;
    uint64_t number;
    uint32_t id;
};

static struct held heap[MOST_HELD];
static int held_count;
static uint64_t next_number;

static bool leaves_before(const struct held *one, const struct held *other) {
    return one->due_nanos != other->due_nanos ? one->due_nanos < other->due_nanos : one->number < other->number;
}

static void push(struct held added) {
    int at = held_count++;
    for (int above = (at - 1) / 2; at > 0 && leaves_before(&added, &heap[above]); above = (at - 1) / 2) {
        heap[at] = heap[above];
        at = above;
    }
    heap[at] = added;
}

static struct held pop(void) {
    struct held top = heap[0];
    struct held last = heap[--held_count];
    int at = 0;
    for (int below = 1; below < held_count; below = 2 * at + 1) {
        if (below + 1 < held_count && leaves_before(&heap[below + 1], &heap[below])) below++;
        if (!leaves_before(&heap[below], &last)) break;
        heap[at] = heap[below];
        at = below;
    }
    heap[at] = last;
    return top;
}

/* --- flows, whose SYNs are counted --- */

/* No padding, so that it can be compared and hashed as bytes. */
struct flow {
    uint8_t source[16];
    uint8_t destination[16];
    uint8_t ports[4];
    uint8_t version[4];
};

struct counted {
    struct flow flow;
    uint64_t used; /* 0: nothing there */
    unsigned int dropped;
};

static struct counted flows[FLOW_BUCKETS][FLOWS_IN_BUCKET];
static uint64_t flow_uses;

static size_t bucket_of(const struct flow *flow) {
    /* FNV-1a, 64 bits */
    const uint8_t *bytes = (const uint8_t *) flow;
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < sizeof *flow; i++) hash = (hash ^ bytes[i]) * 0x100000001b3;
    return (hash >> 32) % FLOW_BUCKETS;
}

/* The entry of a flow; a new one takes the place of that in its bucket which was not used for longest. */
static struct counted *entry_of(const struct flow *flow) {
    struct counted *bucket = flows[bucket_of(flow)];
    struct counted *oldest = &bucket[0];
    struct counted *found = NULL;
    for (int i = 0; i < FLOWS_IN_BUCKET && found == NULL; i++) {
        if (bucket[i].used != 0 && memcmp(&bucket[i].flow, flow, sizeof *flow) == 0) found = &bucket[i];
        if (bucket[i].used < oldest->used) oldest = &bucket[i];
    }
    if (found == NULL) {
        found = oldest;
        found->flow = *flow;
        found->dropped = 0;
    }
    found->used = ++flow_uses;
    return found;
}

/* --- headers --- */

/* Where TCP begins in an IPv4 packet, or -1; fills in the addresses. */
static int tcp_in_ipv4(const uint8_t *packet, int length, struct flow *flow) {
    if (length < 20 || packet[9] != IPPROTO_TCP) return -1;
    /* Later fragments have no header of TCP. */
    if ((packet[6] & 0x1f) != 0 || packet[7] != 0) return -1;
    memcpy(flow->source, packet + 12, 4);
    memcpy(flow->destination, packet + 16, 4);
    return (packet[0] & 0x0f) * 4;
}

/* Where TCP begins in an IPv6 packet, or -1; fills in the addresses. */
static int tcp_in_ipv6(const uint8_t *packet, int length, struct flow *flow) {
    if (length < 40) return -1;
    memcpy(flow->source, packet + 8, 16);
    memcpy(flow->destination, packet + 24, 16);
    int next = packet[6];
    int at = 40;
    while (next != IPPROTO_TCP) {
        if (length < at + 8) return -1;
        bool fragment = next == IPPROTO_FRAGMENT;
        if (!fragment && next != IPPROTO_HOPOPTS && next != IPPROTO_ROUTING && next != IPPROTO_DSTOPTS) return -1;
        if (fragment && (packet[at + 2] != 0 || (packet[at + 3] & 0xf8) != 0)) return -1;
        next = packet[at];
        at += fragment ? 8 : (packet[at + 1] + 1) * 8;
    }
    return at;
}

/* Whether it is a SYN that asks for a connection; if so, fills in its flow. */
static bool is_syn(const uint8_t *packet, int length, struct flow *flow) {
    memset(flow, 0, sizeof *flow);
    if (length < 1) return false;
    int version = packet[0] >> 4;
    int tcp = version == 4 ? tcp_in_ipv4(packet, length, flow) : version == 6 ? tcp_in_ipv6(packet, length, flow) : -1;
    if (tcp < 0 || length < tcp + 14) return false;
    memcpy(flow->ports, packet + tcp, sizeof flow->ports);
    flow->version[0] = (uint8_t) version;
    const uint8_t syn = 0x02, ack = 0x10;
    return (packet[tcp + 13] & (syn | ack)) == syn;
}

/* --- what is done with a packet --- */

static bool ending;

static void give_verdict(struct nfq_q_handle *queue, uint32_t id, uint32_t verdict) {
    /* It fails for a packet that is gone with its interface, for which there is nothing to do. */
    nfq_set_verdict(queue, id, verdict, 0, NULL);
}

static bool is_to_be_lost(struct nfq_data *packet, unsigned int losses) {
    unsigned char *bytes;
    struct flow flow;
    int length = nfq_get_payload(packet, &bytes);
    if (losses == 0 || length < 0 || !is_syn(bytes, length, &flow)) return false;
    struct counted *entry = entry_of(&flow);
    if (entry->dropped >= losses) return false;
    entry->dropped++;
    return true;
}

static void hold(struct nfq_q_handle *queue, uint32_t id, unsigned int millis, int64_t arrived_nanos) {
    /* Two readings of two clocks are never quite the same; this keeps the order in spite of them. */
    static int64_t last_due[MOST_MILLIS + 1];
    static bool said_full;
    if (held_count == MOST_HELD) {
        give_verdict(queue, id, NF_ACCEPT);
        if (!said_full) fprintf(stderr, "hold: more than %d packets at once, the rest is not held\n", MOST_HELD);
        said_full = true;
        return;
    }
    int64_t due = arrived_nanos + millis * NANOS_PER_MILLI;
    if (due < last_due[millis]) due = last_due[millis];
    last_due[millis] = due;
    push((struct held){.due_nanos = due, .number = next_number++, .id = id});
}

static int on_packet(struct nfq_q_handle *queue, struct nfgenmsg *message, struct nfq_data *packet, void *unused) {
    (void) message;
    (void) unused;
    const struct nfqnl_msg_packet_hdr *header = nfq_get_msg_packet_hdr(packet);
    if (header == NULL) return 0;
    uint32_t id = ntohl(header->packet_id);
    uint32_t mark = nfq_get_nfmark(packet);
    unsigned int millis = mark & MOST_MILLIS;
    if (is_to_be_lost(packet, mark >> 16 & 0xff)) {
        give_verdict(queue, id, NF_DROP);
    } else if (millis == 0 || ending) {
        give_verdict(queue, id, NF_ACCEPT);
    } else {
        hold(queue, id, millis, arrival_nanos(packet));
    }
    return 0;
}

static void release_due(struct nfq_q_handle *queue) {
    while (held_count > 0 && heap[0].due_nanos <= nanos_of(CLOCK_MONOTONIC)) give_verdict(queue, pop().id, NF_ACCEPT);
}

static void release_all(struct nfq_q_handle *queue) {
    while (held_count > 0) give_verdict(queue, pop().id, NF_ACCEPT);
}

/* --- taking the queue, and serving it --- */

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "hold: %s: %s\n", what, strerror(errno));
    exit(1);
}

static _Noreturn void fail_to_take(uint16_t number) {
    /* The kernel says EPERM for a queue of somebody else too. */
    if ((errno == EPERM && geteuid() == 0) || errno == EBUSY) {
        fprintf(stderr, "hold: queue %" PRIu16 " is taken by another program\n", number);
    } else if (errno == EPERM) {
        fprintf(stderr, "hold: cannot take queue %" PRIu16 ", which needs root\n", number);
    } else {
        fprintf(stderr, "hold: cannot take queue %" PRIu16 ", as if the kernel had no nfnetlink_queue: %s\n", number, strerror(errno));
    }
    exit(1);
}

static struct nfq_q_handle *take(struct nfq_handle *library, uint16_t number) {
    struct nfq_q_handle *queue = nfq_create_queue(library, number, on_packet, NULL);
    if (queue == NULL) fail_to_take(number);
    if (nfq_set_mode(queue, NFQNL_COPY_PACKET, COPIED_BYTES) < 0) fail("cannot get the headers of packets");
    if (nfq_set_queue_maxlen(queue, KERNEL_QUEUE_LENGTH) < 0) fail("cannot make the queue longer");
    /* Big packets stay whole, and checksums that the hardware would make are not made for us. */
    if (nfq_set_queue_flags(queue, NFQA_CFG_F_GSO, NFQA_CFG_F_GSO) < 0) fail("cannot get big packets whole");
    if (nfq_set_queue_flags(queue, NFQA_CFG_F_FAIL_OPEN, 0) < 0) fail("cannot keep packets from passing by the queue");
    int bytes = SOCKET_BUFFER_BYTES, on = 1;
    int socket = nfq_fd(library);
    /* Neither is needed but for very many packets at once. */
    setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes);
    setsockopt(socket, SOL_NETLINK, NETLINK_NO_ENOBUFS, &on, sizeof on);
    return queue;
}

/* Wakes as soon as it can after the time it asks for. All of it is for precision only, and may be refused. */
static void be_prompt(void) {
    struct sched_param param = {.sched_priority = sched_get_priority_min(SCHED_FIFO)};
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    sched_setscheduler(0, SCHED_FIFO, &param);
    mlockall(MCL_CURRENT | MCL_FUTURE);
}

static void read_packets(struct nfq_handle *library) {
    /* A message is the copied bytes and some hundred bytes about them. */
    static char message[4096] __attribute__((aligned(__BIGGEST_ALIGNMENT__)));
    for (int i = 0; i < READ_AT_ONCE; i++) {
        ssize_t length = recv(nfq_fd(library), message, sizeof message, MSG_DONTWAIT);
        if (length >= 0) {
            nfq_handle_packet(library, message, (int) length);
        } else if (errno == EAGAIN) {
            return;
        } else if (errno != ENOBUFS && errno != EINTR) {
            fail("cannot read from the queue");
        }
    }
}

static void set_timer(int timer) {
    /* A time of zero stops it. */
    int64_t due = held_count > 0 ? heap[0].due_nanos : 0;
    struct itimerspec when = {.it_value = {.tv_sec = due / NANOS_PER_SECOND, .tv_nsec = due % NANOS_PER_SECOND}};
    if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL) != 0) fail("cannot set a timer");
}

static bool input_has_ended(void) {
    char ignored[256];
    ssize_t count = read(STDIN_FILENO, ignored, sizeof ignored);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
}

/* Until it is told to end. */
static void serve(struct nfq_handle *library, struct nfq_q_handle *queue, int timer, int signals) {
    struct pollfd files[] = {
        {.fd = nfq_fd(library), .events = POLLIN},
        {.fd = timer, .events = POLLIN},
        {.fd = signals, .events = POLLIN},
        {.fd = STDIN_FILENO, .events = POLLIN},
    };
    while (true) {
        release_due(queue);
        /* Which also makes a timer that has gone off quiet again. */
        set_timer(timer);
        if (poll(files, sizeof files / sizeof *files, -1) < 0) {
            if (errno == EINTR) continue;
            fail("cannot wait for packets");
        }
        if (files[2].revents != 0 || (files[3].revents != 0 && input_has_ended())) return;
        if (files[0].revents != 0) read_packets(library);
    }
}

static bool parse_queue(const char *text, uint16_t *number) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    *number = (uint16_t) value;
    return errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == '\0' && value <= UINT16_MAX;
}

int main(int count, char **arguments) {
    uint16_t number;
    if (count != 2 || !parse_queue(arguments[1], &number)) {
        fprintf(stderr, "hold: use it as hold QUEUE, a number from 0 to 65535\n");
        return 2;
    }
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    int signals = signalfd(-1, &ends, SFD_CLOEXEC);
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (signals < 0 || timer < 0) fail("cannot wait for signals and times");
    struct nfq_handle *library = nfq_open();
    if (library == NULL) fail("cannot speak to netfilter");
    struct nfq_q_handle *queue = take(library, number);
    be_prompt();
    printf("holding queue %" PRIu16 "\n", number);
    fflush(stdout);
    serve(library, queue, timer, signals);
    ending = true;
    release_all(queue);
    /* What is still with the kernel would be dropped. */
    read_packets(library);
    nfq_destroy_queue(queue);
    nfq_close(library);
    return 0;
}
