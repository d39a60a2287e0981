package argand.phantom;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.physics.Beam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Optical density and phase of LiFePO₄ (left half) and FePO₄ (right half), 80 nm thick, as a wave
/// of
/// n photons in each pixel shows them: the complex transmission with normal errors of variance
/// 1/(2n)
/// in its real and imaginary part. Both optical constants are oscillators in closed form; no
/// transform
/// is made anywhere.
public final class PlateletStack {
  public static final double THICKNESS = 80e-9;

  private PlateletStack() {}

  /// −ln|O|² or arg O of one pixel without noise.
  public static double truth(boolean lithiated, double ev, boolean phase) {
    var index =
        (lithiated ? PhosphatePlatelet.LITHIATED : PhosphatePlatelet.DELITHIATED)
            .index(new Beam.XRays(ev));
    double waves = 2 * Math.PI * THICKNESS / new Beam.XRays(ev).wavelength();
    return phase ? -waves * index.delta() : 2 * waves * index.beta();
  }

  /// @param photons that light each pixel; none for no noise
  public static EnergyStack of(double[] ev, int rows, int columns, double photons, long seed) {
    var grid = new Grid(rows, columns, 1e-8, 1e-8);
    var random = new Random(seed);
    List<List<RealField>> out = new ArrayList<>();
    for (int q = 0; q < 4; q++) {
      out.add(new ArrayList<>());
      for (int e = 0; e < ev.length; e++) {
        out.get(q).add(new RealField(grid));
      }
    }
    for (int e = 0; e < ev.length; e++) {
      for (int i = 0; i < grid.size(); i++) {
        boolean lithiated = i % columns < columns / 2;
        double density = truth(lithiated, ev[e], false);
        double phase = truth(lithiated, ev[e], true);
        double sigma = photons > 0 ? Math.sqrt(0.5 / photons) : 0;
        // turned so that the phase is the argument near zero
        double re = Math.exp(-density / 2) + sigma * random.nextGaussian();
        double im = sigma * random.nextGaussian();
        double variance = 2 / (Math.max(1e-12, photons) * Math.exp(-density));
        out.get(0).get(e).values()[i] = (float) -Math.log(re * re + im * im);
        out.get(1).get(e).values()[i] = (float) (photons > 0 ? variance : 1);
        out.get(2).get(e).values()[i] = (float) (phase + Math.atan2(im, re));
        out.get(3).get(e).values()[i] = (float) (photons > 0 ? variance / 4 : 0.25);
      }
    }
    var stack = EnergyStack.of(ev, Planes.of(out.get(0)), Quantity.OPTICAL_DENSITY, Source.NONE);
    return stack
        .withImages(stack.images(), Optional.of(Planes.of(out.get(1))), Quantity.OPTICAL_DENSITY)
        .withPhase(
            Optional.of(
                new PhaseImages(Planes.of(out.get(2)), Optional.of(Planes.of(out.get(3))))));
  }
}
