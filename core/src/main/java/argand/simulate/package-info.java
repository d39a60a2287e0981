/// Floor 6: virtual instruments. They share no forward code with the solvers.
@NullMarked
package argand.simulate;

import org.jspecify.annotations.NullMarked;
