/// Floor 1: numbers on a grid.
@NullMarked
package argand.array;

import org.jspecify.annotations.NullMarked;
