package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.InvalidInput;
import java.util.ArrayList;
import java.util.List;

/// Light that is not in one wave: beside the probe P what it gains where the source trembles along
/// y, P(y + d) − P(y − d), and along x. With a pupil that is symmetric in amplitude the three are
/// orthogonal; the pattern is the sum of their intensities (Thibault & Menzel, Nature 494, 68
/// (2013), doi:10.1038/nature11806).
public record PartialCoherence(
    @Param(
            value = "relative powers of the probe, of what trembles along y, and along x",
            byDefault = "[1]")
        List<Double> powers,
    @Param(
            value = "half the distance d over which the source trembles",
            unit = "m",
            byDefault = "0 m")
        double tremble) {
  /// One wave.
  public static final PartialCoherence FULL = new PartialCoherence(List.of(1.0), 0);

  public PartialCoherence {
    powers = List.copyOf(powers);
    Check.within("number of powers", powers.size(), 1, 3, "");
    powers.forEach(power -> Check.within("powers", power, 1e-9, 1e9, ""));
    Check.within("tremble", tremble, 0, 1, "m");
    if (powers.size() > 1 && tremble == 0) {
      throw new InvalidInput(
          "tremble", "0 m", "a distance wherever there is more than one mode", "");
    }
  }

  /// The modes that a probe becomes, of so many photons together; it is one of them, scaled.
  List<ComplexField> modes(ComplexField probe, double photons) {
    double all = powers.stream().mapToDouble(Double::doubleValue).sum();
    var grid = probe.grid();
    int down = Math.max(1, (int) Math.rint(tremble / grid.pixelY()));
    int right = Math.max(1, (int) Math.rint(tremble / grid.pixelX()));
    List<ComplexField> modes = new ArrayList<>();
    for (int m = 0; m < powers.size(); m++) {
      var mode =
          switch (m) {
            case 0 -> probe;
            case 1 -> difference(probe, down, 0);
            default -> difference(probe, 0, right);
          };
      modes.add(mode.scale(Math.sqrt(photons * powers.get(m) / all / mode.power())));
    }
    return modes;
  }

  private static ComplexField difference(ComplexField probe, int down, int right) {
    var grid = probe.grid();
    var difference = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      int r1 = Math.floorMod(r + down, grid.rows());
      int r0 = Math.floorMod(r - down, grid.rows());
      for (int c = 0; c < grid.columns(); c++) {
        int c1 = Math.floorMod(c + right, grid.columns());
        int c0 = Math.floorMod(c - right, grid.columns());
        difference.set(
            r, c, probe.re(r1, c1) - probe.re(r0, c0), probe.im(r1, c1) - probe.im(r0, c0));
      }
    }
    return difference;
  }
}
