package argand.neural;

import argand.array.Check;
import argand.array.Workers;
import argand.array.kernel.FloatMatrix;
import argand.array.kernel.PanelProduct;
import argand.neural.CoordinateNetwork.Layer;
import java.util.Arrays;
import java.util.List;

/// A network asked at many places at once, and the gradient of whatever is made of its answers, by
/// reverse-mode differentiation:
///
/// 1. z = ω (W h + b), h⁺ = a(z), layer after layer
/// 2. δ = (∂L/∂h⁺) a′(z), ∂L/∂W = ω δ hᵀ, ∂L/∂b = ω Σ δ, ∂L/∂h = ω Wᵀ δ, the last layer first
///
/// Places lie in panels of 32 ({@link PanelProduct}). The gradient is summed in groups of panels
/// whose number depends on nothing but the sizes, and the groups are added in order: the same bits
/// whatever the number of threads. Owns buffers; not for two threads at once.
public final class NetworkPass {
  private static final int PANEL = PanelProduct.COLUMNS;

  /// Panels that go back together, so that sums of weights need not be fetched for each.
  private static final int BATCH = 8;

  /// Sums, and outputs, that one block of work adds up.
  private static final int SUMS = 1 << 13;

  private static final int OUTPUTS = 32;

  /// Numbers that all groups of sums together may hold.
  private static final long MOST_SUMS = 1L << 26;

  private final CoordinateNetwork network;
  private final List<Layer> layers;
  private final int places;
  private final int panels;
  private final int groups;
  private final int padded;

  /// What each layer is fed with: h of all panels; the slopes a′ of the layer before.
  private final float[][] values;

  private final float[][] slopes;
  private final float[] answers;
  private final float[][] strips;
  private final float[][] reversed;
  private final float[][] starts;
  private final float[][] zeros;
  private final float[][][] sums;

  /// @param goesBack whether {@link #back} will be asked
  private NetworkPass(CoordinateNetwork network, int places, boolean goesBack) {
    this.network = network;
    this.places = places;
    layers = network.layers();
    panels = Math.ceilDiv(places, PANEL);
    int count = layers.size();
    values = new float[count][];
    slopes = new float[count][];
    strips = new float[count][];
    reversed = new float[count][];
    starts = new float[count][];
    zeros = new float[count][];
    long all = 0;
    int most = 0;
    for (var layer : layers) {
      int k = layer.index();
      int inputs = PanelProduct.padded(layer.inputs());
      int outputs = PanelProduct.padded(layer.outputs());
      values[k] = new float[Math.multiplyExact(panels * PANEL, inputs)];
      slopes[k] = new float[k == 0 ? 0 : values[k].length];
      strips[k] = new float[outputs * layer.inputs()];
      reversed[k] = new float[inputs * layer.outputs()];
      starts[k] = new float[outputs];
      zeros[k] = new float[inputs];
      all += (long) inputs * PanelProduct.paddedTransposed(layer.outputs());
      most = Math.max(most, Math.max(inputs, PanelProduct.paddedTransposed(layer.outputs())));
    }
    padded = most;
    answers = new float[panels * PANEL * PanelProduct.padded(network.outputs())];
    int batches = Math.ceilDiv(panels, BATCH);
    groups = (int) Math.clamp(MOST_SUMS / all, 1, Math.min(16, batches));
    sums = new float[goesBack ? groups : 0][count][];
    for (float[][] group : sums) {
      for (var layer : layers) {
        int inputs = PanelProduct.padded(layer.inputs());
        group[layer.index()] = new float[(inputs + 1) * pitch(layer)];
      }
    }
  }

  /// For training: asked again and again at the same places.
  public static NetworkPass training(CoordinateNetwork network, Places places) {
    var pass = new NetworkPass(network, places.count(), true);
    pass.encode(places, 0);
    return pass;
  }

