package dev.prise.bench;

/** Who connects: this thread alone, or eight at once. */
enum ConnectThreads {
    /** One after the other. */
    SEQUENTIAL("one after the other", 1),
    /** Eight threads of the system. */
    PLATFORM("8 platform threads", 8),
    /** Eight virtual threads; a C program has eight of the system instead. */
    VIRTUAL("8 virtual threads", 8);

    private final String title;
    private final int count;

    ConnectThreads(String title, int count) {
        this.title = title;
        this.count = count;
    }

    /** In words. */
    String title() {
        return title;
    }

    /** How many. */
    int count() {
        return count;
    }

    /** Has each connect so many times, and answers how many a second all of them made. */
    double rate(Repeat.Once way, int each) throws Exception {
        return switch (this) {
            case SEQUENTIAL -> Repeat.rate(way, each);
            case PLATFORM -> Repeat.rate(Thread.ofPlatform(), count, way, each);
            case VIRTUAL -> Repeat.rate(Thread.ofVirtual(), count, way, each);
        };
    }
}
