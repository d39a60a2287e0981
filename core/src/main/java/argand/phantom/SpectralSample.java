package argand.phantom;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.physics.Beam;
import argand.physics.RefractiveIndex;
import java.util.Arrays;
import java.util.List;

/// A thin sample of several kinds of matter whose transmission follows from their thickness and
/// from what each is at the energy and the polarization of the light: what a series of scans over
/// energy is computed from, and what its maps are compared with.
public sealed interface SpectralSample extends Phantom
    permits PhosphatePlatelet, OxideParticles, MagneticStripes, ManganeseOxideGrains {
  /// Points along each side of a pixel.
  int POINTS = 2;

  /// What it is made of.
  List<SpectralMatter> matter();

  /// Names of the regions that a person would tell apart.
  List<String> regions();

  /// The sample, everything in its place.
  Field field();

  /// Points [m] from the sample's origin, y down and x right.
  interface Field {
    /// into[k] ← thickness [m] of matter k at a point.
    ///
    /// @return whether there is anything
    boolean thickness(double y, double x, double[] into);

    /// The region of a point: an index of {@link SpectralSample#regions}, −1 where there is none.
    int region(double y, double x);
  }

  @Override
  default ComplexField draw(Grid grid, Beam beam) {
    RefractiveIndex[] index =
        matter().stream().map(m -> m.index(beam)).toArray(RefractiveIndex[]::new);
    double[] lag = Arrays.stream(index).mapToDouble(n -> n.phaseLag(beam)).toArray();
    double[] fall = Arrays.stream(index).mapToDouble(n -> 0.5 * n.attenuation(beam)).toArray();
    var field = field();
    double[] thickness = new double[index.length];
    var drawn = new ComplexField(grid).setAll(1, 0);
    double share = 1.0 / (POINTS * POINTS);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double re = 0;
        double im = 0;
        boolean any = false;
        for (int k = 0; k < POINTS * POINTS; k++) {
          double y = (r - grid.rows() / 2 + place(k / POINTS)) * grid.pixelY();
          double x = (c - grid.columns() / 2 + place(k % POINTS)) * grid.pixelX();
          if (field.thickness(y, x, thickness)) {
            any = true;
            double phase = 0;
            double loss = 0;
            for (int m = 0; m < thickness.length; m++) {
              phase -= lag[m] * thickness[m];
              loss += fall[m] * thickness[m];
            }
            double amplitude = share * Math.exp(-loss);
            re += amplitude * Math.cos(phase);
            im += amplitude * Math.sin(phase);
          } else {
            re += share;
          }
        }
        if (any) {
          drawn.set(r, c, (float) re, (float) im);
        }
      }
    }
    return drawn;
  }

  /// Of point k along a side of a pixel from its middle, in pixels.
  private static double place(int k) {
    return (k + 0.5) / POINTS - 0.5;
  }
}
