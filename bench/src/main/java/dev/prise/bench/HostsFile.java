package dev.prise.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file from which the Java library's own resolver has the name that is connected to, so that no network is asked. */
final class HostsFile {
    /** The name. */
    static final String NAME = "two.example";

    /** Its addresses; the first is good, so that nobody needs the second. */
    static final List<InetAddress> ADDRESSES = List.of(Names.loopback(1), Names.loopback(2));

    private HostsFile() {}

    /** Writes the file, and answers the flag with which a JVM asks it and nobody else. */
    static String flag(Path folder) throws IOException {
        Path file = Files.createDirectories(folder).resolve("hosts");
        Files.write(
                file,
                ADDRESSES.stream()
                        .map(address -> address.getHostAddress() + " " + NAME)
                        .toList());
        return "-Djdk.net.hosts.file=" + file;
    }
}
