package argand.multivariate;

import argand.array.Workers;

/// A way to put points into groups.
public sealed interface Clustering
    permits KMeans, GaussianMixture, Hierarchical, Dbscan, ClusteringPlugin {
  /// The groups.
  ///
  /// @param seed of everything random
  Partition of(Points points, long seed, Workers workers);
}
