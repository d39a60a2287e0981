/// X-ray fluorescence: from spectra to areas of lines, and from areas to amounts.
@NullMarked
package argand.xrf;

import org.jspecify.annotations.NullMarked;
