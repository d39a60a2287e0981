package argand.run;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.Agreement;
import argand.data.DiffractionScan;
import argand.data.EnergyStack;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.ObjectStack;
import argand.data.Picture;
import argand.data.Product;
import argand.data.Quality;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.data.StructuredScan;
import argand.figure.Report;
import argand.file.FileTrouble;
import argand.file.ResultReader;
import argand.file.ResultWriter;
import argand.flow.Diverged;
import argand.flow.Step;
import argand.recipe.Citations;
import argand.recipe.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// Carries out a plan in this process: the tasks one after the other with all threads, the hinge,
/// `then`, the report.
public final class Runner {
  private static final String STOPPED =
      "Stopped by the user: the result is unfinished; argand resume goes on.";

  private final Plan plan;
  private final RunFolder folder;
  private final Listener listener;

  /// @param listener follows the run in this process
  public Runner(Plan plan, RunFolder folder, Listener listener) {
    this.plan = plan;
    this.folder = folder;
    this.listener = listener;
  }

  /// A new run.
  ///
  /// @throws InvalidInput when the folder already holds something
  /// @throws FileTrouble when it cannot be written
  public Outcome start() {
    folder.create();
    RunFolder.write(folder.recipe(), plan.file().bytes());
    return carryOut("run started");
  }

  /// Goes on with an interrupted run, or extends a finished one by more iterations.
  ///
  /// @throws InvalidInput when anything but `iterations` grew
  public Outcome resume() {
    Resumption.check(RunFolder.read(folder.plan()), plan);
    folder.clearStop();
    return carryOut("run resumed");
  }

  private Outcome carryOut(String beginning) {
    long began = System.nanoTime();
    RunFolder.write(folder.plan(), pretty(plan.asMap()));
    RunFolder.write(
        folder.citations(),
        Citations.bibtex(Citations.of(plan.recipe()), plan.provenance().argand()));
    try (var events = new EventLog(folder.events());
        var log = new RunLog(folder.log());
        var workers = new Workers(plan.provenance().threads())) {
      events.happened(0, beginning, Map.of("tasks", plan.tasks().size()));
      log.line(beginning + ": " + plan.recipe().title());
      var passage = new Passage(events, log, workers);
      passage.each();
      passage.then();
      passage.report();
      Outcome outcome = passage.outcome((System.nanoTime() - began) * 1e-9);
      events.happened(
          0,
          outcome.stopped() ? "run stopped" : "run ended",
          Map.of("exitCode", outcome.exitCode(), "seconds", outcome.seconds()));
      log.line((outcome.stopped() ? "stopped" : "ended") + " with code " + outcome.exitCode());
      return outcome;
    }
  }

  private static String pretty(Object value) {
    return tools.jackson.databind.json.JsonMapper.shared()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(value);
  }

  /// The way of one run through its tasks.
  private final class Passage {
    private final EventLog events;
    private final RunLog log;
    private final Workers workers;
    private final Map<Task, Product> products = new LinkedHashMap<>();
    private final List<Outcome.Failure> failures = new ArrayList<>();
    private final List<String> verdict = new ArrayList<>();
    private Optional<Product> answer = Optional.empty();
    private boolean stopped;

    Passage(EventLog events, RunLog log, Workers workers) {
      this.events = events;
      this.log = log;
      this.workers = workers;
    }

    void each() {
      var worker = new Worker(plan, folder, events, listener, workers);
      for (Task task : plan.tasks()) {
        if (folder.stopRequested()) {
          stopped = true;
          return;
        }
        try {
          one(worker, task);
        } catch (RuntimeException | OutOfMemoryError e) {
          failed(task.number(), task.name(), e);
        }
      }
      again(worker);
    }

    /// Once more for those whose numbers diverged: they may begin from all neighbours now.
    private void again(Worker worker) {
      for (Task task : plan.tasks()) {
        var failure =
            failures.stream()
                .filter(one -> one.number() == task.number() && one.cause() instanceof Diverged)
                .findFirst();
        if (failure.isPresent() && !products.isEmpty() && !folder.stopRequested()) {
          try {
            one(worker, task);
            failures.remove(failure.get());
            verdict.add(task.name() + " diverged at first and was done again after the others.");
          } catch (RuntimeException | OutOfMemoryError e) {
            log.trace(task.name() + " failed again", e);
          }
        }
      }
    }

