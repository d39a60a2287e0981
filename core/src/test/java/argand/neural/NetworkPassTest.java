package argand.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.array.Workers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The network against the same network written down plainly in double precision, and its gradient
/// against differences of that.
class NetworkPassTest {
  static List<CoordinateNetwork> networks() {
    return List.of(
        new CoordinateNetwork(SineLayers.DEFAULT, 24, 2, 1),
        new CoordinateNetwork(new SineLayers(20, 15), 33, 3, 3),
        new CoordinateNetwork(new GaborLayers(8, 4), 20, 1, 2),
        new CoordinateNetwork(new FourierFeatures(11, 2, 5), 40, 2, 9),
        new CoordinateNetwork(SineLayers.DEFAULT, 8, 0, 1));
  }

  private static final Places PLACES = new Places(9, 11, 1);

  @ParameterizedTest
  @MethodSource("networks")
  void answersAreThoseOfDoublePrecision(CoordinateNetwork network) {
    float[] parameters = network.initial(3);
    float[][] outputs = NetworkPass.outputs(network, parameters, PLACES, Workers.ONE);
    double[] exact = new double[network.outputs()];
    double worst = 0;
    for (int i = 0; i < PLACES.count(); i++) {
      plainly(network, doubles(parameters), i, exact);
      for (int c = 0; c < exact.length; c++) {
        worst = Math.max(worst, Math.abs(outputs[c][i] - exact[c]));
      }
    }
    // each layer rounds arguments of up to 30 to 2e-6 and makes of it as much in the next
    assertThat(worst).isLessThan(5e-5);
  }

  /// Relative to the length of the gradient. Differences over 2·10⁻⁵ in double precision are good
  /// to 10⁻⁹; single precision leaves about 10⁻⁶.
  @ParameterizedTest
  @MethodSource("networks")
  void theGradientIsThatOfDifferences(CoordinateNetwork network) {
    float[] parameters = network.initial(4);
    var random = new Random(8);
    float[][] weights = new float[network.outputs()][PLACES.count()];
    for (float[] channel : weights) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) random.nextGaussian();
      }
    }
    var pass = NetworkPass.training(network, PLACES);
    float[] gradient = new float[network.size()];
    pass.forward(parameters, new float[network.outputs()][PLACES.count()], Workers.ONE);
    pass.back(weights, gradient, Workers.ONE);
    double[] exact = doubles(parameters);
    double miss = 0;
    double wrong = 0;
    double length = 0;
    for (int k = 0; k < exact.length; k += 1 + exact.length / 300) {
      double was = exact[k];
      exact[k] = was + 1e-5;
      double above = loss(network, exact, weights);
      exact[k] = was - 1e-5;
      double below = loss(network, exact, weights);
      exact[k] = was;
      double expected = (above - below) / 2e-5;
      miss += Math.pow(gradient[k] - expected, 2);
      wrong += Math.pow(gradient[k] * 1.01 - expected, 2);
      length += expected * expected;
    }
    assertThat(Math.sqrt(miss / length)).isLessThan(1e-5);
    assertThat(Math.sqrt(wrong / length)).isGreaterThan(5e-3);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theNumberOfThreadsChangesNoBit(CoordinateNetwork network) {
    var places = new Places(40, 40, 1);
    float[] parameters = network.initial(4);
    float[][] weights = new float[network.outputs()][places.count()];
    for (float[] channel : weights) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) Math.sin(i * i);
      }
    }
    float[][] gradients = new float[2][network.size()];
    float[][][] outputs = new float[2][network.outputs()][places.count()];
    try (var three = new Workers(3)) {
      for (int run = 0; run < 2; run++) {
        var workers = run == 0 ? Workers.ONE : three;
        var pass = NetworkPass.training(network, places);
        pass.forward(parameters, outputs[run], workers);
        pass.back(weights, gradients[run], workers);
      }
      assertThat(NetworkPass.outputs(network, parameters, places, three)).isDeepEqualTo(outputs[0]);
    }
    assertThat(outputs[1]).isDeepEqualTo(outputs[0]);
    assertThat(gradients[1]).isEqualTo(gradients[0]);
  }

  /// The point of the initialisation: whatever the depth, what reaches a layer of sines spreads by
  /// about one radian, neither dead nor wild.
  @Test
  void argumentsOfDeepSinesKeepTheirSpread() {
    var places = new Places(24, 24, 1);
    for (int hidden : new int[] {1, 8}) {
      var network = new CoordinateNetwork(SineLayers.DEFAULT, 256, hidden, 64);
      double spread = spread(network, places);
      // the last layer's weights are those of a sine layer over ω: 30 times that is its argument
      assertThat(30 * spread).isBetween(0.8, 1.25);
    }
    var wild = new CoordinateNetwork(new FourierFeatures(64, 8, 1), 256, 8, 64);
    assertThat(spread(wild, places)).isNotCloseTo(1.0 / 30, within(0.01));
  }

  private static double spread(CoordinateNetwork network, Places places) {
    float[][] outputs = NetworkPass.outputs(network, network.initial(1), places, Workers.ONE);
    double square = 0;
    for (float[] channel : outputs) {
      for (float value : channel) {
        square += value * value;
      }
    }
    return Math.sqrt(square / 64 / places.count());
  }

  @Test
  void finePlacesLieWithinThePixels() {
    var whole = new Places(3, 5, 1);
    var fine = new Places(3, 5, 2);
    assertThat(whole.x(0)).isEqualTo(-0.8);
    assertThat(whole.y(0)).isEqualTo(-0.4);
    assertThat((fine.x(0) + fine.x(1)) / 2).isCloseTo(whole.x(0), within(1e-12));
    assertThat(fine.count()).isEqualTo(60);
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() {
    var network = networks().getFirst();
    var pass = NetworkPass.training(network, PLACES);
    assertThatThrownBy(() -> pass.forward(new float[3], new float[1][PLACES.count()], Workers.ONE))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("parameters is 3");
  }

  private static double loss(CoordinateNetwork network, double[] parameters, float[][] weights) {
    double sum = 0;
    double[] outputs = new double[network.outputs()];
    for (int i = 0; i < PLACES.count(); i++) {
      plainly(network, parameters, i, outputs);
      for (int c = 0; c < outputs.length; c++) {
        sum += weights[c][i] * outputs[c];
      }
    }
    return sum;
  }

  /// The network in its simplest spelling.
  private static void plainly(
      CoordinateNetwork network, double[] parameters, int place, double[] outputs) {
    float[] input = new float[network.form().inputs()];
    network.form().encode(PLACES.y(place), PLACES.x(place), input, 0, 1);
    double[] h = doubles(input);
    int at = 0;
    for (int k = 0; k <= network.hidden() + 1; k++) {
      boolean last = k > network.hidden();
      double[] next = new double[last ? network.outputs() : network.width()];
      for (int o = 0; o < next.length; o++) {
        double z = parameters[at + next.length * h.length + o];
        for (int i = 0; i < h.length; i++) {
          z += parameters[at + o * h.length + i] * h[i];
        }
        next[o] = last ? z : answer(network.form(), k, z);
      }
      at += next.length * (h.length + 1);
      h = next;
    }
    System.arraycopy(h, 0, outputs, 0, h.length);
  }

  private static double answer(NeuralForm form, int layer, double z) {
    return switch (form) {
      case SineLayers sines -> Math.sin((layer == 0 ? sines.first() : sines.others()) * z);
      case GaborLayers gabor ->
          Math.cos(gabor.frequency() * z) * Math.exp(-Math.pow(gabor.width() * z, 2));
      case FourierFeatures features -> Math.max(0, z);
    };
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
