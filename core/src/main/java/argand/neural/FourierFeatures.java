package argand.neural;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import java.util.SplittableRandom;

/// Layers of rectified neurons, fed with sines and cosines of random waves: γ(z) = (cos 2πBz,
/// sin 2πBz), B ~ N(0, σ²), a(u) = max(0, u).
@Paper(
    value =
        "M. Tancik et al., Fourier features let networks learn high frequency functions in low"
            + " dimensional domains, NeurIPS 33, 7537 (2020)",
    doi = "10.48550/arXiv.2006.10739")
public record FourierFeatures(
    @Param(value = "number of waves", byDefault = "128") int waves,
    @Param(value = "σ of their frequencies, in periods over half the longer side", byDefault = "8")
        double bandwidth,
    @Param(value = "seed of the waves", byDefault = "1") long seed)
    implements NeuralForm {
  public FourierFeatures {
    Check.atLeast("waves", waves, 1);
    Check.within("bandwidth", bandwidth, 0.01, 1000, "");
  }

  @Override
  public int inputs() {
    return 2 * waves;
  }

  @Override
  public void encode(double y, double x, float[] into, int at, int step) {
    var random = new SplittableRandom(seed);
    for (int k = 0; k < waves; k++) {
      double down = bandwidth * random.nextGaussian();
      double right = bandwidth * random.nextGaussian();
      double angle = 2 * Math.PI * (down * y + right * x);
      into[at + 2 * k * step] = (float) Math.cos(angle);
      into[at + (2 * k + 1) * step] = (float) Math.sin(angle);
    }
  }

  @Override
  public double factor(int layer) {
    return 1;
  }

  @Override
  public double weightBound(int layer, int inputs) {
    return Math.sqrt(6.0 / inputs);
  }

  @Override
  public double biasBound(int layer, int inputs) {
    return 1 / Math.sqrt(inputs);
  }

  @Override
  public void answer(float[] values, float[] slopes, int at, int length, float[] room) {
    for (int i = at; i < at + length; i++) {
      slopes[i] = values[i] > 0 ? 1 : 0;
      values[i] = Math.max(0, values[i]);
    }
  }
}
