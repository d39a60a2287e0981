package argand.neural;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.kernel.Exponential;
import argand.array.kernel.SineCosine;

/// Layers of Gabor wavelets (WIRE) in their real form: a(u) = cos(ω u) exp(−(s u)²).
@Paper(
    value =
        "V. Saragadam, D. LeJeune, J. Tan, G. Balakrishnan, A. Veeraraghavan, R. G. Baraniuk, WIRE:"
            + " wavelet implicit neural representations, CVPR, 18507 (2023)",
    doi = "10.1109/CVPR52729.2023.01775")
public record GaborLayers(
    @Param(value = "ω, frequency of the wave", byDefault = "10") double frequency,
    @Param(value = "s, one over the width of its envelope", byDefault = "5") double width)
    implements NeuralForm {
  public GaborLayers {
    Check.within("frequency", frequency, 0.1, 1000, "");
    Check.within("width", width, 0.1, 1000, "");
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
    return 1;
  }

  @Override
  public double weightBound(int layer, int inputs) {
    return 1 / Math.sqrt(inputs);
  }

  @Override
  public double biasBound(int layer, int inputs) {
    return 1 / Math.sqrt(inputs);
  }

  @Override
  public void answer(float[] values, float[] slopes, int at, int length, float[] room) {
    float omega = (float) frequency;
    float square = (float) (width * width);
    // room: first ω u and its sine, then u and the envelope
    int half = room.length / 2;
    for (int i = 0; i < length; i++) {
      float u = values[at + i];
      room[i] = omega * u;
      room[half + i] = -square * u * u;
    }
    Exponential.of(room, room, half, length);
    for (int i = 0; i < length; i++) {
      slopes[at + i] = room[i];
    }
    System.arraycopy(values, at, room, 0, length);
    SineCosine.of(slopes, slopes, values, at, length);
    for (int i = 0; i < length; i++) {
      float u = room[i];
      float sine = slopes[at + i];
      float cosine = values[at + i];
      float envelope = room[half + i];
      values[at + i] = cosine * envelope;
      slopes[at + i] = -(omega * sine + 2 * square * u * cosine) * envelope;
    }
  }
}
