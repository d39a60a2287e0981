@NullMarked
package argand.sampling;

import org.jspecify.annotations.NullMarked;
