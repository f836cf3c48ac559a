package dev.prise.lab;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Answers packets, whichever transport they came by: decides, waits, sends and notes each step in the log. Thread-safe. */
final class Responder {
    /** How many packets may be in hand beside those that wait; readers stop at it, and the rest stays with the system. */
    static final int PROMPT_ANSWERS = 256;

    /** How long a reader waits after a failure, which for want of descriptors or memory would come again at once. */
    static final long PAUSE_MILLIS = 100;

    private final Answers answers;
    private final DnsLog log;
    private final Limits limits;
    private final Semaphore inHand;
    private final Semaphore delayed;

    Responder(Script script, DnsLog log, Limits limits) {
        this.answers = new Answers(script);
        this.log = log;
        this.limits = limits;
        this.inHand = new Semaphore(limits.delayedAnswers() + PROMPT_ANSWERS);
        this.delayed = new Semaphore(limits.delayedAnswers());
        answers.warmUp();
    }

    /** The ways a packet comes by. */
    enum Transport {
        UDP("udp"),
        TCP("tcp");

        private final String text;

        Transport(String text) {
            this.text = text;
        }
    }

    /** Sends an answer back to where the question came from. */
    interface Sender {
        void send(byte[] wire) throws IOException;
    }

    /** The clock of the log. */
    long nowNanos() {
        return log.nowNanos();
    }

    /** Notes something that is not about a packet. */
    void note(Transport transport, String client, String event, String detail) {
        log.write(log.nowNanos(), new DnsLog.Subject(transport.text, client, "-", "-"), event, detail);
    }

    /** Notes that nothing could be taken from a socket, and waits a moment; not when it is interrupted. */
    void trouble(Transport transport, IOException failure) {
        note(transport, "-", "trouble", String.valueOf(failure.getMessage()));
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            // The server is being closed, which the reader's next look at its socket tells.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Answers a packet in a thread of this executor; waits only while too many are in hand.
     *
     * @param arrivedNanos when it came, by {@link #nowNanos}
     * @throws InterruptedException when it is interrupted while it waits
     * @throws RejectedExecutionException when the executor is being closed; the packet is not in hand then
     */
    void accept(
            ExecutorService executor,
            Transport transport,
            String client,
            long arrivedNanos,
            byte[] packet,
            Sender sender)
            throws InterruptedException {
        inHand.acquire();
        try {
            executor.execute(() -> {
                try {
                    respond(transport, client, arrivedNanos, packet, sender);
                } catch (InterruptedException e) {
                    // The server is being closed, and nobody waits for this answer any more.
                    Thread.currentThread().interrupt();
                } finally {
                    inHand.release();
                }
            });
        } catch (RejectedExecutionException e) {
            inHand.release();
            throw e;
        }
    }

    private void respond(Transport transport, String client, long arrivedNanos, byte[] packet, Sender sender)
            throws InterruptedException {
        Answer answer = answers.to(packet);
        DnsLog.Subject subject = new DnsLog.Subject(
                transport.text,
                client + "#" + (answer.number() < 0 ? "-" : Integer.toString(answer.number())),
                answer.name(),
                answer.type());
        log.write(arrivedNanos, subject, "query", "-");
        if (answer.message() == null) {
            log.write(log.nowNanos(), subject, "silence", answer.silence());
        } else if (answer.delay().isZero()) {
            send(subject, answer.toWire(transport == Transport.UDP), sender);
        } else if (delayed.tryAcquire()) {
            try {
                byte[] wire = answer.toWire(transport == Transport.UDP);
                waitUntil(arrivedNanos + answer.delay().toNanos());
                send(subject, wire, sender);
            } finally {
                delayed.release();
            }
        } else {
            log.write(
                    log.nowNanos(),
                    subject,
                    "silence",
                    "at the limit of " + limits.delayedAnswers() + " delayed answers");
        }
    }

    private void waitUntil(long timeNanos) throws InterruptedException {
        for (long left = timeNanos - log.nowNanos(); left > 0; left = timeNanos - log.nowNanos()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private void send(DnsLog.Subject subject, byte[] wire, Sender sender) {
        long leavesNanos = log.nowNanos();
        try {
            sender.send(wire);
            log.write(leavesNanos, subject, "answer", Answer.describe(wire));
        } catch (IOException e) {
            log.write(leavesNanos, subject, "lost", String.valueOf(e.getMessage()));
        }
    }
}
