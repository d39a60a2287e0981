/// Floor 6: verbs that judge results.
@NullMarked
package argand.quality;

import org.jspecify.annotations.NullMarked;
