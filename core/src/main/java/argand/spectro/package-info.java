/// Spectromicroscopy of absorption edges: from counts at many energies to chemical maps with their
/// errors. Every verb takes an {@link argand.data.EnergyStack} and gives one.
@NullMarked
package argand.spectro;

import org.jspecify.annotations.NullMarked;
