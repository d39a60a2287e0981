package argand.figure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a metric is called, in which unit it is read, and what it means: for people who read a
/// report.
///
/// @param name as in {@link argand.data.Quality#metrics()}
/// @param label for a person
/// @param kind how the number is written
/// @param meaning one sentence
record MetricWords(String name, String label, Kind kind, String meaning) {
  /// How the number is written.
  enum Kind {
    NUMBER,
    RADIANS,
    DECIBEL,
    LENGTH,
    HALF_PERIOD
  }

  private static final String HALF_BIT = "½-bit threshold of the Fourier ring correlation";
  private static final String ONE_BIT = "1-bit threshold of the Fourier ring correlation";
  private static final String ONE_SEVENTH =
      "fixed threshold of 1/7 of the Fourier ring correlation";

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})");

  /// A word that is no element's symbol and no name in capitals: `NiIV` and `LLZO` stay as they
  /// are.
  private static final Pattern PLAIN = Pattern.compile("[A-Z][a-z]{2,}");

  private static final List<MetricWords> KNOWN =
      List.of(
          new MetricWords(
              "relativeAmplitudeError",
              "Relative amplitude error",
              Kind.NUMBER,
              "Σ(|u|−√I)² / ΣI over good detector pixels: how well the result explains the measured frames."),
          new MetricWords(
              "nrmse",
              "NRMSE against the truth",
              Kind.NUMBER,
              "√(Σ|a−b|² / Σ|b|²) of the complex object in the well-lit region, after removing scale, ramp and displacement."),
          new MetricWords(
              "phaseRms",
              "Phase error against the truth, rms",
              Kind.RADIANS,
              "Root mean square of the phase difference in the well-lit region, after the same removal."),
          new MetricWords(
              "frcMean",
              "Mean ring correlation with the truth",
              Kind.NUMBER,
              "Fourier ring correlation averaged over all rings up to Nyquist; 1 is perfect."),
          new MetricWords(
              "psnr",
              "PSNR against the truth",
              Kind.DECIBEL,
              "10 log₁₀(max|b|² / mean|a−b|²); the peak is the largest modulus of the truth."),
          new MetricWords(
              "ssim",
              "SSIM against the truth",
              Kind.NUMBER,
              "Structural similarity (Wang et al. 2004) of the complex object, Gaussian window of 11 × 11 pixels; 1 is perfect."),
          half("resolutionHalfBit", "Resolution against the truth", HALF_BIT),
          half("resolutionOneBit", "Resolution against the truth", ONE_BIT),
          half("resolutionOneSeventh", "Resolution against the truth", ONE_SEVENTH),
          new MetricWords(
              "splitHalfFrcMean",
              "Mean ring correlation of the halves",
              Kind.NUMBER,
              "Odd against even views, each reconstructed alone; averaged over all rings up to Nyquist."),
          half("splitHalfResolution", "Resolution, split halves", HALF_BIT),
          half("splitHalfResolutionOneBit", "Resolution, split halves", ONE_BIT),
          half("splitHalfResolutionOneSeventh", "Resolution, split halves", ONE_SEVENTH),
          new MetricWords(
              "repeatFrcMean",
              "Mean ring correlation of the repeats",
              Kind.NUMBER,
              "Repeated measurements against each other, averaged over all rings up to Nyquist."),
          new MetricWords(
              "repeatNrmse",
              "NRMSE between repeats",
              Kind.NUMBER,
              "√(Σ|a−b|² / Σ|b|²) in the region both have lit well."),
          new MetricWords(
              "repeatPhaseRms",
              "Phase difference between repeats, rms",
              Kind.RADIANS,
              "In the region both have lit well."),
          half("repeatResolution", "Resolution, repeats", HALF_BIT),
          new MetricWords(
              "criticalDose",
              "Critical dose [Gy]",
              Kind.NUMBER,
              "Dose at which 1/e of the contrast is left."),
          new MetricWords(
              "contrastLeft",
              "Contrast left in the last fraction",
              Kind.NUMBER,
              "Of that of the undamaged sample."),
          new MetricWords(
              "zeroDosePhaseSigma",
              "Phase error at zero dose",
              Kind.RADIANS,
              "Median over the well-lit field; the map shows it pixel by pixel."),
          new MetricWords(
              "devianceRatio",
              "Misfit ÷ shot noise",
              Kind.NUMBER,
              "Poisson deviance of the frames ÷ what shot noise alone leaves; 1 when nothing is wrong."),
          new MetricWords(
              "relativeMisfit",
              "Misfit beyond shot noise",
              Kind.NUMBER,
              "Root of (deviance − shot noise) ÷ counts: about the relative error of the computed intensities."),
          new MetricWords(
              "withheldDeviance",
              "Misfit of withheld pixels ÷ shot noise",
              Kind.NUMBER,
              "Poisson deviance of 5 % of the pixels that the short runs of auto had not seen."),
          new MetricWords(
              "foundProbeDiameter",
              "Diameter of the probe that was found",
              Kind.LENGTH,
              "Four times the rms radius along an axis (ISO 11146)."),
          new MetricWords(
              "foundOverlap",
              "Overlap along a line with the probe that was found",
              Kind.NUMBER,
              "1 − step / probe diameter; below 0.5 the views are hardly tied to each other."),
          new MetricWords(
              "phaseVortices",
              "Phase vortices",
              Kind.NUMBER,
              "Points about which the phase winds though the object is not dark; a sound image has none."),
          new MetricWords(
              "phaseRampPx",
              "Phase ramp left in the object",
              Kind.NUMBER,
              "Detector pixels by which its diffraction is off the middle; no measurement tells it from a tilt of the probe."),
          new MetricWords(
              "positionNextStepPx",
              "Next step of the positions [px]",
              Kind.NUMBER,
              "Root mean square of what another pass would still move them by."),
          new MetricWords(
              "pixelScale",
              "Sample pixel ÷ stated sample pixel",
              Kind.NUMBER,
              "The scale of the positions that explains the frames best, in short trials."),
          new MetricWords(
              "beamDriftGain",
              "Misfit that a drifting beam takes away",
              Kind.NUMBER,
              "Part of the deviance of a short trial; above 0.008 the beam is called drifting."),
          new MetricWords(
              "incoherentShare",
              "Light beside the first mode",
              Kind.NUMBER,
              "Share of the power in a short trial with three modes: vibration, source size, and the detector's pixels."),
          new MetricWords(
              "linearOverlap",
              "Overlap along a line",
              Kind.NUMBER,
              "1 − step / probe diameter, before the reconstruction; 0.6 and more is sound."),
          new MetricWords(
              "areaOverlap",
              "Overlap of area",
              Kind.NUMBER,
              "Share of its area that a view has in common with one a step away."),
          new MetricWords(
              "overdetermination",
              "Overdetermination ratio",
              Kind.NUMBER,
              "Measured real numbers for each unknown one; several are needed."),
          new MetricWords(
              "thicknessExplainedByClusters",
              "Thickness explained by the clusters, η²",
              Kind.NUMBER,
              "Share of the spread of the thickness that lies between clusters: near 1 they say how thick the sample is."),
          new MetricWords(
              "clusteringsAgree",
              "Agreement of two clusterings",
              Kind.NUMBER,
              "Adjusted Rand index: 1 is the same groups, 0 is chance."),
          new MetricWords(
              "phaseRight",
              "Compound right",
              Kind.NUMBER,
              "Share of the pixels with metal, by the truth, that have their compound; undecided ones are wrong."),
          new MetricWords(
              "phaseRightInside",
              "Compound right inside",
              Kind.NUMBER,
              "The same without pixels that touch another compound or none."),
          new MetricWords(
              "phaseInvented",
              "Compound where there is too little metal",
              Kind.NUMBER,
              "Pixels over those that have metal."),
          new MetricWords(
              "phaseUndecided",
              "Compound undecided",
              Kind.NUMBER,
              "Share of the pixels with metal for which no compound is probable enough."),
          new MetricWords(
              "phaseMixed",
              "Two compounds in a pixel",
              Kind.NUMBER,
              "Share of the pixels with metal that no compound alone explains within three errors."),
          new MetricWords(
              "phaseUnlikeAll",
              "Ratios of no compound",
              Kind.NUMBER,
              "Share of the pixels with metal that no two compounds explain within three errors."),
          new MetricWords(
              "pieceContrast",
              "Contrast of the hidden piece over noise",
              Kind.NUMBER,
              "Mean of the map in it less that around it, over the spread around it."),
          new MetricWords(
              "resolutionOverGuide",
              "Coarsest map over the transmission image",
              Kind.NUMBER,
              "Half periods at which the Fourier ring correlation with the truth falls below 1/7."),
          new MetricWords(
              "componentsAboveNoise",
              "Components above the noise",
              Kind.NUMBER,
              "Eigenvalues above the largest that the known errors alone would give."),
          new MetricWords(
              "detectorHalfPeriod",
              "Resolution limit of the detector",
              Kind.HALF_PERIOD,
              "λ/(2 sin θ) at the detector's edge; in the near field a pixel of the sample."),
          new MetricWords(
              "depthOfField",
              "Depth of field",
              Kind.LENGTH,
              "5.2 p²/λ with that half period p: a thicker sample needs slices."),
          new MetricWords(
              "countsPerFrame",
              "Counts in a frame",
              Kind.NUMBER,
              "Mean over the frames, good pixels only."),
          new MetricWords(
              "countsPerPixel",
              "Counts for each sample pixel",
              Kind.NUMBER,
              "n, all views together; the phase cannot be less noisy than 1/(2√n) rad."));

  private static MetricWords half(String name, String label, String threshold) {
    return new MetricWords(
        name,
        label,
        Kind.HALF_PERIOD,
        "Half period at which the curve meets the " + threshold + ".");
  }

  /// The words for a metric; for an unknown one its own name.
  static MetricWords of(String name) {
    for (var known : KNOWN) {
      if (known.name.equals(name)) {
        return known;
      }
    }
    var label = new StringBuilder();
    for (String word : BETWEEN_WORDS.split(name)) {
      boolean plain = word.equals("Of") || PLAIN.matcher(word).matches();
      label.append(label.isEmpty() ? "" : " ");
      label.append(plain && !label.isEmpty() ? word.toLowerCase(Locale.ROOT) : word);
    }
    if (!label.isEmpty()) {
      label.setCharAt(0, Character.toUpperCase(label.charAt(0)));
    }
    if (name.endsWith("Resolution")) {
      return half(name, label.toString(), ONE_SEVENTH);
    }
    return new MetricWords(
        name, label.toString(), name.endsWith("Detectable") ? Kind.LENGTH : Kind.NUMBER, "");
  }

  /// The number with its unit; a resolution says both periods.
  String value(double value) {
    return switch (kind) {
      case NUMBER -> Quantities.plain(value);
      case RADIANS -> Quantities.plain(value) + " rad";
      case LENGTH -> Quantities.length(value);
      case DECIBEL -> Quantities.plain(value) + " dB";
      case HALF_PERIOD ->
          Quantities.length(value) + " half period (" + Quantities.length(2 * value) + " full)";
    };
  }
}
