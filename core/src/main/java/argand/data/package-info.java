/// Floor 4: the nouns; immutable, with coordinates, units and source.
@NullMarked
package argand.data;

import org.jspecify.annotations.NullMarked;
