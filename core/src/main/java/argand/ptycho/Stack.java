package argand.ptycho;

import argand.array.ComplexField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Slices and probe modes as one vector: a point, its slope, a direction. A direction in which one
/// of both does not move is without it.
record Stack(List<ComplexField> slices, List<ComplexField> probes) {
  /// Zeros.
  static Stack zeros(PtychoModel model, int modes) {
    var windows = model.windows();
    return new Stack(
        Stream.generate(() -> new ComplexField(windows.object()))
            .limit(model.parts().model().depth())
            .toList(),
        LsqMlRoom.fields(windows, modes));
  }

  /// Where a state stands: its own fields.
  static Stack of(PtychoModel model, PtychoState state) {
    List<ComplexField> slices = new ArrayList<>();
    for (int l = 0; l < model.parts().model().depth(); l++) {
      slices.add(model.parts().slice(state.object(), l));
    }
    return new Stack(slices, state.probes());
  }

  Stack onlySlices() {
    return new Stack(slices, List.of());
  }

  Stack onlyProbes() {
    return new Stack(List.of(), probes);
  }

  /// Slices and probes, slices first.
  private List<ComplexField> fields() {
    return Stream.concat(slices.stream(), probes.stream()).toList();
  }

  /// True where every number is zero.
  boolean empty() {
    return fields().stream().allMatch(field -> field.power() == 0);
  }

  /// Re Σ a* b over what both have.
  double inner(Stack other) {
    return inner(slices, other.slices) + inner(probes, other.probes);
  }

  private static double inner(List<ComplexField> a, List<ComplexField> b) {
    double sum = 0;
    for (int k = 0; k < Math.min(a.size(), b.size()); k++) {
      sum += inner(a.get(k), b.get(k));
    }
    return sum;
  }

  private static double inner(ComplexField a, ComplexField b) {
    double sum = 0;
    for (int r = 0; r < a.grid().rows(); r++) {
      for (int i = r * a.pitch(), end = i + a.grid().columns(); i < end; i++) {
        sum += (double) a.re()[i] * b.re()[i] + (double) a.im()[i] * b.im()[i];
      }
    }
    return sum;
  }

  /// this ← keep · this + factor · other, in what both have
  void setSum(double keep, double factor, Stack other) {
    setSum(slices, (float) keep, (float) factor, other.slices);
    setSum(probes, (float) keep, (float) factor, other.probes);
  }

  private static void setSum(List<ComplexField> a, float keep, float factor, List<ComplexField> b) {
    for (int k = 0; k < Math.min(a.size(), b.size()); k++) {
      var to = a.get(k);
      var from = b.get(k);
      for (int i = 0; i < to.re().length; i++) {
        to.re()[i] = keep * to.re()[i] + factor * from.re()[i];
        to.im()[i] = keep * to.im()[i] + factor * from.im()[i];
      }
    }
  }
}
