package argand.figure;

import argand.data.Agreement;
import argand.data.EnergyBand;
import argand.data.EnergyStack;
import argand.data.Product;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;

/// What a run found, on one page that needs nothing else: pictures, curves, numbers with their
/// meaning, what was assumed, the recipe, versions, citations, and how to read the result.
///
/// The page follows the reader's light or dark theme, prints, and describes every picture in
/// words.
///
/// @param title of the run
/// @param recipe its text
/// @param results what came out, in order; an answer gathered from several is the first and shown
///     alone, of others the first {@value #SHOWN}; the rest stand in a table
/// @param versions program, kernels, Java, inputs: name → value
/// @param citations one line each
/// @param notes what a reader of the result must know, beside what the results' sources note
///     themselves
public record Report(
    String title,
    String recipe,
    List<Result> results,
    SequencedMap<String, String> versions,
    List<String> citations,
    List<String> notes) {
  private static final int SHOWN = 12;

  private static final String READ_OBJECT =
      """
      import h5py
      with h5py.File("result.h5") as f:
          object, pixel = f["/entry/object/data"][()], f["/entry/object/pixel_size"][()]  # complex64 (rows, columns); m (y, x)
      """;

  private static final String READ_STACK =
      """
      import h5py
      with h5py.File("result.h5") as f:
          stack = f["/entry/stack"]
          energy, images, mask = stack["energy"][()], stack["data"], stack["mask"][()]  # eV; (energies, rows, columns); 1 is good
          maps = {m.attrs["title"]: m["data"][()] for m in f["/entry/found/maps"].values()}  # NaN: unknown; standard deviations in m["errors"]
          spectra = {s.attrs["title"]: (s["energy"][()], s["values"][()]) for s in f["/entry/found/spectra"].values()}
          label = f["/entry/found/clusters/label"][()] if "/entry/found/clusters" in f else None  # −1: in no cluster
      """;

  private static final String READ_PATTERNS =
      """
      import h5py
      with h5py.File("result.h5") as f:
          maps = {m.attrs["title"]: m["data"][()] for m in f["/entry/found/maps"].values()}  # signal per unit of light, (rows, columns); standard deviations in m["errors"]
          patterns, pixel = f["/entry/patterns/data"], f["/entry/patterns/pixel_size"][()]  # (patterns, rows, columns); m (y, x)
          signals = {s.attrs["title"]: (s["data"][()], s["errors"][()]) for s in f["/entry/signals"].values()}
      """;

  /// One product with the name it goes by in the run.
  public record Result(String name, Product product) {}

  public Report {
    results = List.copyOf(results);
    citations = List.copyOf(citations);
    notes = List.copyOf(notes);
  }

  /// Writes the page and nothing else.
  public void write(Path html) {
    Png.write(text().getBytes(StandardCharsets.UTF_8), html);
  }

  String text() {
    var page = new HtmlPage(title);
    page.open("header");
    page.heading(1, title);
    verdict(page);
    page.close("header");
    var shown = shown();
    shown.forEach(result -> section(page, result));
    if (shown.size() < results.size()) {
      page.section("Measurements");
      page.paragraph("", "Their pictures are in their folders, tasks/NNNN/show.");
      page.table(
          MeasurementTable.HEADINGS,
          results.stream().skip(shown.size()).map(MeasurementTable::row).toList());
    }
    assumptions(page);
    page.section("Recipe");
    page.code(recipe.strip());
    page.section("Versions");
    page.table(
        List.of("What", "Value"),
        versions.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList());
    page.section("Please cite");
    if (citations.isEmpty()) {
      page.paragraph("", "The steps of this run name no publication.");
    } else {
      page.list(citations);
    }
    page.section("How to read the result");
    page.paragraph("", "The result is one HDF5 file; in Python:");
    boolean stacks = results.stream().anyMatch(r -> r.product() instanceof EnergyStack);
    boolean patterns =
        results.stream().anyMatch(r -> r.product() instanceof argand.data.StructuredScan);
    page.code((stacks ? READ_STACK : patterns ? READ_PATTERNS : READ_OBJECT).strip());
    return page.finished();
  }

  /// An answer that was gathered from several measurements is shown alone.
  private List<Result> shown() {
    boolean gathered =
        results.size() > 3 && !(results.getFirst().product() instanceof Reconstruction);
    return results.subList(0, gathered ? 1 : Math.min(SHOWN, results.size()));
  }

  private void verdict(HtmlPage page) {
    for (var result : shown()) {
      for (String sentence : quality(result.product()).verdict()) {
        page.paragraph("lead", (results.size() > 1 ? result.name() + ": " : "") + sentence);
      }
    }
  }

  private void section(HtmlPage page, Result result) {
    page.section(results.size() > 1 ? result.name() : "Result");
    switch (result.product()) {
      case Reconstruction reconstruction -> reconstruction(page, reconstruction);
      case Agreement agreement -> figures(page, agreement.quality(), List.of());
      case ScanMaps maps -> maps(page, maps);
      case argand.data.ObjectStack stack ->
          pictures(page, ObjectViews.of(stack), stack.findings().quality());
      case EnergyStack stack -> stack(page, stack);
      case argand.data.LineAreas areas ->
          pictures(page, FluorescenceViews.of(areas), areas.quality());
      case argand.data.FluorescenceSpectra spectra ->
          pictures(page, FluorescenceViews.of(spectra), spectra.quality());
      case argand.data.StructuredScan scan -> {
        pictures(page, StructuredViews.of(scan), scan.findings().quality());
      }
      default -> page.paragraph("", "Of this kind of product no picture is made.");
    }
    numbers(page, result.product());
  }

  private static void reconstruction(HtmlPage page, Reconstruction result) {
    var views = new Views(result);
    page.open("div", "figures");
    page.figure(
        views.unwrapped().drawing(),
        "Phase of the transmission, made continuous by whole turns; a delay is negative. Its constant and linear ramp,"
            + " which ptychography leaves open, are taken off in the picture.");
    page.figure(
        views.amplitude().drawing(),
        "Amplitude of the transmission in the well-lit field, on a scale that it shares with the"
            + " probe; colours span the middle 99 % of its pixels.");
    page.close("div");
    slices(page, result);
    furtherModes(page, result);
    page.open("div", "figures trio");
    page.figure(views.phase().drawing(), "The phase as it is measured, wrapped on a hue wheel.");
    for (int mode = 0; mode < result.probe().modes().size(); mode++) {
      page.figure(
          views.probe(mode).drawing(),
          "The illumination in the sample plane: hue is phase, brightness modulus.");
    }
    page.figure(
        views.positions(),
        "Where the middle of the probe stood; colours run from the first view to the last.");
    page.close("div");
    page.open("div", "figures");
    for (var plot : Panels.plots(result)) {
      figure(page, plot);
    }
    for (var map : result.quality().maps()) {
      page.figure(Panels.map(map).drawing(), MapWords.of(map));
    }
    page.close("div");
  }

  private static void slices(HtmlPage page, Reconstruction result) {
    int depth = result.slices().map(stack -> stack.slices().size()).orElse(0);
    if (depth == 0) {
      return;
    }
    page.paragraph(
        "", "Above, the product of all slices; here each by itself, as the beam meets them.");
    page.open("div", "figures");
    for (int k = 0; k < depth; k++) {
      var views = new Views(result.slice(k));
      page.figure(views.unwrapped().drawing(), "Phase of slice " + (k + 1) + ".");
      page.figure(views.amplitude().drawing(), "Amplitude of slice " + (k + 1) + ".");
    }
    page.close("div");
  }

  private static void furtherModes(HtmlPage page, Reconstruction result) {
    if (result.furtherModes().isEmpty()) {
      return;
    }
    page.paragraph(
        "",
        "Above, the strongest mode of the object; here the others, whose intensities add to it.");
    page.open("div", "figures");
    for (int k = 0; k < result.furtherModes().size(); k++) {
      var views = new Views(result.furtherMode(k));
      page.figure(views.phase().drawing(), "Phase of mode " + (k + 2) + ".");
      page.figure(views.amplitude().drawing(), "Amplitude of mode " + (k + 2) + ".");
    }
    page.close("div");
  }

  private static void maps(HtmlPage page, ScanMaps maps) {
    page.open("div", "figures");
    for (var map : maps.maps()) {
      var range = Pixels.Range.of(map.values(), maps.measured());
      String label = map.unit().isEmpty() ? "ratio" : map.unit();
      page.figure(
          Panel.of(map.name(), map.values(), range, ColorMap.GRAY, label).drawing(),
          map.name() + " from the frames alone; no reconstruction.");
    }
    page.close("div");
  }

  private static void stack(HtmlPage page, EnergyStack stack) {
    var views = new StackViews(stack);
    page.open("div", "figures");
    show(page, List.of(views.overview()));
    show(page, views.phase());
    show(page, views.mixes());
    show(page, views.clusters());
    show(page, views.maps());
    show(page, views.histograms());
    show(page, views.spectra());
    page.close("div");
    figures(page, stack.findings().quality(), stack.findings().bands());
  }

  private static void pictures(HtmlPage page, List<StackViews.Picture> pictures, Quality quality) {
    page.open("div", "figures");
    show(page, pictures);
    page.close("div");
    figures(page, quality, List.of());
  }

  private static void show(HtmlPage page, List<StackViews.Picture> pictures) {
    for (var picture : pictures) {
      page.figure(picture.drawing(), picture.caption());
    }
  }

  private static void figures(HtmlPage page, Quality quality, List<EnergyBand> bands) {
    page.open("div", "figures");
    quality.figures().forEach((title, c) -> figure(page, Panels.plot(title, c).with(bands)));
    page.close("div");
  }

  private static void figure(HtmlPage page, Plot plot) {
    String caption =
        switch (plot.scale()) {
          case LOGARITHMIC -> "How far the model is from the measured frames after each iteration.";
          case UNIT ->
              "Spatial frequencies at which the curve stays above a threshold are resolved by it;"
                  + " a resolution is half the period at the crossing.";
          case LINEAR -> "";
        };
    page.figure(plot.drawing(), caption);
  }

  private static void numbers(HtmlPage page, Product product) {
    var rows = new java.util.ArrayList<List<String>>();
    if (product instanceof Reconstruction result) {
      var grid = result.object().grid();
      rows.add(
          List.of(
              "Pixel of the object",
              grid.pixelY() == grid.pixelX()
                  ? Quantities.length(grid.pixelY())
                  : Quantities.length(grid.pixelY()) + " × " + Quantities.length(grid.pixelX()),
              "Half the shortest period that the image can hold."));
      rows.add(
          List.of(
              "Photon or electron energy",
              Quantities.plain(result.energyEv()) + " eV",
              "Wavelength " + Quantities.length(result.geometry().beam().wavelength()) + "."));
      rows.add(
          List.of("Views", Integer.toString(result.positions().count()), "Frames that took part."));
      if (!result.residuals().isEmpty()) {
        rows.add(
            List.of(
                "Residual after " + result.residuals().size() + " iterations",
                Quantities.plain(result.residuals().getLast()),
                "Relative amplitude error Σ(|u|−√I)² / ΣI of the last iteration."));
      }
    }
    if (product instanceof EnergyStack stack) {
      rows.addAll(StackNumbers.of(stack));
    }
    if (product instanceof argand.data.StructuredScan scan) {
      rows.addAll(StructuredViews.numbers(scan));
    }
    boolean fluorescence = product instanceof argand.data.LineAreas;
    if (product instanceof argand.data.LineAreas areas) {
      rows.addAll(FluorescenceViews.numbers(areas));
    }
    quality(product)
        .metrics()
        .forEach(
            (name, value) -> {
              var words = MetricWords.of(name);
              if (!(fluorescence && FluorescenceViews.inNumbers(name))) {
                rows.add(List.of(words.label(), words.value(value), words.meaning()));
              }
            });
    if (!rows.isEmpty()) {
      page.table(List.of("Quantity", "Value", "Meaning"), rows);
    }
  }

  private void assumptions(HtmlPage page) {
    var sentences = new LinkedHashSet<>(notes);
    var files = new LinkedHashSet<String>();
    for (var result : results) {
      sentences.addAll(result.product().source().notes());
      files.addAll(result.product().source().files());
    }
    page.section("What was assumed");
    if (sentences.isEmpty()) {
      page.paragraph("", "Nothing beyond what the files and the recipe state.");
    } else {
      page.list(List.copyOf(sentences));
    }
    if (!files.isEmpty()) {
      page.paragraph("small", "Measured data: " + String.join(", ", files));
    }
  }

  static Quality quality(Product product) {
    return switch (product) {
      case Reconstruction result -> result.quality();
      case Agreement agreement -> agreement.quality();
      case argand.data.ObjectStack stack -> stack.findings().quality();
      case EnergyStack stack -> stack.findings().quality();
      case argand.data.FluorescenceSpectra spectra -> spectra.quality();
      case argand.data.LineAreas areas -> areas.quality();
      case argand.data.StructuredScan scan -> scan.findings().quality();
      default -> Quality.NONE;
    };
  }
}
