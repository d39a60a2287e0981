/// Floor 3: samples with known truth.
@NullMarked
package argand.phantom;

import org.jspecify.annotations.NullMarked;
