package dev.prise.cli;

/** The values of {@code --color}. */
enum ColorChoice {
    auto,
    always,
    never
}
