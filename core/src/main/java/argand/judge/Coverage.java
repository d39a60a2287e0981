package argand.judge;

import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.physics.Geometry.Regime;
import argand.physics.Metres;
import argand.sampling.ProbeSize;
import argand.sampling.ScanPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the scan itself cannot give, seen with the probe that was found: overlap, photons, a
/// regular
/// raster, room for the probe.
///
/// @param plan of the scan, its probe the one that was found
record Coverage(ScanPlan plan, Optional<ScanPlan> planned) {
  /// Linear overlap below which views are no longer tied to each other.
  private static final double LEAST_OVERLAP = 0.5;

  private static final double LEAST_COUNTS = 25;
  private static final double LARGEST_RIM = 0.02;

  static Coverage of(DiffractionScan scan, Reconstruction result) {
    var planned =
        scan.probe().isPresent() ? Optional.of(ScanPlan.of(scan)) : Optional.<ScanPlan>empty();
    return new Coverage(ScanPlan.of(with(scan, result.probe())), planned);
  }

  private static DiffractionScan with(DiffractionScan scan, Probe probe) {
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        scan.mask(),
        Optional.of(probe),
        scan.source());
  }

  /// Overlap with the found probe.
  double overlap() {
    return plan.linearOverlap();
  }

  /// Found probe ÷ start probe, diameters; 1 where nothing is known of it.
  double probeRatio() {
    return planned.map(start -> plan.probe().diameter() / start.probe().diameter()).orElse(1.0);
  }

  ProbeSize probe() {
    return plan.probe();
  }

  /// The data cannot carry an image.
  ///
  /// @param trusted whether the found probe means something
  List<Finding> tooLittle(boolean trusted) {
    var by = trusted ? plan : planned.orElse(plan);
    var findings = new ArrayList<Finding>();
    // A probe found in noise is as wide as the frame: the start probe knows better.
    double least = planned.map(ScanPlan::countsPerPixel).orElse(plan.countsPerPixel());
    if (least < LEAST_COUNTS) {
      findings.add(
          new Finding(
              Cause.PHOTONS,
              String.format(
                  Locale.ROOT,
                  "Too few photons: %.2g for each sample pixel, so the phase is noisy by %.2g rad at"
                      + " least. Expose longer, take smaller steps, or crop the detector for larger"
                      + " pixels.",
                  least,
                  1 / (2 * Math.sqrt(least)))));
    }
    if (by.linearOverlap() < LEAST_OVERLAP) {
      findings.add(
          new Finding(
              Cause.OVERLAP,
              String.format(
                  Locale.ROOT,
                  "Too little overlap: steps of %s under a probe of %s leave %.0f %% along a line."
                      + " Step by %s at most, or widen the probe by defocus.",
                  Metres.text(by.step()),
                  Metres.text(by.probe().diameter()),
                  100 * by.linearOverlap(),
                  Metres.text(0.4 * by.probe().diameter()))));
    }
    return findings;
  }

  /// What lets a reconstruction go astray without making it impossible.
  List<Finding> risks() {
    var findings = new ArrayList<Finding>();
    if (plan.spacing().raster()) {
      findings.add(
          new Finding(
              Cause.RASTER,
              String.format(
                  Locale.ROOT,
                  "The positions form a regular grid of %s: a pattern of that period in the object"
                      + " may be invented. Scan a spiral, or displace each position by a fifth of"
                      + " the step.",
                  Metres.text(plan.spacing().nearest()))));
    }
    boolean far = plan.geometry().regime() == Regime.FAR_FIELD;
    if (far && plan.probe().rim() > LARGEST_RIM) {
      findings.add(
          new Finding(
              Cause.PROBE_EDGE,
              String.format(
                  Locale.ROOT,
                  "The probe touches the edge of its frame: %.1f %% of its power lies in the"
                      + " outermost twentieth on each side. Move the detector farther away, bin"
                      + " less, or use a smaller probe.",
                  100 * plan.probe().rim())));
    }
    return findings;
  }
}
