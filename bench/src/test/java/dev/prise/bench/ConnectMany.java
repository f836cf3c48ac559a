package dev.prise.bench;

import java.io.IOException;

/** Connects one way to a port, so many times. */
final class ConnectMany {
    private ConnectMany() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Repeat.Once way = ConnectWay.valueOf(args[0]).to(Integer.parseInt(args[1]));
        int count = Integer.parseInt(args[2]);
        for (int i = 0; i < count; i++) {
            way.once();
        }
        System.exit(0);
    }
}
