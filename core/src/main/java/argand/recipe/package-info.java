/// Floor 8: saying what to do. Recipes, the verbs they may use, units, citations.
@NullMarked
package argand.recipe;

import org.jspecify.annotations.NullMarked;
