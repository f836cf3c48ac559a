package dev.prise.bench.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Our way and another of doing the same, measured in turns; each round of both gives one ratio, of ours to the other.
 *
 * @param question what is compared
 * @param processes how many processes have measured it, one after the other; the rounds of all are here
 * @param oursByRound the values of our way
 * @param rivalByRound those of the other, as many
 */
public record Comparison(Question question, int processes, List<Double> oursByRound, List<Double> rivalByRound) {
    /** Checks that there are rounds, and as many of both. */
    public Comparison {
        oursByRound = List.copyOf(oursByRound);
        rivalByRound = List.copyOf(rivalByRound);
        if (oursByRound.isEmpty() || oursByRound.size() != rivalByRound.size()) {
            throw new IllegalArgumentException("%s beside %s: %d rounds and %d"
                    .formatted(question.ours(), question.rival(), oursByRound.size(), rivalByRound.size()));
        }
    }

    /** The ratios of the rounds. */
    public Spread ratio() {
        return Spread.of(IntStream.range(0, oursByRound.size())
                .mapToDouble(round -> oursByRound.get(round) / rivalByRound.get(round)));
    }

    /** The values of our way. */
    public Spread oursSpread() {
        return Spread.of(oursByRound.stream().mapToDouble(Double::doubleValue));
    }

    /** The values of the other way. */
    public Spread rivalSpread() {
        return Spread.of(rivalByRound.stream().mapToDouble(Double::doubleValue));
    }

    /** Whether the median of the ratios reaches the goal; true where there is none. */
    public boolean isReached() {
        Double goal = question.goal();
        if (goal == null) {
            return true;
        }
        double median = ratio().median();
        return question.better() == Question.Better.MORE ? median >= goal : median <= goal;
    }
}
