package argand.run;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.EnergyStack;
import argand.data.LineAreas;
import argand.data.Picture;
import argand.data.Product;
import argand.data.Quality;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.data.StructuredScan;
import argand.file.CxiWriter;
import argand.file.DataExchangeWriter;
import argand.file.ResultReader;
import argand.file.ResultWriter;
import argand.file.StructuredScanWriter;
import argand.flow.Maker;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.metric.LineAreasComparison;
import argand.metric.MapComparison;
import argand.metric.SeriesComparison;
import argand.metric.StackComparison;
import argand.recipe.Inputs;
import argand.recipe.Written;
import argand.sampling.ScanPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Carries one task through `each`: makes or opens its input, applies the steps, compares with the
/// truth where there is one, keeps the product.
final class Worker {
  private final Plan plan;
  private final RunFolder folder;
  private final EventLog events;
  private final Listener listener;
  private final Workers workers;

  Worker(Plan plan, RunFolder folder, EventLog events, Listener listener, Workers workers) {
    this.plan = plan;
    this.folder = folder;
    this.events = events;
    this.listener = listener;
    this.workers = workers;
  }

  /// What a task gave.
  ///
  /// @param stopped whether the user stopped it, so that the product is unfinished
  record Result(Product product, boolean stopped) {}

  /// @param earlier products of the tasks before
  Result run(Task task, List<Product> earlier) {
    var room =
        new StepWatch.Room(
            folder,
            task.number(),
            task.name(),
            folder.task(task),
            plan.fingerprint(task),
            events,
            listener,
            workers,
            plan.memory().spendable(),
            earlier);
    Path input = input(task, room);
    Product product = new RawFile(input);
    boolean stopped = false;
    for (int i = 0; i < plan.recipe().each().size() && !stopped; i++) {
      var step = one(plan.recipe().each().get(i));
      plan.memory().check(step, product, task.name());
      String name = Written.name(step);
      var watch = new StepWatch(room, name, file(i, name));
      var sampling = sampling(step, product);
      if (sampling.isPresent()) {
        sampling.get().sentences().forEach(line -> watch.tell(new Progress.Noted(line)));
        product = withWarnings((DiffractionScan) product, sampling.get());
      }
      product = apply(step, product, watch);
      if (sampling.isPresent() && product instanceof Reconstruction picture) {
        product = picture.withQuality(picture.quality().withMetrics(sampling.get().metrics()));
      }
      stopped = watch.wasCut() || (folder.stopRequested() && i + 1 < plan.recipe().each().size());
    }
    return new Result(finished(product, input), stopped);
  }

  /// What the measurement can give, before a step that makes a picture of it.
  private static Optional<ScanPlan> sampling(Step<?, ?> step, Product product) {
    return product instanceof DiffractionScan scan && Picture.class.isAssignableFrom(step.gives())
        ? Optional.of(ScanPlan.of(scan))
        : Optional.empty();
  }

  /// The report lists them under what was assumed.
  private static DiffractionScan withWarnings(DiffractionScan scan, ScanPlan sampling) {
    var source = scan.source();
    for (String warning : sampling.warnings()) {
      source = source.withNote(warning);
    }
    return scan.withSource(source);
  }

  /// Applies a step to a product of the type it takes.
  static <I extends Product, O extends Product> Product apply(
      Step.One<I, O> step, Product input, Watch watch) {
    return step.apply(step.takes().cast(input), watch);
  }

  /// File name of step `i` of a verse: `02-ptychography`.
  static String file(int i, String name) {
    return String.format(Locale.ROOT, "%02d-%s", i + 1, name);
  }

  private static Step.One<?, ?> one(Step<?, ?> step) {
    if (step instanceof Step.One<?, ?> one) {
      return one;
    }
    throw new IllegalStateException(Written.name(step) + " gathers; the recipe should have known");
  }

  private Path input(Task task, StepWatch.Room room) {
    Path input = folder.input(task);
    if (plan.recipe().of() instanceof Inputs.Made made && !isComplete(input)) {
      RunFolder.make(folder.path().resolve("inputs"));
      var watch = new StepWatch(room, Written.name(made.maker()), "00-simulation");
      int index = task.number() - 1;
      Product truth =
          switch (made.maker()) {
            case Maker.OfScans scans -> {
              var simulated = scans.make(index, watch);
              CxiWriter.write(input, simulated.scan());
              yield simulated.truth();
            }
            case Maker.OfStacks stacks -> {
              var simulated = stacks.make(index, watch);
              DataExchangeWriter.write(input, simulated.stack());
              yield simulated.truth();
            }
            case Maker.OfStructuredScans scans -> {
              var simulated = scans.make(index, watch);
              StructuredScanWriter.write(input, simulated.scan(), simulated.spectra());
              yield simulated.truth();
            }
            case Maker.OfSpectra spectra -> {
              var simulated = spectra.make(index, watch);
              ResultWriter.write(
                  input, simulated.spectra(), plan.file().text(), Plan.json(plan.asMap()));
              yield simulated.truth();
            }
          };
      ResultWriter.write(truth(input), truth, plan.file().text(), Plan.json(plan.asMap()));
      SeriesTruth.write(plan, folder);
    }
    return input;
  }

  /// The product and, where the truth is known, how far it is from it.
  private Product finished(Product product, Path input) {
    if (!Files.exists(truth(input))) {
      return product;
    }
    return switch (product) {
      case Reconstruction picture -> compared(picture, truth(input));
      case EnergyStack stack -> compared(stack, truth(input));
      case StructuredScan scan -> compared(scan, truth(input));
      case LineAreas areas -> compared(areas, truth(input));
      default -> product;
    };
  }

  private Reconstruction compared(Reconstruction picture, Path truth) {
    try {
      Quality found = Comparison.between(picture, ResultReader.read(truth));
      return picture.withQuality(picture.quality().and(found));
    } catch (InvalidInput e) {
      String sentence = "The result could not be compared with the truth: " + e.getMessage() + ".";
      return picture.withQuality(picture.quality().withVerdict(sentence));
    }
  }

  private static EnergyStack compared(EnergyStack stack, Path truth) {
    var known = (EnergyStack) ResultReader.product(truth);
    try (var images = known.images()) {
      var found = StackComparison.between(stack, known);
      if (known.phase().isPresent()) { // the truth of a sample that is known at every energy
        found = found.and(SeriesComparison.between(stack, known));
      }
      var quality = stack.findings().quality().and(found);
      return stack.withFindings(stack.findings().with(quality));
    }
  }

  private static StructuredScan compared(StructuredScan scan, Path truth) {
    var found = MapComparison.between(scan, (ScanMaps) ResultReader.product(truth));
    var quality = scan.findings().quality().and(found);
    return scan.withFindings(scan.findings().with(quality));
  }

  private static LineAreas compared(LineAreas areas, Path truth) {
    var found = LineAreasComparison.between(areas, (LineAreas) ResultReader.product(truth));
    return areas.withQuality(areas.quality().and(found));
  }

  /// The truth is written last.
  private static boolean isComplete(Path input) {
    return Files.exists(input) && Files.exists(truth(input));
  }

  /// Where the truth of an input lies if it is known: `scan.cxi` → `scan.truth.h5`.
  static Path truth(Path input) {
    String name = String.valueOf(input.getFileName()).replaceFirst("\\.[^.]*$", "");
    return input.resolveSibling(name + ".truth.h5");
  }
}
