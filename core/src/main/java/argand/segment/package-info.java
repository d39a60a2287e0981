/// Telling what belongs together in an image: thresholds, and shapes of masks.
@NullMarked
package argand.segment;

import org.jspecify.annotations.NullMarked;
