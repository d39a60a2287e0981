/// Finding order in many points: clusters, principal components, non-negative factors, outliers.
/// Points are read in blocks, so that there may be more than memory holds.
@NullMarked
package argand.multivariate;

import org.jspecify.annotations.NullMarked;
