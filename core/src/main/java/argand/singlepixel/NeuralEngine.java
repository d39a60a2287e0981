package argand.singlepixel;

import argand.array.Workers;
import argand.flow.Engine;
import argand.neural.Adam;
import argand.neural.CoordinateNetwork;
import argand.neural.GradientPenalty;
import argand.neural.NetworkPass;
import argand.neural.Places;
import java.util.Arrays;

/// One step of fitting a network to what was counted:
///
/// 1. x_e = s_e p(f_e), s_e the scale of the signal, p(u) = (u + √(u² + τ²))/2 or u
/// 2. L = Σ_e Q_e + λ R(p(f_e)) and ∂L/∂f
/// 3. ∂L/∂θ by {@link NetworkPass#back}, a step of {@link Adam} at the rate α/√(1 + k/h)
/// 4. θ̄ ← (1 − η) θ̄ + η θ, η = max(1/50, 1/(k + 1))
/// 5. every tenth step: Q_e of the left-out patterns with θ̄; the best θ̄ is kept
final class NeuralEngine implements Engine<NeuralState> {
  /// Steps from one judgement to the next.
  static final int JUDGED = 10;

  private static final double AVERAGED = 50;

  /// τ, in units of the image's root mean square.
  private static final double ROUND = 0.05;

  private final CoordinateNetwork network;
  private final Misfit misfit;
  private final GradientPenalty penalty;
  private final double weight;
  private final double rate;
  private final double halving;
  private final boolean nonNegative;
  private final Workers workers;
  private final NetworkPass pass;
  private final float[][] outputs;
  private final float[][] images;
  private final float[][] slopes;
  private final float[][] gradients;
  private final float[] parameterGradient;

  /// @param weight λ
  /// @param rate α
  /// @param halving h, steps after which the rate has fallen to 1/√2
  NeuralEngine(
      CoordinateNetwork network,
      Places places,
      Misfit misfit,
      GradientPenalty penalty,
      double weight,
      double rate,
      double halving,
      boolean nonNegative,
      Workers workers) {
    this.network = network;
    this.misfit = misfit;
    this.penalty = penalty;
    this.weight = weight;
    this.rate = rate;
    this.halving = halving;
    this.nonNegative = nonNegative;
    this.workers = workers;
    pass = NetworkPass.training(network, places);
    int channels = network.outputs();
    outputs = new float[channels][places.count()];
    images = new float[channels][places.count()];
    slopes = new float[channels][places.count()];
    gradients = new float[channels][places.count()];
    parameterGradient = new float[network.size()];
  }

  @Override
  public double iterate(NeuralState state) {
    int k = state.iteration();
    imagesOf(state.parameters); // (1)
    double[] told = misfit.gradients(images, gradients, workers); // (2)
    double loss = 0;
    for (int e = 0; e < outputs.length; e++) {
      loss += told[e];
      float scale = (float) misfit.scale(e);
      for (int i = 0; i < images[e].length; i++) {
        gradients[e][i] *= scale;
        images[e][i] /= scale;
      }
      if (weight > 0) {
        loss += weight * penalty.add(images[e], weight, gradients[e]);
      }
      for (int i = 0; i < images[e].length; i++) {
        gradients[e][i] *= slopes[e][i];
      }
    }
    pass.back(gradients, parameterGradient, workers); // (3)
    Adam.step(
        state.parameters,
        parameterGradient,
        state.gradientMean,
        state.gradientSquare,
        k + 1,
        rate / Math.sqrt(1 + k / halving),
        workers);
    average(state, k);
    if ((k + 1) % JUDGED == 0) {
      imagesOf(state.average);
      state.judge(Arrays.stream(misfit.leftOut(images, workers)).sum() / outputs.length, k + 1);
    }
    return loss;
  }

  private void imagesOf(float[] parameters) {
    pass.forward(parameters, outputs, workers);
    for (int e = 0; e < outputs.length; e++) {
      image(outputs[e], misfit.scale(e), nonNegative, images[e], slopes[e]);
    }
  }

  /// Line 1.
  ///
  /// @param slopes p′, written
  static void image(
      float[] output, double scale, boolean nonNegative, float[] image, float[] slopes) {
    float factor = (float) scale;
    for (int i = 0; i < output.length; i++) {
      float u = output[i];
      if (nonNegative) {
        float root = (float) Math.sqrt(u * u + ROUND * ROUND);
        image[i] = factor * 0.5f * (u + root);
        slopes[i] = 0.5f * (1 + u / root);
      } else {
        image[i] = factor * u;
        slopes[i] = 1;
      }
    }
  }

  private static void average(NeuralState state, int k) {
    float share = (float) Math.max(1 / AVERAGED, 1.0 / (k + 1)); // (4)
    float[] average = state.average;
    float[] parameters = state.parameters;
    for (int i = 0; i < average.length; i++) {
      average[i] += share * (parameters[i] - average[i]);
    }
  }
}
