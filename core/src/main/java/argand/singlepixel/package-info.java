/// Floor 6: images from detectors without pixels: structured illumination, single-pixel imaging.
@NullMarked
package argand.singlepixel;

import org.jspecify.annotations.NullMarked;
