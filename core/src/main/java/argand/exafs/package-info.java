/// Extended X-ray absorption fine structure: from the absorption of one spectrum to the distances
/// of
/// the neighbours. Numbers in, numbers out; what works on stacks of images is in `spectro`.
///
/// In this package, and nowhere else, distances are Å and wave numbers of the photo-electron Å⁻¹,
/// as
/// in every paper, table and program of the field; recipes write the unit.
@NullMarked
package argand.exafs;

import org.jspecify.annotations.NullMarked;
