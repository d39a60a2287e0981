/// Argand: from raw detector frames to quantitative images and chemical maps. Floor 0: the two
/// annotations every algorithm carries.
@NullMarked
package argand;

import org.jspecify.annotations.NullMarked;
