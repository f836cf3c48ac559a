package dev.prise.lab;

import java.time.Duration;

/**
 * How much a server does at once.
 *
 * @param delayedAnswers how many answers may wait for their time; a question beyond gets none
 * @param connections how many TCP connections may be open; one beyond is closed at once
 * @param connectionTime how long a TCP connection may last, which is longer than any delay
 */
record Limits(int delayedAnswers, int connections, Duration connectionTime) {
    static final Limits USUAL = new Limits(1_000, 64, Duration.ofSeconds(90));
}
