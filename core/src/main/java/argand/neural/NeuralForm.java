package argand.neural;

/// What a network is fed with and how its neurons answer: the forms of implicit neural
/// representations.
public sealed interface NeuralForm permits SineLayers, GaborLayers, FourierFeatures {
  /// Numbers the first layer is fed with.
  int inputs();

  /// Writes them for one place.
  ///
  /// @param y down, −1 … 1 along the longer side of the image
  /// @param x right, in the same unit
  /// @param into element k goes to into[at + k · step]
  void encode(double y, double x, float[] into, int at, int step);

  /// Factor ω of a layer, in front of W h + b; layer 0 is the first.
  double factor(int layer);

  /// Weights of a layer with so many inputs begin evenly within ± this; `hidden` layers answer, the
  /// last one is linear.
  double weightBound(int layer, int inputs);

  /// The same for what is added.
  double biasBound(int layer, int inputs);

  /// Answers of neurons in place, and how they change: values[i] ← a(values[i]), slopes[i] ←
  /// a′(values[i]), i = at … at + length − 1.
  ///
  /// @param room as many numbers to write over, from 0 on
  void answer(float[] values, float[] slopes, int at, int length, float[] room);
}
