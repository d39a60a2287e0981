@NullMarked
package argand.register;

import org.jspecify.annotations.NullMarked;
