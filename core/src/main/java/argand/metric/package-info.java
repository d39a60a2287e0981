/// Floor 4: comparing images, after what no experiment can know has been removed.
@NullMarked
package argand.metric;

import org.jspecify.annotations.NullMarked;
