/// The command line: the one `main`.
@NullMarked
package argand.cli;

import org.jspecify.annotations.NullMarked;
