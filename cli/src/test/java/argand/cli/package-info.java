@NullMarked
package argand.cli;

import org.jspecify.annotations.NullMarked;
