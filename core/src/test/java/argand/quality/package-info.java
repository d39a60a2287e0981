@NullMarked
package argand.quality;

import org.jspecify.annotations.NullMarked;
