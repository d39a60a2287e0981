package argand.xrf;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.Constants;
import argand.physics.LineGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Counts in groups of fluorescence lines, with errors that hold over all backgrounds the counts
/// allow.
///
/// The sum of all spectra is fitted for everything: calibration and widths of the detector, areas,
/// background ({@link SpectrumFit}). Then each spectrum is fitted for what is linear ({@link
/// AreaFit}), or for everything again.
public record FitLines(
    @Param("groups of lines: 'Mn K', 'Pb L', elastic, Compton …") List<String> groups,
    @Param(
            value =
                "how much is found anew in each spectrum: common has areas and background only, each"
                    + " everything",
            byDefault = "common")
        Each each,
    @Param(value = "first and last energy of the fit", unit = "eV", byDefault = "[]")
        List<Double> range,
    @Param(value = "widths and tails of peaks, or where their fit begins", byDefault = "{}")
        PeakShape shape,
    @Param(
            value = "what of the detector is fitted; [] leaves all as it is given",
            byDefault = "[zero, gain, noise, fano]")
        List<ShapeParameter> refine,
    @Param(value = "what lies below the lines", byDefault = "{smooth: {}}") Background background,
    @Param(
            value =
                "likelihood is that of counts; counts are weights 1/counts, which loses small areas",
            byDefault = "likelihood")
        Weights weights,
    @Param(value = "detector, and what is before it", byDefault = "{}") EnergyDetector detector,
    @Param("flat sample whose absorption changes the ratios of lines") Optional<SampleLayer> sample,
    @Param(value = "angle between beam and way to the detector", unit = "rad", byDefault = "90 deg")
        double scatteringAngle,
    @Param(value = "whether two photons may be counted as one", byDefault = "false") boolean pileUp,
    @Param(
            value = "whether areas may not be below zero; means of many are then too large",
            byDefault = "false")
        boolean nonNegative,
    @Param(value = "whether covariances of areas are kept", byDefault = "false") boolean covariance)
    implements Step.One<FluorescenceSpectra, LineAreas> {
  /// How much is found anew in each spectrum.
  public enum Each {
    COMMON,
    EACH
  }

  /// What the fit makes least.
  public enum Weights {
    LIKELIHOOD,
    COUNTS
  }

  public FitLines {
    groups = List.copyOf(groups);
    range = List.copyOf(range);
    refine = List.copyOf(refine);
    Check.within("scatteringAngle", scatteringAngle, 0, Math.PI, "rad");
    if (groups.isEmpty()) {
      throw new InvalidInput(
          "groups", "empty", "at least one group of lines", "proposeElements names those it sees");
    }
    var seen = new ArrayList<LineGroup>();
    for (String text : groups) {
      var group = LineGroup.of(text);
      if (seen.contains(group)) {
        throw new InvalidInput("groups", group.name() + " twice", "each group once", "");
      }
      seen.add(group);
    }
  }

  /// As `fitLines: {groups: […]}` of a recipe.
  public static FitLines of(List<String> groups) {
    return new FitLines(
        groups,
        Each.COMMON,
        List.of(),
        PeakShape.of(100, 0.115),
        List.of(
            ShapeParameter.ZERO, ShapeParameter.GAIN, ShapeParameter.NOISE, ShapeParameter.FANO),
        new Background.Smooth(400),
        Weights.LIKELIHOOD,
        EnergyDetector.defaults(),
        Optional.empty(),
        Math.PI / 2,
        false,
        false,
        false);
  }

  @Override
  public Class<FluorescenceSpectra> takes() {
    return FluorescenceSpectra.class;
  }

  @Override
  public Class<LineAreas> gives() {
    return LineAreas.class;
  }

  @Override
  public LineAreas apply(FluorescenceSpectra spectra, Watch watch) {
    return new LineFitting(this, spectra, watch).areas();
  }

  /// The patterns of all groups.
  List<LinePattern> patterns(OptionalDouble incidentEv) {
    var patterns = new ArrayList<LinePattern>();
    for (String text : groups) {
      var group = LineGroup.of(text);
      if (group.family().isScatter()) {
        double beam = BeamEnergy.known(incidentEv, "the energy whose scatter is fitted");
        double ev =
            group.equals(LineGroup.ELASTIC)
                ? beam
                : beam / (1 + beam / Constants.ELECTRON_REST_EV * (1 - Math.cos(scatteringAngle)));
        patterns.add(LinePattern.single(group, ev, detector));
      } else {
        patterns.add(LinePattern.of(group, incidentEv, detector, sample));
      }
    }
    return patterns;
  }
}
