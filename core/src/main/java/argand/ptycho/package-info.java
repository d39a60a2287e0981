/// Floor 6: ptychography: verbs, methods, models, probe.
@NullMarked
package argand.ptycho;

import org.jspecify.annotations.NullMarked;
