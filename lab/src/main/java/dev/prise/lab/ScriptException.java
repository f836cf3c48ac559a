package dev.prise.lab;

/** A script that cannot be read: the message names the file, the line and what was expected there. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1;

    ScriptException(String message) {
        super(message);
    }
}
