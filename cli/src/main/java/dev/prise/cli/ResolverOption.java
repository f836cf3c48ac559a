package dev.prise.cli;

import dev.prise.resolve.Resolver;
import dev.prise.resolve.Resolvers;
import picocli.CommandLine.Option;

/** {@code --resolver}. */
final class ResolverOption {
    /** Its values; they are the names of resolvers but for the first. */
    enum Choice {
        auto,
        getaddrinfo,
        jdk
    }

    @Option(
            names = "--resolver",
            paramLabel = "NAME",
            description =
                    "Who resolves names: getaddrinfo, the operating system's own; jdk; or auto, the first of them that can be used.")
    Choice choice = Choice.auto;

    /**
     * The resolver.
     *
     * @throws CommandException when the one that was asked for cannot be used
     */
    Resolver resolver() {
        if (choice == Choice.auto) {
            return Resolvers.preferred();
        }
        Resolver resolver = Resolvers.named(choice.name());
        if (resolver == null) {
            throw CommandException.usage("the resolver " + choice + " cannot be used here: "
                    + Resolvers.unavailableReason(choice.name()) + "; use --resolver auto or jdk");
        }
        return resolver;
    }
}
