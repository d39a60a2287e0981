package argand.run;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Product;
import argand.file.ResultReader;
import argand.file.ResultWriter;
import argand.flow.Maker;
import argand.metric.SeriesComparison;
import argand.recipe.Inputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What all simulated measurements of a run show together: kept beside them, and what the answer of
/// `then` is compared with.
final class SeriesTruth {
  private SeriesTruth() {}

  private static Path file(RunFolder folder) {
    return folder.path().resolve("inputs").resolve("series.truth.h5");
  }

  /// Keeps it where there is one that is not yet kept.
  static void write(Plan plan, RunFolder folder) {
    if (!Files.exists(file(folder))
        && plan.recipe().of() instanceof Inputs.Made made
        && made.maker() instanceof Maker.OfScans scans) {
      Optional<EnergyStack> truth = scans.commonTruth();
      truth.ifPresent(
          known ->
              ResultWriter.write(file(folder), known, plan.file().text(), Plan.json(plan.asMap())));
    }
  }

  /// The answer and, where the truth is known and it is a stack, how far it is from it.
  static Product compared(Product answer, RunFolder folder) {
    if (!(answer instanceof EnergyStack stack) || !Files.exists(file(folder))) {
      return answer;
    }
    var known = (EnergyStack) ResultReader.product(file(folder));
    try (var images = known.images()) {
      var found = SeriesComparison.between(stack, known);
      return stack.withFindings(stack.findings().with(stack.findings().quality().and(found)));
    } catch (InvalidInput e) {
      var quality =
          stack
              .findings()
              .quality()
              .withVerdict(
                  "The result could not be compared with the truth: " + e.getMessage() + ".");
      return stack.withFindings(stack.findings().with(quality));
    }
  }
}
