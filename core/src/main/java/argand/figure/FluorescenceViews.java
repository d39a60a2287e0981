package argand.figure;

import argand.data.Curve;
import argand.data.FittedSpectrum;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.ScanMaps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The pictures of fluorescence: spectra with their fits, and maps of areas and amounts.
final class FluorescenceViews {
  private static final int STRONGEST = 6;
  private static final String ENERGY = "energy [keV]";

  private FluorescenceViews() {}

  static List<StackViews.Picture> of(LineAreas areas) {
    var pictures = new ArrayList<StackViews.Picture>();
    int number = 0;
    for (var fit : areas.fits()) {
      String file = number++ == 0 ? "spectrum" : "spectrum-" + number;
      pictures.add(
          new StackViews.Picture(
              file,
              fit(fit).drawing(),
              "Counts, what the fit expects of them, and the background of it."));
      pictures.add(
          new StackViews.Picture(
              file + "-groups",
              groups(fit).drawing(),
              "The strongest groups of lines, each by itself."));
      pictures.add(
          new StackViews.Picture(
              file + "-residual",
              residual(fit).drawing(),
              "Counts less the fit, over the standard deviation of the counts: noise alone stays"
                  + " between −3 and 3."));
    }
    for (var map : areas.maps()) {
      var panel = Panels.map(new ScanMaps.Map(map.name(), map.unit(), map.values()));
      pictures.add(new StackViews.Picture(StackViews.file(map.name()), panel.drawing(), ""));
    }
    return pictures;
  }

  /// Sum over the spectra of each area, and mean of each amount, with their errors.
  static List<List<String>> numbers(LineAreas areas) {
    var rows = new ArrayList<List<String>>();
    for (int g = 0; g < areas.groups().size(); g++) {
      double variance = 0;
      for (double sigma : areas.sigma()[g]) {
        variance += sigma * sigma;
      }
      rows.add(
          List.of(
              areas.groups().get(g).name(),
              Quantities.plain(sum(areas.areas()[g]))
                  + " ± "
                  + Quantities.plain(Math.sqrt(variance))
                  + " counts",
              "In its full-energy peaks, all spectra together."));
    }
    for (var amount : areas.amounts()) {
      int n = amount.values().length;
      double variance = 0;
      for (double sigma : amount.sigma().orElse(new double[0])) {
        variance += sigma * sigma;
      }
      rows.add(
          List.of(
              amount.name() + ", " + amount.quantity(),
              Quantities.plain(sum(amount.values()) / n)
                  + (amount.sigma().isPresent()
                      ? " ± " + Quantities.plain(Math.sqrt(variance) / n)
                      : "")
                  + (amount.unit().isEmpty() ? "" : " " + amount.unit()),
              n == 1 ? "" : "Mean of " + n + " spectra."));
    }
    return rows;
  }

  /// Whether the numbers above say it already.
  static boolean inNumbers(String metric) {
    return metric.matches("(area|areaSigma|arealDensity|massFraction)\\..*");
  }

  static List<StackViews.Picture> of(FluorescenceSpectra spectra) {
    double[] sum = spectra.counts().sum();
    var curve =
        curve("counts", spectra.calibration().energiesEv(spectra.channels()), sum, "counts");
    return List.of(
        new StackViews.Picture(
            "spectrum",
            new Plot(
                    spectra.count() == 1 ? spectra.name(0) : "Sum of the spectra",
                    List.of(curve),
                    Plot.Scale.LOGARITHMIC)
                .drawing(),
            "Counts in each channel."));
  }

  private static Plot fit(FittedSpectrum fit) {
    return new Plot(
        "Spectrum, " + fit.name(),
        List.of(
            curve("counts", fit.energyEv(), fit.counts(), "counts"),
            curve("fit", fit.energyEv(), fit.fit(), "counts"),
            curve("background", fit.energyEv(), fit.background(), "counts")),
        Plot.Scale.LOGARITHMIC);
  }

  private static Plot groups(FittedSpectrum fit) {
    double floor = 0.1;
    var strongest =
        IntStream.range(0, fit.names().size())
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -sum(fit.parts().get(k))))
            .limit(STRONGEST)
            .toList();
    var curves = new ArrayList<Curve>();
    for (int k : strongest) {
      double[] part = fit.parts().get(k).clone();
      for (int c = 0; c < part.length; c++) {
        part[c] = part[c] > floor ? part[c] : Double.NaN;
      }
      curves.add(curve(fit.names().get(k), fit.energyEv(), part, "counts"));
    }
    return new Plot("Groups of lines", curves, Plot.Scale.LOGARITHMIC);
  }

  private static Plot residual(FittedSpectrum fit) {
    double[] residual = new double[fit.counts().length];
    for (int c = 0; c < residual.length; c++) {
      residual[c] = (fit.counts()[c] - fit.fit()[c]) / Math.sqrt(Math.max(1, fit.fit()[c]));
    }
    return new Plot(
        "Residual",
        List.of(curve("residual", fit.energyEv(), residual, "standard deviations")),
        Plot.Scale.LINEAR);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static Curve curve(String name, double[] ev, double[] values, String label) {
    double[] kev = new double[ev.length];
    for (int c = 0; c < kev.length; c++) {
      kev[c] = 1e-3 * ev[c];
    }
    return new Curve(name, ENERGY, label, kev, values);
  }
}
