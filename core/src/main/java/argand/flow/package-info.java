/// Floor 5: what verbs agree on.
@NullMarked
package argand.flow;

import org.jspecify.annotations.NullMarked;
