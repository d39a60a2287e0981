package argand.neural;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.kernel.SineCosine;

/// Layers of sines (SIREN): φ_i = sin(ω_i (W_i φ_{i−1} + b_i)).
///
/// The first layer begins with W ~ U(−1/n, 1/n), all others with U(−√(6/n)/ω, √(6/n)/ω), n the
/// number of inputs: then the arguments of all layers have the same spread, whatever the depth.
@Paper(
    value =
        "V. Sitzmann, J. N. P. Martel, A. W. Bergman, D. B. Lindell, G. Wetzstein, Implicit neural"
            + " representations with periodic activation functions, NeurIPS 33, 7462 (2020)",
    doi = "10.48550/arXiv.2006.09661")
public record SineLayers(
    @Param(
            value = "ω₀ of the first layer: the finest detail it begins with, as 30 in the paper",
            byDefault = "30")
        double first,
    @Param(value = "ω₀ of the other layers", byDefault = "30") double others)
    implements NeuralForm {
  public static final SineLayers DEFAULT = new SineLayers(30, 30);

  public SineLayers {
    Check.within("first", first, 0.1, 1000, "");
    Check.within("others", others, 0.1, 1000, "");
  }

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public void encode(double y, double x, float[] into, int at, int step) {
    into[at] = (float) y;
    into[at + step] = (float) x;
  }

  @Override
  public double factor(int layer) {
    return layer == 0 ? first : others;
  }

  @Override
  public double weightBound(int layer, int inputs) {
    return layer == 0 ? 1.0 / inputs : Math.sqrt(6.0 / inputs) / others;
  }

  @Override
  public double biasBound(int layer, int inputs) {
    return 1 / Math.sqrt(inputs);
  }

  @Override
  public void answer(float[] values, float[] slopes, int at, int length, float[] room) {
    SineCosine.of(values, values, slopes, at, length);
  }
}
