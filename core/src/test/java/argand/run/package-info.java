@NullMarked
package argand.run;

import org.jspecify.annotations.NullMarked;
