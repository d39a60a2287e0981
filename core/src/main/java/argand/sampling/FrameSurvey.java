package argand.sampling;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;

/// A quick look at some of the frames, spread evenly over the scan.
///
/// @param counts of a frame over its good pixels, mean
/// @param mean pattern; 0 where the mask is not good
/// @param speckle variance, over the frames, of the transform of a frame, at each lag; zero lag at
///     (0, 0). For a sample of fine detail it is the autocorrelation of the probe's intensity, in
///     sample pixels, on a constant floor of shot noise
record FrameSurvey(double counts, RealField mean, RealField speckle) {
  private static final int LOOKED_AT = 64;

  static FrameSurvey of(DiffractionScan scan) {
    var grid = scan.frames().grid();
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(grid)).good();
    int looked = Math.min(LOOKED_AT, scan.frames().count());
    var fft = new Fft2(grid.rows(), grid.columns());
    var frame = new RealField(grid);
    var wave = new ComplexField(grid);
    double[] sum = new double[grid.size()];
    double[] re = new double[grid.size()];
    double[] im = new double[grid.size()];
    double[] square = new double[grid.size()];
    for (int k = 0; k < looked; k++) {
      scan.frames().read((int) ((long) k * scan.frames().count() / looked), frame);
      for (int i = 0; i < sum.length; i++) {
        float value = frame.values()[i];
        float counts = good[i] && value > 0 && value < Float.POSITIVE_INFINITY ? value : 0;
        sum[i] += counts;
        wave.set(i / grid.columns(), i % grid.columns(), counts, 0);
      }
      fft.transform(wave);
      for (int i = 0; i < sum.length; i++) {
        double a = wave.re(i / grid.columns(), i % grid.columns());
        double b = wave.im(i / grid.columns(), i % grid.columns());
        re[i] += a;
        im[i] += b;
        square[i] += a * a + b * b;
      }
    }
    var mean = new RealField(grid);
    var speckle = new RealField(grid);
    double counts = 0;
    for (int i = 0; i < sum.length; i++) {
      counts += sum[i] / looked;
      mean.values()[i] = (float) (sum[i] / looked);
      speckle.values()[i] =
          (float) (square[i] / looked - (re[i] * re[i] + im[i] * im[i]) / looked / looked);
    }
    return new FrameSurvey(counts, mean, speckle);
  }
}
