/// Floor 3: shifts and transforms between images.
@NullMarked
package argand.register;

import org.jspecify.annotations.NullMarked;
