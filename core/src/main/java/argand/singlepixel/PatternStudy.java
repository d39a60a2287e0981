package argand.singlepixel;

import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.StructuredScan;
import argand.flow.PatternStep;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.phantom.MixedCathode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// What patterns would make of known samples, asked before any sample is exposed, while one thing
/// varies. Of each method and sample, sets of noise are drawn anew: for the signals (Poisson) and
/// for the transmission image that leads.
sealed interface PatternStudy extends PatternStep
    permits StudySampling, StudyFeatureSize, StudyNoise {
  /// How images are made.
  List<PatternMethod> methods();

  /// The first sample; others differ in its seed.
  MixedCathode sample();

  /// Number of samples.
  int samples();

  /// Sets of noise for each.
  int noises();

  /// Of the transmission image in an empty pixel.
  double guideCounts();

  /// Of all random numbers.
  long seed();

  /// @throws InvalidInput when one of these is out of its range
  static void check(List<PatternMethod> methods, int samples, int noises, double guideCounts) {
    Check.atLeast("number of methods", methods.size(), 1);
    if (methods.stream().map(PatternStudy::name).distinct().count() < methods.size()) {
      throw new InvalidInput(
          "methods", "one of them twice", "each once", "make a second study of the other");
    }
    Check.within("samples", samples, 1, 1000, "");
    Check.within("noises", noises, 1, 1000, "");
    Check.within("guideCounts", guideCounts, 1, 1e12, "");
  }

  @Override
  default long memoryBytes(StructuredScan input) {
    long n = Math.min(input.count(), input.grid().size());
    boolean inverts = methods().stream().anyMatch(m -> m instanceof PseudoInverse);
    return 8L * input.count() * input.grid().size() + (inverts ? 16 * n * n : 0);
  }

  /// A study's columns one after the other, each told as it comes, until someone stops it.
  static List<StudyColumn> columns(
      String what, int count, Watch watch, IntFunction<StudyColumn> column) {
    var columns = new ArrayList<StudyColumn>();
    for (int k = 0; k < count && !watch.stopped(); k++) {
      watch.tell(new Progress.Worked(what, (double) k / count));
      columns.add(column.apply(k));
      watch.tell(new Progress.Noted(columns.getLast().sentence()));
    }
    return columns;
  }

  /// `GuidedVariation` → `guidedVariation`
  static String name(PatternMethod method) {
    String name = method.getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
