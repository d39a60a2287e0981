/// Floor 6: reading and keeping. Every foreign sign, axis and unit is turned into ours here, once.
@NullMarked
package argand.file;

import org.jspecify.annotations.NullMarked;
