package argand.data;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.InvalidInput;
import java.util.List;

/// A thick sample as thin slices with free space between them, in the order in which the beam meets
/// them; all on one grid.
///
/// @param slices complex transmissions
/// @param distances from each slice to the next [m]; one less than slices
public record SliceStack(List<ComplexField> slices, List<Double> distances) {
  public SliceStack {
    slices = List.copyOf(slices);
    distances = List.copyOf(distances);
    Check.atLeast("number of slices", slices.size(), 1);
    if (distances.size() != slices.size() - 1) {
      throw new InvalidInput(
          "distances between slices",
          distances.size() + " of them",
          slices.size() - 1 + " for " + slices.size() + " slices",
          "");
    }
  }

  /// The product of all slices: what a beam that does not spread between them would see.
  public ComplexField product() {
    var product = slices.getFirst().copy();
    for (var slice : slices.subList(1, slices.size())) {
      for (int i = 0; i < product.re().length; i++) {
        float x = product.re()[i];
        float y = product.im()[i];
        product.re()[i] = x * slice.re()[i] - y * slice.im()[i];
        product.im()[i] = x * slice.im()[i] + y * slice.re()[i];
      }
    }
    return product;
  }
}
