/// Floor 5: what a reconstruction says about its measurement: how well it explains each view and
/// each detector pixel, and what spoiled them where it does not.
@NullMarked
package argand.judge;

import org.jspecify.annotations.NullMarked;
