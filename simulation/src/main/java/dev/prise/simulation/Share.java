package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import java.util.ArrayList;
import java.util.List;

/** Which addresses are kept when there are more than may be tried: at least a third of the places for each family. */
final class Share {
    private Share() {}

    /**
     * Gives the places that are left to the best ranked addresses, except that neither family takes the other's share; what it has taken
     * before the other was there stays taken.
     */
    static void distribute(Account account) {
        List<Account.Address> waiting = new ArrayList<>(account.addresses.size());
        for (Account.Address address : account.addresses) {
            address.kept = false;
            if (!address.tried && !address.removed) {
                waiting.add(address);
            }
        }
        int places = account.settings.maxAddresses() - account.attempts.size();
        if (waiting.size() > places) {
            waiting.sort((a, b) -> a.isBetterThan(b) ? -1 : 1);
        }
        int six = mostOf(account, AddressFamily.INET6) - account.triedOf(AddressFamily.INET6);
        int four = mostOf(account, AddressFamily.INET) - account.triedOf(AddressFamily.INET);
        for (Account.Address address : waiting) {
            boolean isSix = address.family == AddressFamily.INET6;
            if (places > 0 && (isSix ? six > 0 : four > 0)) {
                address.kept = true;
                places--;
                six -= isSix ? 1 : 0;
                four -= isSix ? 0 : 1;
            }
        }
    }

    /** How many addresses are kept for this family whatever the other has: a third of the places, or all that it has. */
    static int of(Account account, AddressFamily family) {
        return Math.min(account.countOf(family), account.settings.maxAddresses() / 3);
    }

    /** How many addresses of this family may be tried. */
    static int mostOf(Account account, AddressFamily family) {
        AddressFamily other = family == AddressFamily.INET6 ? AddressFamily.INET : AddressFamily.INET6;
        return account.settings.maxAddresses() - of(account, other);
    }
}
