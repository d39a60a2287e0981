package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Material;
import java.util.OptionalDouble;

/// What a thick sample does to its fluorescence: at the white line the beam does not reach as deep,
/// and the spectrum is flattened. With normalized yield N, normalized absorption n, and
///
///     α = (μ_b + g μ_f)/J,   g = sin θ_in/sin θ_out
///     (1)  N = n (α + 1)/(α + n)                                   thick sample: n = Nα/(α + 1 −
/// N)
///     (2)  N = I(n)/I(1),  I(n) = n/(α + n) [1 − exp(−(α + n) J m/sin θ_in)]   areal density m
///
/// μ_b the absorption of all else at the edge, J the step of the absorber, μ_f the absorption of
/// the
/// fluorescence, all from tables for the sample's formula. α is taken as constant over the scan
/// (some percent over 100 eV). (2) is inverted by a table of 4096 values.
@Paper(
    value =
        "Tröger et al., Full correction of the self-absorption in soft-fluorescence extended X-ray-"
            + "absorption fine structure, Phys. Rev. B 46, 3283 (1992)",
    doi = "10.1103/PhysRevB.46.3283")
public record CorrectOverAbsorption(
    @Param("formula of the whole sample") String formula,
    @Param("energy of the edge") double edgeEv,
    @Param("energy of the fluorescence") double fluorescenceEv,
    @Param(value = "between beam and surface", unit = "rad", byDefault = "45 deg") double angleIn,
    @Param(value = "between surface and detector", unit = "rad", byDefault = "45 deg")
        double angleOut,
    @Param("mass on an area, in kg/m2; a thick sample where it is not given")
        OptionalDouble arealDensity)
    implements StackStep {
  private static final int TABLE = 4096;
  private static final double MOST = 6;

  public CorrectOverAbsorption {
    Check.within("edge", edgeEv, 100, 2e5, "eV");
    Check.within("fluorescence", fluorescenceEv, 100, edgeEv, "eV");
    Check.within("angleIn", angleIn, 0.005, Math.PI / 2, "rad");
    Check.within("angleOut", angleOut, 0.005, Math.PI / 2, "rad");
    arealDensity.ifPresent(m -> Check.within("arealDensity", m, 1e-9, 1e6, "kg/m2"));
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    if (input.quantity() != Quantity.NORMALIZED) {
      throw new InvalidInput(
          "the stack",
          "one of " + input.quantity().words(),
          "normalized yield",
          "put fluorescenceYield and normalizeEdge before it");
    }
    var inverse = inverse();
    var images = input.images();
    return input
        .withImages(
            Planes.computed(
                images,
                (e, first, length, into, offset) -> {
                  images.read(e, first, length, into, offset);
                  for (int i = offset; i < offset + length; i++) {
                    into[i] = (float) inverse.at(into[i]);
                  }
                }),
            input
                .variance()
                .map(
                    v ->
                        Planes.computed(
                            v,
                            (e, first, length, into, offset) -> {
                              float[] y = new float[length];
                              images.read(e, first, length, y, 0);
                              v.read(e, first, length, into, offset);
                              for (int i = 0; i < length; i++) {
                                double slope = inverse.slope(y[i]);
                                into[offset + i] *= (float) (slope * slope);
                              }
                            })),
            Quantity.NORMALIZED)
        .withStep("correctOverAbsorption of " + formula);
  }

  private Inverse inverse() {
    var material = Material.of(formula);
    var table =
        new EdgeTable(
            material,
            new double[] {0.95 * edgeEv, 0.995 * edgeEv},
            new double[] {1.01 * edgeEv, 1.05 * edgeEv});
    double jump = table.step(edgeEv);
    double g = Math.sin(angleIn) / Math.sin(angleOut);
    double alpha =
        (table.below(edgeEv) + g * material.massAttenuation(new Beam.XRays(fluorescenceEv))) / jump;
    double depth =
        arealDensity.isPresent()
            ? jump * arealDensity.getAsDouble() / Math.sin(angleIn)
            : Double.POSITIVE_INFINITY;
    double least = -0.9 * Math.min(1, alpha);
    double[] n = new double[TABLE];
    double[] yield = new double[TABLE];
    for (int k = 0; k < TABLE; k++) {
      n[k] = least + (MOST - least) * k / (TABLE - 1);
      yield[k] = emitted(n[k], alpha, depth) / emitted(1, alpha, depth);
    }
    return new Inverse(yield, n);
  }

  private static double emitted(double n, double alpha, double depth) {
    return n / (alpha + n) * -Math.expm1(-(alpha + n) * depth);
  }

  /// n as a function of N, linear between the values of a table.
  private record Inverse(double[] yield, double[] n) {
    double at(double measured) {
      if (!(measured >= yield[0] && measured <= yield[yield.length - 1])) {
        return Double.NaN;
      }
      return Interpolation.linear(yield, n, measured);
    }

    double slope(double measured) {
      if (!(measured >= yield[0] && measured <= yield[yield.length - 1])) {
        return Double.NaN;
      }
      int i = Interpolation.segment(yield, measured);
      return (n[i + 1] - n[i]) / (yield[i + 1] - yield[i]);
    }
  }
}
