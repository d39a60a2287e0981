@NullMarked
package argand.figure;

import org.jspecify.annotations.NullMarked;
