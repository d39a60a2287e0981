package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.kernel.Multiply;
import argand.array.kernel.Window;
import argand.data.SliceStack;
import argand.physics.AngularSpectrum;
import argand.physics.Geometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// What a {@link WaveModel} learns beside object and probe modes: slices behind the object, further
/// modes of the object, the ways in which the probe changes and how much of each is in each view.
final class ModelParts {
  private final WaveModel model;
  private final Grid frame;
  private final double wavelength;
  private final List<ComplexField> behind;
  private final List<ComplexField> states;
  private final List<ComplexField> variations;
  private final float[][] weights;
  private final float[] distances;
  private final float[] followed;
  private final List<ComplexField> gaps = new ArrayList<>();
  private final double[][] steps;
  private final double[] shares;

  ModelParts(WaveModel model, Geometry geometry, Windows windows) {
    this.model = model;
    frame = windows.frame();
    wavelength = geometry.beam().wavelength();
    behind = new ArrayList<>();
    distances = new float[model.depth() - 1];
    for (int l = 0; l < distances.length; l++) {
      behind.add(new ComplexField(windows.object()).setAll(1, 0));
      distances[l] = model.slices().orElseThrow().distances().get(l).floatValue();
      var checked = new AngularSpectrum(frame, wavelength, distances[l]); // refuses what is too far
      gaps.add(new ComplexField(checked.from()));
    }
    followed = new float[distances.length];
    followDistances();
    states =
        Stream.generate(() -> new ComplexField(windows.object()))
            .limit(model.states() - 1)
            .toList();
    variations = Stream.generate(() -> new ComplexField(frame)).limit(model.variations()).toList();
    weights = new float[model.variations()][windows.count()];
    steps = new double[model.steps()][2];
    double[] light = {1};
    if (model.flyScan().isPresent()) {
      var way = model.flyScan().get();
      var rule = GaussLegendre.of(steps.length);
      light = rule.weights();
      for (int s = 0; s < steps.length; s++) {
        steps[s][0] = rule.places()[s] * way.down() / frame.pixelY();
        steps[s][1] = rule.places()[s] * way.right() / frame.pixelX();
      }
    }
    shares = Arrays.stream(light).map(Math::sqrt).toArray();
  }

  WaveModel model() {
    return model;
  }

  /// Slices behind the object, in the order of the beam; engines write them.
  List<ComplexField> behind() {
    return behind;
  }

  /// Object l of the chain, the first being `object`.
  ComplexField slice(ComplexField object, int l) {
    return l == 0 ? object : behind.get(l - 1);
  }

  /// Further incoherent modes of the object; engines write them.
  List<ComplexField> states() {
    return states;
  }

  /// Mode k of the object, the first being `object`.
  ComplexField state(ComplexField object, int k) {
    return k == 0 ? object : states.get(k - 1);
  }

  /// Slice n, or mode n, of all that is solved for.
  ComplexField layer(ComplexField object, int n) {
    return states.isEmpty() ? slice(object, n) : state(object, n);
  }

  /// From each slice to the next [m]; the array itself. `followDistances` after writing.
  float[] distances() {
    return distances;
  }

  /// Makes the free space between slices follow their distances, where these have changed.
  synchronized void followDistances() {
    for (int l = 0; l < distances.length; l++) {
      if (distances[l] != followed[l]) {
        var space = AngularSpectrum.transfer(frame, wavelength, distances[l]);
        gaps.get(l).set(space.scale(1.0 / frame.size()));
        followed[l] = distances[l];
      }
    }
  }

  /// wave ← free space from slice l to the next, or its adjoint
  void pass(ComplexField wave, int l, boolean adjoint, Fft2 fft) {
    fft.transform(wave);
    Multiply.by(Window.of(wave), Window.of(gaps.get(l)), adjoint, frame.rows(), frame.columns());
    fft.transformBack(wave);
  }

  /// wave ← its slope along the beam in free space, F⁻¹ iκ F wave [1/m]
  void alongBeam(ComplexField wave, Fft2 fft) {
    fft.transform(wave);
    for (int r = 0; r < frame.rows(); r++) {
      double fy = signed(r, frame.rows()) * frame.frequencyY();
      for (int c = 0; c < frame.columns(); c++) {
        double fx = signed(c, frame.columns()) * frame.frequencyX();
        double square = fy * fy + fx * fx;
        // 2π(√(1/λ² − q²) − 1/λ) without the difference of two large numbers
        double root = Math.sqrt(Math.max(0, 1 - wavelength * wavelength * square));
        double kappa = -2 * Math.PI * wavelength * square / (root + 1) / frame.size();
        int i = r * wave.pitch() + c;
        float re = wave.re()[i];
        wave.re()[i] = (float) (-kappa * wave.im()[i]);
        wave.im()[i] = (float) (kappa * re);
      }
    }
    fft.transformBack(wave);
  }

  private static int signed(int k, int n) {
    return k < (n + 1) / 2 ? k : k - n;
  }

  /// E_k; engines write them.
  List<ComplexField> variations() {
    return variations;
  }

  /// a_jk of all views for one k: the array itself.
  float[] weights(int k) {
    return weights[k];
  }

  /// The step of the exposure to which component c of so many of a view belongs: all modes in the
  /// first step, all in the second, …, and all these again for each mode of the object.
  int step(int c, int components) {
    int modes = components / (steps.length * model.states());
    return c / modes % steps.length;
  }

  /// How far the probe stands in step s of an exposure from its middle, down [px].
  double down(int s) {
    return steps[s][0];
  }

  /// How far the probe stands in step s of an exposure from its middle, to the right [px].
  double right(int s) {
    return steps[s][1];
  }

  /// Amplitude of the probe in step s of an exposure ÷ that of the whole: √ of its part of the
  /// time.
  double share(int s) {
    return shares[s];
  }

  /// Name → the array itself of everything that is learned.
  SequencedMap<String, float[]> learned() {
    var learned = new LinkedHashMap<String, float[]>();
    for (int l = 0; l < behind.size(); l++) {
      learned.put("slice" + (l + 2) + "/re", behind.get(l).re());
      learned.put("slice" + (l + 2) + "/im", behind.get(l).im());
    }
    if (distances.length > 0) {
      learned.put("sliceDistances", distances);
    }
    for (int k = 0; k < states.size(); k++) {
      learned.put("objectMode" + (k + 2) + "/re", states.get(k).re());
      learned.put("objectMode" + (k + 2) + "/im", states.get(k).im());
    }
    for (int k = 0; k < variations.size(); k++) {
      learned.put("variation" + (k + 1) + "/re", variations.get(k).re());
      learned.put("variation" + (k + 1) + "/im", variations.get(k).im());
      learned.put("variation" + (k + 1) + "/weights", weights[k]);
    }
    return learned;
  }

  /// Bytes of all this, and of what an engine needs beside it.
  static long memoryBytes(WaveModel model, long object, long wave, int views) {
    if (model.plain()) {
      return 0;
    }
    long fields = (long) views * model.steps() * model.layers() * 2;
    return 5 * object * model.layers() + wave * (fields + 6L * model.variations());
  }

  /// All slices of a thick sample.
  Optional<SliceStack> stack(ComplexField object) {
    if (behind.isEmpty()) {
      return Optional.empty();
    }
    List<ComplexField> slices = new ArrayList<>(List.of(object));
    slices.addAll(behind);
    List<Double> apart = new ArrayList<>();
    for (float distance : distances) {
      apart.add((double) distance);
    }
    return Optional.of(new SliceStack(slices, apart));
  }
}
