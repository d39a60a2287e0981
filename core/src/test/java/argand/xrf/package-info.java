@NullMarked
package argand.xrf;

import org.jspecify.annotations.NullMarked;
