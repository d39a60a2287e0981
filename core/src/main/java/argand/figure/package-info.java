/// Floor 6: pictures, plots and the report.
@NullMarked
package argand.figure;

import org.jspecify.annotations.NullMarked;
