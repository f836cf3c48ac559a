package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, IPv4 loopback",
        "10.1.2.3, IPv4 private",
        "172.16.0.1, IPv4 private",
        "192.168.1.1, IPv4 private",
        "100.64.0.1, IPv4 shared (100.64.0.0/10)",
        "100.63.0.1, IPv4 public",
        "169.254.1.1, IPv4 link-local",
        "192.0.2.1, IPv4 public",
        "::1, IPv6 loopback",
        "fe80::1, IPv6 link-local",
        "fd00::1, IPv6 unique local",
        "fc00::1, IPv6 unique local",
        "2002::1, IPv6 6to4",
        "2001:0:1::1, IPv6 Teredo",
        "2001:db8::1, IPv6 global"
    })
    void kindsOfAddresses(String address, String kind) {
        assertThat(Environment.kind(InetAddress.ofLiteral(address))).isEqualTo(kind);
    }

    @Test
    void noAddressOfTheMachineIsTold() throws Exception {
        String all = Environment.current().toString();
        List<String> addresses = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                .toList();
        assertThat(addresses).isNotEmpty().allSatisfy(address -> assertThat(all).doesNotContain(address));
        assertThat(all).contains("loopback", System.getProperty("java.version"), System.getProperty("os.name"));
    }
}
