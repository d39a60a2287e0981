package argand.multivariate;

/// The open door: a way to put points into groups from another jar, a record named by its {@link
/// argand.flow.Plugin}.
public non-sealed interface ClusteringPlugin extends Clustering {}
