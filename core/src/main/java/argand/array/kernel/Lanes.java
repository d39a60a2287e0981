package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vector shape all kernels use: the widest this machine prefers. Load only when {@link
// Simd#AVAILABLE}.
final class Lanes {
  private Lanes() {}

  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final int WIDTH = FLOATS.length();
}