  private void encode(Places where, int first) {
    var form = network.form();
    int inputs = PanelProduct.padded(form.inputs());
    for (int i = 0; i < places; i++) {
      int at = i / PANEL * PANEL * inputs + i % PANEL;
      int place = Math.min(first + i, where.count() - 1);
      form.encode(where.y(place), where.x(place), values[0], at, PANEL);
    }
  }

  private static int pitch(Layer layer) {
    return PanelProduct.paddedTransposed(layer.outputs());
  }

  /// The outputs at any places, a strip of them at a time.
  ///
  /// @return channel → place
  public static float[][] outputs(
      CoordinateNetwork network, float[] parameters, Places places, Workers workers) {
    int strip = Math.min(places.count(), 1 << 13);
    var pass = new NetworkPass(network, strip, false);
    float[][] all = new float[network.outputs()][places.count()];
    float[][] some = new float[network.outputs()][strip];
    for (int first = 0; first < places.count(); first += strip) {
      pass.encode(places, first);
      pass.forward(parameters, some, workers);
      int count = Math.min(strip, places.count() - first);
      for (int c = 0; c < all.length; c++) {
        System.arraycopy(some[c], 0, all[c], first, count);
      }
    }
    return all;
  }

  /// Line 1.
  ///
  /// @param outputs channel → place, written
  public void forward(float[] parameters, float[][] outputs, Workers workers) {
    Check.same("parameters", parameters.length, network.size());
    workers.forEach(2 * layers.size(), (block, worker) -> pack(block, parameters));
    float[][] room = new float[workers.threads()][2 * PANEL * padded];
    workers.forEach(panels, (panel, worker) -> forward(panel, outputs, room[worker]));
  }

  /// The weights of a layer with its factor, as they go forward, or as they go back.
  private void pack(int block, float[] parameters) {
    var layer = layers.get(block / 2);
    int k = layer.index();
    float factor = (float) network.factor(layer);
    FloatMatrix weights = layer.weights(parameters);
    if (block % 2 == 1) {
      if (goesBack()) {
        PanelProduct.pack(weights.transposed(), factor, reversed[k]);
      }
      return;
    }
    PanelProduct.pack(weights, factor, strips[k]);
    for (int o = 0; o < layer.outputs(); o++) {
      starts[k][o] = factor * parameters[layer.biasAt() + o];
    }
  }

  private boolean goesBack() {
    return sums.length > 0;
  }

  private void forward(int panel, float[][] outputs, float[] room) {
    for (var layer : layers) {
      int k = layer.index();
      boolean last = k == layers.size() - 1;
      int at = panel * PANEL * PanelProduct.padded(layer.inputs());
      int length = PANEL * PanelProduct.padded(layer.outputs());
      float[] into = last ? answers : values[k + 1];
      int to = panel * length;
      PanelProduct.set(
          strips[k], layer.outputs(), layer.inputs(), starts[k], values[k], at, into, to);
      if (!last) {
        network.form().answer(into, slopes[k + 1], to, length, room);
      }
    }
    int from = panel * PANEL * PanelProduct.padded(network.outputs());
    int count = Math.min(PANEL, places - panel * PANEL);
    for (int c = 0; c < outputs.length; c++) {
      System.arraycopy(answers, from + c * PANEL, outputs[c], panel * PANEL, count);
    }
  }

  /// Line 2, after {@link #forward} with the same parameters.
  ///
  /// @param outputGradient ∂L/∂output, channel → place
  /// @param gradient ∂L/∂θ, written
  public void back(float[][] outputGradient, float[] gradient, Workers workers) {
    Check.same("gradient", gradient.length, network.size());
    int batches = Math.ceilDiv(panels, BATCH);
    workers.forEach(
        groups,
        (group, worker) -> {
          for (float[] sum : sums[group]) {
            Arrays.fill(sum, 0);
          }
          float[] delta = new float[BATCH * PANEL * padded];
          float[] below = new float[BATCH * PANEL * padded];
          float[] transposed = new float[BATCH * PANEL * padded];
          int first = (int) ((long) batches * group / groups);
          int last = (int) ((long) batches * (group + 1) / groups);
          for (int batch = first; batch < last; batch++) {
            back(batch, outputGradient, sums[group], delta, below, transposed);
          }
        });
    for (var layer : layers) {
      int length = sums[0][layer.index()].length;
      workers.forEach(
          Math.ceilDiv(length, SUMS),
          (block, worker) -> add(layer, block * SUMS, Math.min(length, (block + 1) * SUMS)));
      workers.forEach(
          Math.ceilDiv(layer.outputs(), OUTPUTS),
          (block, worker) -> gather(layer, block * OUTPUTS, gradient));
    }
  }