    private void one(Worker worker, Task task) {
      Path file = folder.task(task).resolve("product.h5");
      var status = new TaskStatus(folder.task(task), plan.exactFingerprint(task));
      if (status.isDone() && Files.exists(file)) {
        products.put(task, ResultReader.product(file));
        return;
      }
      RunFolder.make(folder.task(task));
      status.write("running");
      events.happened(task.number(), "task started", Map.of("name", task.name()));
      Worker.Result result;
      try {
        result = worker.run(task, List.copyOf(products.values()));
      } catch (RuntimeException | OutOfMemoryError e) {
        status.write("failed");
        throw e;
      }
      stopped |= result.stopped();
      products.put(task, result.product());
      if (isResult(result.product())) {
        keep(file, result.product());
      }
      ProductFolder.fill(folder.task(task), result.product());
      status.write(result.stopped() ? "stopped" : "done");
      events.happened(
          task.number(),
          result.stopped() ? "task stopped" : "task done",
          Map.of("name", task.name()));
    }

    private void failed(int number, String name, Throwable cause) {
      var failure = new Outcome.Failure(number, name, cause);
      failures.add(failure);
      log.trace(name + " failed", cause);
      events.happened(number, "task failed", Map.of("name", name, "sentence", failure.sentence()));
    }

    /// The hinge and what follows it.
    void then() {
      if (!failures.isEmpty() && plan.tasks().size() > 1) {
        verdict.add(
            failures.size()
                + " of "
                + plan.tasks().size()
                + " tasks failed and are missing: "
                + String.join(", ", failures.stream().map(Outcome.Failure::task).toList())
                + ".");
      }
      if (stopped || plan.recipe().then().isEmpty() || products.isEmpty()) {
        return;
      }
      RunFolder.make(folder.then());
      var room =
          new StepWatch.Room(
              folder,
              0,
              "then",
              folder.then(),
              fingerprint(),
              events,
              listener,
              workers,
              plan.memory().spendable(),
              List.of());
      try {
        Product product = null; // until the first step gathers
        for (int i = 0; i < plan.recipe().then().size() && !stopped; i++) {
          Step<?, ?> step = plan.recipe().then().get(i);
          String name = Written.name(step);
          var watch = new StepWatch(room, name, Worker.file(i, name));
          product =
              switch (step) {
                case Step.All<?, ?> all -> gather(all, watch);
                case Step.One<?, ?> one ->
                    Worker.apply(one, Objects.requireNonNull(product), watch);
              };
          stopped |= watch.wasCut();
        }
        answer = Optional.ofNullable(product).map(given -> SeriesTruth.compared(given, folder));
      } catch (RuntimeException | OutOfMemoryError e) {
        failed(0, "then", e);
      }
    }

    private <I extends Product, O extends Product> Product gather(
        Step.All<I, O> step, StepWatch watch) {
      List<I> inputs = products.values().stream().map(step.takes()::cast).toList();
      return step.gather(inputs, watch);
    }

