package argand.singlepixel;

import argand.flow.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A network's parameters after so many steps, what Adam remembers, their running mean, and the
/// mean that told the left-out patterns best.
final class NeuralState implements State {
  private static final int BEST = 0;
  private static final int BEST_STEP = 1;
  private static final int LATEST = 2;

  final float[] parameters;
  final float[] gradientMean;
  final float[] gradientSquare;
  final float[] average;
  final float[] best;

  /// Best score, its step, latest score: of the left-out patterns.
  private final float[] judged = {Float.MAX_VALUE, 0, Float.MAX_VALUE};

  private final List<Double> residuals = new ArrayList<>();

  NeuralState(float[] parameters) {
    this.parameters = parameters;
    gradientMean = new float[parameters.length];
    gradientSquare = new float[parameters.length];
    average = parameters.clone();
    best = parameters.clone();
  }

  @Override
  public int iteration() {
    return residuals.size();
  }

  @Override
  public List<Double> residuals() {
    return residuals;
  }

  @Override
  public SequencedMap<String, float[]> arrays() {
    var arrays = new LinkedHashMap<String, float[]>();
    arrays.put("parameters", parameters);
    arrays.put("gradientMean", gradientMean);
    arrays.put("gradientSquare", gradientSquare);
    arrays.put("average", average);
    arrays.put("best", best);
    arrays.put("judged", judged);
    return arrays;
  }

  /// The left-out patterns have been asked of the running mean.
  void judge(double score, int step) {
    judged[LATEST] = (float) score;
    if (score < judged[BEST]) {
      judged[BEST] = (float) score;
      judged[BEST_STEP] = step;
      System.arraycopy(average, 0, best, 0, best.length);
    }
  }

  double bestScore() {
    return judged[BEST];
  }

  int bestStep() {
    return (int) judged[BEST_STEP];
  }

  double latestScore() {
    return judged[LATEST];
  }
}
