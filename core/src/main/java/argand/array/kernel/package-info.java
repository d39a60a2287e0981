/// Floor 1: the inner loops, vector and scalar side by side; the only user of the Vector API.
@NullMarked
package argand.array.kernel;

import org.jspecify.annotations.NullMarked;
