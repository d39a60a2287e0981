/// Floor 2: light, electrons, matter.
@NullMarked
package argand.physics;

import org.jspecify.annotations.NullMarked;
