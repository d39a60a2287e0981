package argand.flow;

import java.util.List;

/// What another jar adds to recipes: verbs, makers, and records that come in at the open doors of
/// sealed families (`AlignPlugin`, `ClusteringPlugin`, `DenoisePlugin`, `PriorPlugin`). Found by
/// {@link java.util.ServiceLoader}:
/// the
/// jar names its class in `META-INF/services/argand.flow.Plugin`.
///
/// Its records are written in recipes, described by `argand verbs` and cited as those that Argand
/// brings along, by `@Param` and `@Paper`. File formats have services of their own.
public interface Plugin {
  /// Records that are steps.
  default List<Class<? extends Step<?, ?>>> verbs() {
    return List.of();
  }

  /// Records that compute measurements.
  default List<Class<? extends Maker>> makers() {
    return List.of();
  }

  /// Records that implement an open door.
  default List<Class<? extends Record>> choices() {
    return List.of();
  }
}
