package argand.spectroptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.Median;
import argand.data.Curve;
import argand.data.Findings;
import argand.data.ObjectStack;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.Source;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.Polarization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Reconstructions of one sample at many energies become one stack of complex images: the hinge of
/// spectroptychography.
///
/// (1) energies whose reconstruction explains its frames badly are left out, and named: a residual
///     r of more than twice the median of all and more than six standard deviations above it (by
///     the median of |r − median|);
/// (2) the pixel of the far field follows the wavelength, p = λz/(NΔ), so all are resampled onto
///     the largest of the pixels, band-limited, about the middle of the frames, which is what
///     positions mean (see {@link CommonGrid});
/// (3) the field is what all of them have lit well.
///
/// Positions are taken as the files state them, so a drift between energies is still in the images:
/// `alignObjects` takes it out.
@Paper(
    value = "S. G. Urquhart, X-ray Spectroptychography, ACS Omega 7, 11521–11529 (2022)",
    doi = "10.1021/acsomega.2c00228")
public record StackObjects(
    @Param(value = "pixel of the common grid; without it the largest of all", unit = "m")
        OptionalDouble pixel,
    @Param(
            value = "energies that there should be; those that are missing are named",
            unit = "eV",
            byDefault = "[]")
        List<Double> energiesEv,
    @Param(value = "what to do with energies whose residual is out of line", byDefault = "leaveOut")
        Outliers outliers)
    implements Step.All<Reconstruction, ObjectStack> {
  /// What to do with reconstructions that explain their frames badly.
  public enum Outliers {
    LEAVE_OUT,
    KEEP
  }

  private static final double FACTOR = 2;
  private static final double SIGMAS = 6;

  /// Of a normal distribution: standard deviation over median absolute deviation.
  private static final double OF_MEDIAN = 1.4826;

  private static final int FEW = 5;

  public StackObjects {
    energiesEv = List.copyOf(energiesEv);
    pixel.ifPresent(p -> Check.within("pixel", p, 1e-12, 1e-3, "m"));
    for (double ev : energiesEv) {
      Check.within("energies", ev, 1, 1e6, "eV");
    }
  }

  @Override
  public Class<Reconstruction> takes() {
    return Reconstruction.class;
  }

  @Override
  public Class<ObjectStack> gives() {
    return ObjectStack.class;
  }

  @Override
  public ObjectStack gather(List<Reconstruction> inputs, Watch watch) {
    watch.tell(new Progress.Started("stackObjects", 0));
    var all = new ArrayList<>(inputs);
    all.sort(
        Comparator.comparingDouble(Reconstruction::energyEv)
            .thenComparing(Comparator.comparingDouble(StackObjects::helicity).reversed())
            .thenComparingDouble(StackObjects::angle));
    var bad = outliers == Outliers.KEEP ? List.<Reconstruction>of() : outOfLine(all);
    var kept = all.stream().filter(one -> !bad.contains(one)).toList();
    var source = Source.gathered(kept.stream().map(Reconstruction::source).toList(), toString());
    var quality = Quality.NONE.withFigure("Residual over energy", List.of(residuals(all)));
    quality = quality.withMetric("energies", kept.size()).withMetric("energiesLeftOut", bad.size());
    for (var one : bad) {
      String sentence =
          String.format(
              Locale.ROOT,
              "%s is left out: its residual of %.3g is %.1f times the median of all energies.",
              name(one),
              residual(one),
              residual(one) / median(all));
      quality = quality.withVerdict(sentence);
      watch.tell(new Progress.Noted(sentence));
    }
    String missing = missing(kept);
    if (!missing.isEmpty()) {
      source = source.withNote("no images at " + missing);
      quality = quality.withVerdict("No images at " + missing + ".");
    }
    var grid = CommonGrid.of(kept, pixel);
    var views = grid.views(kept, StackObjects::name, watch.workers());
    return new ObjectStack(
        views,
        grid.mask(),
        grid.origin(),
        java.util.Optional.empty(),
        Findings.NONE.with(quality),
        source);
  }

  private static double helicity(Reconstruction one) {
    return stokes(one)[2];
  }

  private static double angle(Reconstruction one) {
    return Math.atan2(stokes(one)[1], stokes(one)[0]);
  }

  private static double[] stokes(Reconstruction one) {
    return one.geometry()
        .beam()
        .polarization()
        .map(Polarization::stokes)
        .orElse(new double[] {0, 0, 0});
  }

  /// The file it was made of, or its energy.
  private static String name(Reconstruction one) {
    var files = one.source().files();
    return files.isEmpty()
        ? ObjectStack.ev(one.energyEv())
        : Path.of(files.getFirst()).getFileName() + " (" + ObjectStack.ev(one.energyEv()) + ")";
  }

  private static double residual(Reconstruction one) {
    Double told = one.quality().metrics().get("relativeAmplitudeError");
    return told != null ? told : one.residuals().isEmpty() ? 0 : one.residuals().getLast();
  }

  private static double median(List<Reconstruction> all) {
    return Median.of(all.stream().mapToDouble(StackObjects::residual).toArray());
  }

  private static List<Reconstruction> outOfLine(List<Reconstruction> all) {
    if (all.size() < FEW) {
      return List.of();
    }
    double median = median(all);
    double spread =
        OF_MEDIAN
            * Median.of(
                all.stream().mapToDouble(one -> Math.abs(residual(one) - median)).toArray());
    return all.stream()
        .filter(
            one -> !(residual(one) <= FACTOR * median || residual(one) <= median + SIGMAS * spread))
        .toList();
  }

  private static Curve residuals(List<Reconstruction> all) {
    return new Curve(
        "Σ(|u| − √I)² / ΣI",
        "energy [eV]",
        "relative amplitude error",
        all.stream().mapToDouble(Reconstruction::energyEv).toArray(),
        all.stream().mapToDouble(StackObjects::residual).toArray());
  }

  private String missing(List<Reconstruction> kept) {
    var missing = new ArrayList<String>();
    for (double wanted : energiesEv) {
      if (kept.stream().noneMatch(one -> Math.abs(one.energyEv() - wanted) < ObjectStack.SAME_EV)) {
        missing.add(ObjectStack.ev(wanted));
      }
    }
    return String.join(", ", missing);
  }

  @Override
  public String toString() {
    return "stackObjects"
        + (pixel.isPresent() ? " onto pixels of " + pixel.getAsDouble() + " m" : "");
  }
}
