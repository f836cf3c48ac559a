package dev.prise.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;

/** What a server does with a connection, which is closed afterwards. */
interface Conversation {
    void hold(Connection connection) throws IOException;

    /** Sends back what comes; at the end of that it ends its own side. */
    static void echo(Connection connection) throws IOException {
        for (int count = connection.read(); count >= 0; count = connection.read()) {
            connection.write(connection.buffer(), count);
        }
        connection.endOutput();
    }

    /** Reads, says nothing, and stays for as long as the peer does. */
    static void silent(Connection connection) throws IOException {
        connection.allowIdling();
        readToEnd(connection);
    }

    /** Answers one request, whatever it asks for, with a line of text (RFC 9112). */
    static void http(Connection connection) throws IOException {
        String head = readHead(connection);
        if (head.isEmpty()) {
            return;
        }
        String body = "This is the laboratory.\n";
        String answer = String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Length: " + body.length(),
                "Connection: close",
                "",
                head.startsWith("HEAD ") ? "" : body);
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        connection.write(bytes, bytes.length);
        connection.endOutput();
        // To close before all has been read would be a reset, and might take the answer away again (RFC 9112 section
        // 9.6).
        readToEnd(connection);
    }

    /** The same in TLS. */
    static Conversation https(SSLSocketFactory factory) {
        return connection -> {
            connection.secure(factory);
            http(connection);
        };
    }

    /** The bytes up to the empty line, or up to a limit; empty when they end before. */
    private static String readHead(Connection connection) throws IOException {
        int mostChars = 64 << 10;
        StringBuilder head = new StringBuilder();
        while (head.length() < mostChars && head.indexOf("\r\n\r\n") < 0 && head.indexOf("\n\n") < 0) {
            int count = connection.read();
            if (count < 0) {
                return "";
            }
            head.append(new String(connection.buffer(), 0, count, StandardCharsets.ISO_8859_1));
        }
        return head.toString();
    }

    private static void readToEnd(Connection connection) throws IOException {
        int count = connection.read();
        while (count >= 0) {
            count = connection.read();
        }
    }
}
