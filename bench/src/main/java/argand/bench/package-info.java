/// Measurements of speed.
@NullMarked
package argand.bench;

import org.jspecify.annotations.NullMarked;
