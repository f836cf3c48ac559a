package dev.prise.bench;

import dev.prise.bench.report.Workshop;
import io.netty.util.Version;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import okhttp3.OkHttp;
import org.xbill.DNS.SimpleResolver;

/** Which versions ours is compared with, each a name and a number. */
final class Versions {
    private Versions() {}

    static String okHttp() {
        return "OkHttp " + OkHttp.VERSION;
    }

    static String netty() {
        Version common = Objects.requireNonNull(Version.identify().get("netty-common"));
        return "Netty " + common.artifactVersion();
    }

    static String dnsjava() {
        String jar = SimpleResolver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return jar.substring(jar.lastIndexOf('/') + 1).replace('-', ' ').replace(".jar", "");
    }

    static String gcc() throws IOException, InterruptedException {
        return "gcc " + Workshop.output(List.of("gcc", "-dumpfullversion"));
    }
}
