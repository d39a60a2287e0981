package argand.simulate;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.data.ScanPositions;
import java.util.SplittableRandom;

/// Concentric rings one step apart: one view in the centre, then k times `firstRing` views on ring
/// k.
@Paper(
    value =
        "Dierolf, Thibault, Menzel, Kewish, Jefimovs, Schlichting, von König, Bunk & Pfeiffer, New J. Phys. 12, 035017 (2010)",
    doi = "10.1088/1367-2630/12/3/035017")
public record RoundScan(
    @Param(value = "distance between rings", unit = "m") double step,
    @Param(value = "views on the first ring", byDefault = "5") int firstRing,
    @Param(value = "number of views", byDefault = "200") int views)
    implements ScanPattern {
  public RoundScan {
    Check.within("step", step, 1e-13, 1, "m");
    Check.atLeast("firstRing", firstRing, 1);
    Check.atLeast("views", views, 1);
  }

  @Override
  public ScanPositions positions(SplittableRandom random) {
    double[] y = new double[views];
    double[] x = new double[views];
    int ring = 0;
    int onRing = 0;
    for (int n = 0; n < views; n++) {
      double angle = ring == 0 ? 0 : 2 * Math.PI * onRing / ((double) firstRing * ring);
      y[n] = ring * step * Math.sin(angle);
      x[n] = ring * step * Math.cos(angle);
      onRing++;
      if (onRing >= firstRing * ring) {
        ring++;
        onRing = 0;
      }
    }
    return new ScanPositions(y, x);
  }
}
