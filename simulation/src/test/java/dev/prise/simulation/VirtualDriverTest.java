package dev.prise.simulation;

import dev.prise.contract.ContractWorld;
import dev.prise.contract.RaceDriverContract;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The contract of drivers, for one without a clock, a thread or a socket: what it demands can be had by a simple loop. */
class VirtualDriverTest extends RaceDriverContract {
    private record Handed(VirtualWorld.VirtualSocket socket) implements Connected {
        @Override
        public InetAddress address() {
            return socket.address;
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Override
    protected ContractWorld world(ContractWorld.Kind... kinds) {
        return new VirtualWorld(kinds);
    }

    @Override
    protected @Nullable Connected dial(ContractWorld world, Order order) {
        VirtualWorld.VirtualSocket socket = new VirtualDriver((VirtualWorld) world, order).dial();
        return socket == null ? null : new Handed(socket);
    }
}