  private void back(
      int batch,
      float[][] outputGradient,
      float[][] sum,
      float[] first,
      float[] second,
      float[] transposed) {
    int from = batch * BATCH;
    int count = Math.min(BATCH, panels - from);
    float[] delta = first;
    float[] below = second;
    enter(from, count, outputGradient, delta);
    for (int k = layers.size() - 1; k >= 0; k--) {
      var layer = layers.get(k);
      int inputs = PanelProduct.padded(layer.inputs());
      int outputs = PanelProduct.padded(layer.outputs());
      int pitch = pitch(layer);
      int hStep = PANEL * inputs;
      int zStep = PANEL * pitch;
      for (int p = 0; p < count; p++) {
        PanelProduct.transpose(delta, p * PANEL * outputs, outputs, transposed, p * zStep);
      }
      PanelProduct.addOuter(
          count, values[k], from * hStep, hStep, inputs, transposed, 0, zStep, sum[k], pitch);
      addBias(count, transposed, zStep, sum[k], inputs * pitch, pitch);
      if (k > 0) {
        for (int p = 0; p < count; p++) {
          PanelProduct.set(
              reversed[k],
              layer.inputs(),
              layer.outputs(),
              zeros[k],
              delta,
              p * PANEL * outputs,
              below,
              p * hStep);
        }
        PanelProduct.multiply(below, slopes[k], from * hStep, count * hStep);
        float[] swap = delta;
        delta = below;
        below = swap;
      }
    }
  }

  private static void addBias(
      int count, float[] transposed, int zStep, float[] sum, int at, int pitch) {
    float[] bias = Arrays.copyOfRange(sum, at, at + pitch);
    PanelProduct.addSums(count, transposed, 0, zStep, bias, pitch);
    System.arraycopy(bias, 0, sum, at, pitch);
  }

  /// The gradient of a batch of panels, zero beyond the last place and the last channel.
  private void enter(int from, int count, float[][] outputGradient, float[] delta) {
    int step = PANEL * PanelProduct.padded(network.outputs());
    Arrays.fill(delta, 0, count * step, 0);
    for (int p = 0; p < count; p++) {
      int first = (from + p) * PANEL;
      for (int c = 0; c < outputGradient.length; c++) {
        System.arraycopy(
            outputGradient[c], first, delta, p * step + c * PANEL, Math.min(PANEL, places - first));
      }
    }
  }

  /// The sums of all groups, in their order, into those of the first.
  private void add(Layer layer, int first, int last) {
    float[] total = sums[0][layer.index()];
    for (int group = 1; group < groups; group++) {
      float[] more = sums[group][layer.index()];
      for (int i = first; i < last; i++) {
        total[i] += more[i];
      }
    }
  }

  /// From the layout of sums to that of parameters, for some outputs of a layer.
  private void gather(Layer layer, int first, float[] gradient) {
    float factor = (float) network.factor(layer);
    float[] total = sums[0][layer.index()];
    int pitch = pitch(layer);
    int biasRow = PanelProduct.padded(layer.inputs());
    for (int o = first; o < Math.min(layer.outputs(), first + OUTPUTS); o++) {
      int to = layer.weightsAt() + o * layer.inputs();
      for (int i = 0; i < layer.inputs(); i++) {
        gradient[to + i] = factor * total[i * pitch + o];
      }
      gradient[layer.biasAt() + o] = factor * total[biasRow * pitch + o];
    }
  }
}
