@NullMarked
package argand.metric;

import org.jspecify.annotations.NullMarked;
