/// Floor 6: many complex images of one sample over energy become one answer: a common grid, a
/// common
/// gauge, optical density and phase.
@NullMarked
package argand.spectroptycho;

import org.jspecify.annotations.NullMarked;
