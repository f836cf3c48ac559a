package dev.prise;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.DatagramSocketImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketImpl;
import java.net.URL;
import java.net.URLConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom in core, and what the pure packages must not touch. */
class ArchitectureTest {

    /** The arrows: each package and the packages of ours that it may import. What is not here may not exist. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.of(
            "dev.prise",
                    Set.of(
                            "dev.prise.engine",
                            "dev.prise.race",
                            "dev.prise.resolve",
                            "dev.prise.telemetry",
                            "dev.prise.tls",
                            "dev.prise.trace",
                            "dev.prise.address"),
            "dev.prise.engine",
                    Set.of(
                            "dev.prise.race",
                            "dev.prise.resolve",
                            "dev.prise.telemetry",
                            "dev.prise.trace",
                            "dev.prise.address"),
            "dev.prise.telemetry", Set.of("dev.prise.trace", "dev.prise.address"),
            "dev.prise.tls", Set.of("dev.prise.engine", "dev.prise.address"),
            "dev.prise.resolve", Set.of("dev.prise.address"),
            "dev.prise.race", Set.of("dev.prise.trace", "dev.prise.address"),
            "dev.prise.trace", Set.of("dev.prise.address"),
            "dev.prise.address", Set.of());

    private static final String[] PURE = {"dev.prise.race", "dev.prise.trace", "dev.prise.address"};

    /** Calls that ask the name service, also hidden in a constructor or a getter. */
    private static final Set<String> LOOKUPS =
            Set.of("getByName", "getAllByName", "getLocalHost", "getHostName", "getCanonicalHostName", "isReachable");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.prise");

    @Test
    void every_package_has_its_place_in_the_plan() {
        assertThat(packages())
                .extracting(JavaPackage::getName)
                .containsExactlyInAnyOrderElementsOf(MAY_IMPORT.keySet());
    }

    @Test
    void every_package_is_null_marked() {
        assertThat(packages())
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.prise",
                "dev.prise.engine",
                "dev.prise.telemetry",
                "dev.prise.tls",
                "dev.prise.resolve",
                "dev.prise.race",
                "dev.prise.trace",
                "dev.prise.address"
            })
    void imports_follow_the_arrows(String name) {
        List<String> allowed = new ArrayList<>(List.of(name, "java..", "javax..", "org.jspecify.."));
        allowed.addAll(MAY_IMPORT.get(name));
        if (name.equals("dev.prise.telemetry")) {
            // the one module that may be missing at run time
            allowed.add("jdk.jfr..");
        }
        classes()
                .that()
                .resideInAPackage(name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void pure_packages_know_neither_sockets_nor_threads() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                // An exception is a value: the one place that turns them into an ErrorCode must know them.
                .dependOnClassesThat(resideInAPackage("java.nio.channels..")
                        .and(not(assignableTo(Throwable.class)))
                        .or(resideInAPackage("java.util.concurrent.."))
                        .or(resideInAPackage("javax.net.."))
                        .or(assignableTo(Thread.class))
                        .or(assignableTo(Socket.class))
                        .or(assignableTo(ServerSocket.class))
                        .or(assignableTo(DatagramSocket.class))
                        .or(assignableTo(SocketImpl.class))
                        .or(assignableTo(DatagramSocketImpl.class))
                        .or(equivalentTo(DatagramPacket.class))
                        .or(equivalentTo(URL.class))
                        .or(assignableTo(URLConnection.class)))
                .check(CORE);
    }

    @Test
    void pure_packages_read_no_clock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat(assignableTo(Clock.class))
                .orShould()
                .accessTargetWhere(target(
                        "a now() of java.time",
                        target -> target.getOwner().getPackageName().equals("java.time")
                                && target.getName().equals("now")))
                .orShould()
                .accessTargetWhere(target(
                        "new java.util.Date()",
                        target -> target.getOwner().getName().equals("java.util.Date") && takesNothing(target)))
                .check(CORE);
    }

    @Test
    void pure_packages_look_up_no_names() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .accessTargetWhere(target(
                        "a lookup of InetAddress or InetSocketAddress",
                        target -> (target.getOwner().isAssignableTo(InetAddress.class)
                                        || target.getOwner().isAssignableTo(InetSocketAddress.class))
                                && LOOKUPS.contains(target.getName())))
                .orShould()
                .callConstructor(InetSocketAddress.class, String.class, int.class)
                .check(CORE);
    }

    @Test
    void pure_packages_draw_no_unseeded_randomness() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Collections.class, "shuffle", List.class)
                .orShould()
                .dependOnClassesThat(assignableTo(SecureRandom.class))
                .orShould()
                .accessTargetWhere(target(
                        "new Random() without a seed",
                        target -> (target.getOwner().isEquivalentTo(Random.class)
                                        || target.getOwner().isEquivalentTo(SplittableRandom.class))
                                && takesNothing(target)))
                .check(CORE);
    }

    private static List<JavaPackage> packages() {
        return CORE.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(each -> !each.getName().isEmpty()) // the one of module-info
                .toList();
    }

    private static boolean takesNothing(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget constructor
                && constructor.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                && constructor.getRawParameterTypes().isEmpty();
    }

    private static DescribedPredicate<JavaAccess<?>> target(String description, Predicate<AccessTarget> matches) {
        return DescribedPredicate.describe(description, access -> matches.test(access.getTarget()));
    }
}
