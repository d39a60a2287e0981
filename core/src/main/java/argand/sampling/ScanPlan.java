package argand.sampling;

import argand.Paper;
import argand.array.Mask;
import argand.data.DiffractionScan;
import argand.physics.Geometry;
import argand.physics.Geometry.Regime;
import argand.physics.Metres;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// What a ptychography measurement can give, known before anything is reconstructed: overlap,
/// overdetermination, resolution, photons, memory.
///
/// Formulas in `docs/algorithms/sampling.md`. At most 64 frames are read.
///
/// @param geometry of the measurement
/// @param views number of frames
/// @param probe how large the illumination is
/// @param spacing how the positions lie to each other
/// @param fieldArea what the probe covers on its way: the convex hull of the positions, widened by
///     half a probe [m²]
/// @param goodPixels detector pixels that count
/// @param countsPerFrame mean over the frames, good pixels only
@Paper(
    value =
        "Bunk et al., Influence of the overlap parameter on the convergence of the ptychographical"
            + " iterative engine, Ultramicroscopy 108, 481 (2008)",
    doi = "10.1016/j.ultramic.2007.08.003")
public record ScanPlan(
    Geometry geometry,
    int views,
    ProbeSize probe,
    Spacing spacing,
    double fieldArea,
    int goodPixels,
    double countsPerFrame) {
  /// Bunk et al. find the fastest convergence at 60 % and little to gain beyond.
  private static final double ENOUGH_OVERLAP = 0.6;

  private static final double ENOUGH_EQUATIONS = 3;

  /// 25 quanta leave a phase noise of 1/(2√25) = 0.1 rad.
  private static final double ENOUGH_COUNTS = 25;

  private static final double LARGEST_RIM = 0.01;
  private static final double ENOUGH_ROOM = 1.25;

  public static ScanPlan of(DiffractionScan scan) {
    var survey = FrameSurvey.of(scan);
    var probe = ProbeSize.of(scan, survey);
    var spacing = Spacing.of(scan.positions());
    return new ScanPlan(
        scan.geometry(),
        scan.frames().count(),
        probe,
        spacing,
        fieldArea(scan, probe, spacing),
        scan.mask().map(Mask::count).orElse(scan.frames().grid().size()),
        survey.counts());
  }

  /// Steiner's formula for the sum of a convex set and a disc, in the near field a rectangle.
  private static double fieldArea(DiffractionScan scan, ProbeSize probe, Spacing spacing) {
    if (scan.geometry().regime() == Regime.NEAR_FIELD) {
      return spacing.area()
          + scan.positions().extentX() * probe.height()
          + scan.positions().extentY() * probe.width()
          + probe.height() * probe.width();
    }
    double radius = probe.diameter() / 2;
    return spacing.area() + spacing.perimeter() * radius + Math.PI * radius * radius;
  }

  /// Mean step of the scan [m].
  public double step() {
    return spacing.step(views);
  }

  /// 1 − step / probe, not below 0; 0 for a single view.
  public double linearOverlap() {
    return views == 1 ? 0 : Math.max(0, 1 - step() / probe.diameter());
  }

  /// Share of its area that a view has in common with one a step away: of discs in the far field,
  /// (2/π)(acos x − x√(1 − x²)) with x = step / diameter; of rectangles in the near field.
  public double areaOverlap() {
    double x = 1 - linearOverlap();
    return geometry.regime() == Regime.NEAR_FIELD
        ? 1 - x
        : 2 / Math.PI * (Math.acos(x) - x * Math.sqrt(1 - x * x));
  }

  /// Measured real numbers ÷ unknown real numbers: good pixels of all views over twice the object's
  /// pixels in the field and twice the probe's.
  public double overdetermination() {
    var sample = geometry.sample();
    double object = fieldArea / (sample.pixelY() * sample.pixelX());
    return (double) goodPixels * views / (2 * object + 2.0 * sample.size());
  }

  /// Half the shortest period that is measured along the coarser axis [m]: in the far field that of
  /// the detector's edge, in the near field a pixel of the sample.
  public double halfPeriod() {
    var sample = geometry.sample();
    return geometry.regime() == Regime.NEAR_FIELD
        ? Math.max(sample.pixelY(), sample.pixelX())
        : new ResolutionLimit(geometry.beam().wavelength(), edgeAngle()).halfPeriod();
  }

  /// From the beam to the nearer edge of the detector [rad].
  public double edgeAngle() {
    var detector = geometry.detector();
    double reach =
        Math.min(detector.rows() * detector.pixelY(), detector.columns() * detector.pixelX()) / 2;
    return Math.atan(reach / geometry.distance());
  }

  /// 5.2 p²/λ, p the half period [m].
  public double depthOfField() {
    return ResolutionLimit.depthOfField(geometry.beam().wavelength(), halfPeriod());
  }

  /// Detected quanta for each sample pixel of the field, all views together.
  public double countsPerPixel() {
    var sample = geometry.sample();
    return countsPerFrame * views * sample.pixelY() * sample.pixelX() / fieldArea;
  }

  /// Bytes that a reconstruction with one mode holds: amplitudes of all frames, three objects, a
  /// hundred bytes for each pixel of a frame.
  public long memoryBytes() {
    return 4L * geometry.detector().size() * views + besideAmplitudes();
  }

  /// Bytes without which it cannot work: eight frames in place of all, the others are read when
  /// they are needed.
  public long leastMemoryBytes() {
    return 4L * geometry.detector().size() * Math.min(views, 8) + besideAmplitudes();
  }

  private long besideAmplitudes() {
    var sample = geometry.sample();
    double object = fieldArea / (sample.pixelY() * sample.pixelX());
    return 3 * 8 * (long) object + 128L * geometry.detector().size();
  }

  /// Named numbers for a result's quality.
  public SequencedMap<String, Double> metrics() {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("linearOverlap", linearOverlap());
    metrics.put("areaOverlap", areaOverlap());
    metrics.put("overdetermination", overdetermination());
    metrics.put("detectorHalfPeriod", halfPeriod());
    metrics.put("depthOfField", depthOfField());
    metrics.put("countsPerFrame", countsPerFrame);
    metrics.put("countsPerPixel", countsPerPixel());
    return metrics;
  }

  /// For a person, numbers first, then what to worry about.
  public List<String> sentences() {
    var sentences = new ArrayList<String>();
    sentences.add(
        String.format(
            Locale.ROOT,
            "%d views, %s apart; the probe is %s wide (by %s): overlap %.0f %% along a line, %.0f %%"
                + " of the area",
            views,
            Metres.text(step()),
            Metres.text(probe.diameter()),
            probe.origin(),
            100 * linearOverlap(),
            100 * areaOverlap()));
    sentences.add(
        String.format(
            Locale.ROOT,
            "%.1f measured numbers for each unknown (overdetermination)",
            overdetermination()));
    sentences.add(
        String.format(
            Locale.ROOT,
            "resolution at best %s half period, %s full period (%s); depth of field 5.2 p²/λ = %s",
            Metres.text(halfPeriod()),
            Metres.text(2 * halfPeriod()),
            geometry.regime() == Regime.NEAR_FIELD
                ? "a pixel of the sample"
                : String.format(Locale.ROOT, "the detector's edge at %.3g mrad", 1e3 * edgeAngle()),
            Metres.text(depthOfField())));
    sentences.add(
        String.format(
            Locale.ROOT,
            "%.3g counts in a frame, %.3g for each sample pixel: phase noise of 1/(2√n) = %.2g rad"
                + " at least",
            countsPerFrame,
            countsPerPixel(),
            1 / (2 * Math.sqrt(countsPerPixel()))));
    sentences.addAll(warnings());
    return sentences;
  }

  /// What is likely to spoil a reconstruction, each with its remedy; empty for a sound scan.
  public List<String> warnings() {
    var warnings = new ArrayList<String>();
    overlap(warnings);
    if (spacing.raster()) {
      warnings.add(
          "the positions form a regular grid, which a reconstruction may carry into the object as a"
              + " pattern of the step's period: scan a spiral, or displace each position by a fifth"
              + " of the step");
    }
    room(warnings);
    if (overdetermination() < ENOUGH_EQUATIONS) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "only %.1f measured numbers for each unknown, below %.0f: take smaller steps or more"
                  + " detector pixels",
              overdetermination(),
              ENOUGH_EQUATIONS));
    }
    if (countsPerPixel() < ENOUGH_COUNTS) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "only %.2g counts for each sample pixel, below %.0f: expose longer, take smaller"
                  + " steps, or crop the detector for larger pixels",
              countsPerPixel(),
              ENOUGH_COUNTS));
    }
    return warnings;
  }

  private void overlap(List<String> warnings) {
    if (views == 1) {
      warnings.add("a single view overlaps with nothing: ptychography needs several");
    } else if (linearOverlap() < ENOUGH_OVERLAP) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "neighbouring views overlap by %.0f %% along a line, below %.0f %%: step by %s at most,"
                  + " or widen the probe by defocus%s",
              100 * linearOverlap(),
              100 * ENOUGH_OVERLAP,
              Metres.text((1 - ENOUGH_OVERLAP) * probe.diameter()),
              probe.origin() == ProbeSize.Origin.SPECKLE
                  ? " (a coarse sample makes the probe look smaller than it is: give a start probe to"
                      + " know)"
                  : ""));
    }
  }

  private void room(List<String> warnings) {
    if (geometry.regime() == Regime.NEAR_FIELD) {
      return;
    }
    var sample = geometry.sample();
    double field = Math.min(sample.rows() * sample.pixelY(), sample.columns() * sample.pixelX());
    double width = Math.max(probe.height(), probe.width());
    if (probe.rim() > LARGEST_RIM || width * ENOUGH_ROOM > field) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the probe of %s touches the edge of the frame's field of %s: move the detector"
                  + " farther away, bin less, or use a smaller probe",
              Metres.text(width),
              Metres.text(field)));
    }
  }
}