    private String fingerprint() {
      var all = new StringBuilder();
      products.keySet().forEach(task -> all.append(plan.exactFingerprint(task)));
      return Digest.of(all.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /// The page for a person, also of a run that failed or was stopped.
    void report() {
      var results = new ArrayList<Report.Result>();
      answer.ifPresent(product -> results.add(new Report.Result("result", product)));
      products.forEach((task, product) -> results.add(new Report.Result(task.name(), product)));
      results.removeIf(result -> result.product() instanceof RawFile);
      var notes = new ArrayList<>(verdict);
      failures.forEach(failure -> notes.add(failure.task() + ": " + failure.sentence() + "."));
      notes.addAll(targets());
      for (var jar : plan.plugins()) {
        notes.add(
            "Of the plug-in " + jar.name() + " are used: " + String.join(", ", jar.taken()) + ".");
      }
      if (stopped) {
        notes.add(STOPPED);
      }
      var citations =
          Citations.of(plan.recipe()).stream()
              .map(paper -> paper.value() + " doi:" + paper.doi())
              .toList();
      new Report(plan.recipe().title(), plan.file().text(), results, versions(), citations, notes)
          .write(folder.report());
    }

    private SequencedMap<String, String> versions() {
      var versions = new LinkedHashMap<String, String>();
      plan.provenance().asMap().forEach((name, value) -> versions.put(name, value.toString()));
      for (var jar : plan.plugins()) {
        versions.put("plug-in " + jar.name(), jar.words());
      }
      for (Task task : plan.tasks()) {
        versions.put(
            "input " + task.name(),
            task.simulated() ? "simulated" : task.input() + ", SHA-256 " + task.sha256());
      }
      return versions;
    }

    Outcome outcome(double seconds) {
      Optional<Product> last = last();
      verdict.addAll(0, last.map(Runner::quality).orElse(Quality.NONE).verdict());
      verdict.addAll(targets());
      if (stopped) {
        verdict.add(STOPPED);
      }
      return new Outcome(
          folder,
          result(last),
          seconds,
          PeakMemory.bytes(),
          metrics(last),
          verdict,
          failures,
          stopped,
          plan.tasks().size());
    }

    /// The answer, or the product of the only task.
    private Optional<Product> last() {
      return answer.or(
          () ->
              products.size() == 1
                  ? Optional.of(products.values().iterator().next())
                  : Optional.empty());
    }

    private static SequencedMap<String, Double> metrics(Optional<Product> last) {
      var metrics = new LinkedHashMap<>(last.map(Runner::quality).orElse(Quality.NONE).metrics());
      if (last.orElse(null) instanceof Reconstruction picture && !picture.residuals().isEmpty()) {
        metrics.putIfAbsent("relativeAmplitudeError", picture.residuals().getLast());
      }
      return metrics;
    }

    /// What the recipe promised, against what was found; nothing of a run that was stopped.
    private List<String> targets() {
      var found = metrics(last());
      return stopped
          ? List.of()
          : plan.file().targets().stream().map(target -> target.judged(found)).toList();
    }

    private Optional<Path> result(Optional<Product> last) {
      if (answer.isPresent()) {
        keep(folder.result(), answer.get());
        ProductFolder.fill(folder.then(), answer.get());
        return Optional.of(folder.result());
      }
      if (plan.tasks().size() != 1 || !last.map(Runner::isResult).orElse(false)) {
        return Optional.empty();
      }
      link(folder.task(plan.tasks().getFirst()).resolve("product.h5"), folder.result());
      return Optional.of(folder.result());
    }
  }

  private void keep(Path file, Product product) {
    ResultWriter.write(file, product, plan.file().text(), Plan.json(plan.asMap()));
  }

  private static Quality quality(Product product) {
    return switch (product) {
      case Picture picture -> picture.quality();
      case Agreement agreement -> agreement.quality();
      case ObjectStack stack -> stack.findings().quality();
      case EnergyStack stack -> stack.findings().quality();
      case FluorescenceSpectra spectra -> spectra.quality();
      case LineAreas areas -> areas.quality();
      case StructuredScan scan -> scan.findings().quality();
      case RawFile _, DiffractionScan _, ScanMaps _ -> Quality.NONE;
    };
  }

  private static boolean isResult(Product product) {
    return product instanceof Picture
        || product instanceof ScanMaps
        || product instanceof ObjectStack
        || product instanceof EnergyStack
        || product instanceof FluorescenceSpectra
        || product instanceof LineAreas
        || product instanceof StructuredScan;
  }

  /// A second name for the file where the system can, else a copy.
  private static void link(Path file, Path name) {
    Path part = name.resolveSibling(name.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      try {
        Files.createLink(part, file);
      } catch (IOException | UnsupportedOperationException e) {
        Files.copy(file, part);
      }
      RunFolder.rename(part, name);
    } catch (IOException e) {
      throw new FileTrouble(name, "cannot be written (" + RunFolder.why(e) + ")", e);
    }
  }
}
