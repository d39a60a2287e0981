package argand.phantom;

import argand.Param;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.physics.Beam;
import java.util.List;

/// Several phantoms one upon another, thin together: their transmissions multiply. An empty list is
/// vacuum.
public record Layers(@Param("the phantoms") List<Phantom> of) implements Phantom {
  public Layers {
    of = List.copyOf(of);
  }

  @Override
  public ComplexField draw(Grid grid, Beam beam) {
    var together = new ComplexField(grid).setAll(1, 0);
    for (Phantom phantom : of) {
      multiply(together, phantom.draw(grid, beam));
    }
    return together;
  }

  private static void multiply(ComplexField into, ComplexField by) {
    float[] re = into.re();
    float[] im = into.im();
    for (int i = 0; i < re.length; i++) {
      float a = re[i];
      float b = im[i];
      re[i] = a * by.re()[i] - b * by.im()[i];
      im[i] = a * by.im()[i] + b * by.re()[i];
    }
  }
}
