/// Floor 2: images as functions of their coordinates: small networks with their own gradients.
@NullMarked
package argand.neural;

import org.jspecify.annotations.NullMarked;
