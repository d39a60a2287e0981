/// Floor 6: what is done to frames before they are reconstructed.
@NullMarked
package argand.prepare;

import org.jspecify.annotations.NullMarked;
