package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Optional;

/// Joins squares of pixels into one: counts are added, everything else is averaged over the pixels
/// that are not NaN. Variances become those of the sum or mean of independent pixels. A square is
/// good when all of its pixels are; rows and columns that fill no square are left out. Maps and
/// clusters of the finer grid are not kept.
///
/// Bin counts before the logarithm: the mean of logarithms of few counts is that of more only to
/// the order 1/N² (see {@link OpticalDensity}).
public record BinImages(@Param("rows and columns that become one") int factor)
    implements StackStep {
  public BinImages {
    Check.within("factor", factor, 1, 64, "");
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    input.mustBeImages("binImages", "bin the volumes before they are read");
    Grid fine = input.grid();
    if (fine.rows() < factor || fine.columns() < factor) {
      throw new InvalidInput(
          "factor",
          factor,
          "at most the " + Math.min(fine.rows(), fine.columns()) + " pixels of the image's side",
          "");
    }
    Grid coarse =
        new Grid(
            fine.rows() / factor,
            fine.columns() / factor,
            fine.pixelY() * factor,
            fine.pixelX() * factor);
    boolean counts = input.quantity() == Quantity.COUNTS;
    boolean[] good = new boolean[coarse.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = allGood(input.mask(), coarse, i);
    }
    return new EnergyStack(
            input.energyEv(),
            joined(input.images(), coarse, counts ? Joining.SUM : Joining.MEAN),
            input
                .variance()
                .map(v -> joined(v, coarse, counts ? Joining.SUM : Joining.MEAN_OF_VARIANCES)),
            input.quantity(),
            input
                .emptyBeam()
                .map(
                    b ->
                        new EmptyBeam(
                            joined(b.flats(), coarse, Joining.SUM),
                            b.dark().map(d -> joined(d, coarse)),
                            b.flatFrames(),
                            b.exposureRatio())),
            new Mask(coarse, good),
            input.angle(),
            new Findings(
                java.util.List.of(),
                input.findings().spectra(),
                Optional.empty(),
                Optional.empty(),
                input.findings().quality()),
            input.source())
        .withPhase(
            input
                .phase()
                .map(
                    p ->
                        new PhaseImages(
                            joined(p.images(), coarse, Joining.MEAN),
                            p.variance().map(v -> joined(v, coarse, Joining.MEAN_OF_VARIANCES)))))
        .withStep("binImages by " + factor);
  }

  private enum Joining {
    SUM,
    MEAN,
    MEAN_OF_VARIANCES
  }

  private boolean allGood(Mask mask, Grid coarse, int pixel) {
    int row = pixel / coarse.columns() * factor;
    int column = pixel % coarse.columns() * factor;
    for (int r = row; r < row + factor; r++) {
      for (int c = column; c < column + factor; c++) {
        if (!mask.at(r, c)) {
          return false;
        }
      }
    }
    return true;
  }

  private RealField joined(RealField field, Grid coarse) {
    return joined(Planes.of(java.util.List.of(field)), coarse, Joining.SUM).plane(0);
  }

  private Planes joined(Planes planes, Grid coarse, Joining joining) {
    int fine = planes.grid().columns();
    int columns = coarse.columns();
    return Planes.computed(
        planes,
        planes.count(),
        coarse,
        (e, first, length, into, offset) -> {
          float[] rows = new float[fine];
          double[] sums = new double[columns];
          int[] seen = new int[columns];
          for (int row = first / columns; row * columns < first + length; row++) {
            java.util.Arrays.fill(sums, 0);
            java.util.Arrays.fill(seen, 0);
            for (int r = 0; r < factor; r++) {
              planes.read(e, (row * factor + r) * fine, fine, rows, 0);
              for (int c = 0; c < columns * factor; c++) {
                if (!Float.isNaN(rows[c])) {
                  sums[c / factor] += rows[c];
                  seen[c / factor]++;
                }
              }
            }
            int from = Math.max(0, first - row * columns);
            int to = Math.min(columns, first + length - row * columns);
            for (int c = from; c < to; c++) {
              into[offset + row * columns + c - first] = value(sums[c], seen[c], joining);
            }
          }
        });
  }

  private float value(double sum, int seen, Joining joining) {
    return switch (joining) {
      // a square that lacks a pixel lacks counts
      case SUM -> seen == factor * factor ? (float) sum : Float.NaN;
      case MEAN -> (float) (sum / seen);
      case MEAN_OF_VARIANCES -> (float) (sum / ((double) seen * seen));
    };
  }
}
