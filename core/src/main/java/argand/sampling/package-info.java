/// Floor 5: how well a measurement samples the sample, judged from geometry, positions and frames
/// before anything is reconstructed.
@NullMarked
package argand.sampling;

import org.jspecify.annotations.NullMarked;
