package argand.singlepixel;

import argand.Param;
import argand.array.Check;
import argand.data.StructuredScan;
import argand.flow.PatternStep;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Keeps the patterns that together span most: each time the one whose part outside of those chosen
/// is longest (greedy volume). Before exposure it says which patterns to take; of a measured scan
/// it
/// keeps their signals too, in the order in which they add.
public record ChoosePatterns(@Param("how many to keep") int count) implements PatternStep {
  private static final int LISTED = 20;

  public ChoosePatterns {
    Check.atLeast("count", count, 1);
  }

  @Override
  public long memoryBytes(StructuredScan input) {
    return 4L * input.count() * input.grid().size() + 8L * count * input.count();
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    Check.within("count", count, 1, input.count(), "of the patterns there are");
    int[] best = new PatternAnalysis(input.patterns()).best(count);
    String list =
        Arrays.stream(best)
            .limit(LISTED)
            .mapToObj(j -> Integer.toString(j + 1))
            .collect(Collectors.joining(", "));
    var quality =
        input
            .findings()
            .quality()
            .withMetric("patternsKept", count)
            .withVerdict(
                "Of "
                    + input.count()
                    + " patterns these "
                    + count
                    + " span most, in this order: "
                    + list
                    + (count > LISTED ? " …" : "")
                    + ".");
    return input.select(best).withFindings(input.findings().with(quality)).withStep(toString());
  }
}
