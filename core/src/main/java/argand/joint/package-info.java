/// Solvers that couple what two techniques measure of one sample.
@NullMarked
package argand.joint;

import org.jspecify.annotations.NullMarked;
