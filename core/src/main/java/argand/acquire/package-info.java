/// Measuring: planned exposures, the devices that make them, and the frames they leave on disk.
@NullMarked
package argand.acquire;

import org.jspecify.annotations.NullMarked;
