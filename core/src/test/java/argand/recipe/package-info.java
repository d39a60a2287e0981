@NullMarked
package argand.recipe;

import org.jspecify.annotations.NullMarked;
