@NullMarked
package argand.judge;

import org.jspecify.annotations.NullMarked;
