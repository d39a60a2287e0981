/// Floor 2: solving A x = y, and |A x|² = b: linear operators and what works with any of them.
@NullMarked
package argand.inverse;

import org.jspecify.annotations.NullMarked;
