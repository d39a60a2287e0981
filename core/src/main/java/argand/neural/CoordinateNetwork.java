package argand.neural;

import argand.array.Check;
import argand.array.kernel.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A network from a place to the values there: one layer from the coordinates, `hidden` layers of
/// the same width, and a linear one to the outputs.
///
/// Its parameters lie in one array, layer after layer: W row by row (outputs × inputs), then b.
///
/// @param outputs channels of the image
public record CoordinateNetwork(NeuralForm form, int width, int hidden, int outputs) {
  public CoordinateNetwork {
    Check.within("width", width, 1, 16384, "");
    Check.within("hidden", hidden, 0, 64, "");
    Check.atLeast("outputs", outputs, 1);
  }

  /// Where a layer's parameters lie.
  record Layer(int index, int inputs, int outputs, int weightsAt) {
    int biasAt() {
      return weightsAt + inputs * outputs;
    }

    int end() {
      return biasAt() + outputs;
    }

    FloatMatrix weights(float[] parameters) {
      return new FloatMatrix(parameters, weightsAt, outputs, inputs, inputs, 1);
    }
  }

  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    int inputs = form.inputs();
    int at = 0;
    for (int k = 0; k <= hidden + 1; k++) {
      var layer = new Layer(k, inputs, k <= hidden ? width : outputs, at);
      layers.add(layer);
      inputs = width;
      at = Math.addExact(at, Math.addExact(layer.inputs() * layer.outputs(), layer.outputs()));
    }
    return layers;
  }

  /// The last layer is linear.
  double factor(Layer layer) {
    return layer.index() <= hidden ? form.factor(layer.index()) : 1;
  }

  /// Number of parameters.
  public int size() {
    return layers().getLast().end();
  }

  /// Parameters to begin with.
  public float[] initial(long seed) {
    float[] parameters = new float[size()];
    var random = new SplittableRandom(seed);
    for (var layer : layers()) {
      fill(
          parameters,
          layer.weightsAt(),
          layer.biasAt(),
          form.weightBound(layer.index(), layer.inputs()),
          random);
      double bound = layer.index() <= hidden ? form.biasBound(layer.index(), layer.inputs()) : 0;
      fill(parameters, layer.biasAt(), layer.end(), bound, random);
    }
    return parameters;
  }

  private static void fill(
      float[] parameters, int first, int last, double bound, SplittableRandom random) {
    for (int i = first; i < last; i++) {
      parameters[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }

  /// Multiplications and additions of one pass forward and back for one place: three products with
  /// each matrix, two with the first.
  public double operations() {
    double operations = 0;
    for (var layer : layers()) {
      operations += (layer.index() == 0 ? 4.0 : 6.0) * layer.inputs() * layer.outputs();
    }
    return operations;
  }
}
