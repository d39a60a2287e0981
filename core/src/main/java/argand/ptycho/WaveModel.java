package argand.ptycho;

import argand.Param;
import argand.array.InvalidInput;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the waves of a view are made of beside probe modes and one thin object. Everything absent,
/// the default, is the plain model.
public record WaveModel(
    @Param("a thick sample, as thin slices with free space between them") Optional<Slices> slices,
    @Param("a probe that changes from view to view") Optional<VariableProbe> variableProbe,
    @Param("a stage that moves while the shutter is open") Optional<FlyScan> flyScan,
    @Param("a sample that is not in one state") Optional<ObjectModes> objectModes) {
  /// Probe modes and one thin object.
  public static final WaveModel PLAIN =
      new WaveModel(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /// @throws InvalidInput when parts are asked for that do not go together
  public WaveModel {
    if (objectModes.isPresent() && slices.isPresent()) {
      throw new InvalidInput(
          "model",
          "slices and objectModes",
          "one of them",
          "a thick sample in several states has more unknowns than one scan can tell");
    }
  }

  /// One thin object is not enough.
  public static WaveModel of(Slices slices) {
    return new WaveModel(Optional.of(slices), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The probe changes from view to view.
  public static WaveModel of(VariableProbe probe) {
    return new WaveModel(Optional.empty(), Optional.of(probe), Optional.empty(), Optional.empty());
  }

  /// The stage moves while the shutter is open.
  public static WaveModel of(FlyScan scan) {
    return new WaveModel(Optional.empty(), Optional.empty(), Optional.of(scan), Optional.empty());
  }

  /// The sample is in several states.
  public static WaveModel of(ObjectModes modes) {
    return new WaveModel(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(modes));
  }

  /// True for probe modes and one thin object.
  public boolean plain() {
    return equals(PLAIN);
  }

  /// Whether a view says where its probe stood: a probe that changes would take up what a move
  /// does, and only a thin sample in one state has one slope under it.
  boolean letsProbeMove() {
    return slices.isEmpty() && variableProbe.isEmpty() && objectModes.isEmpty();
  }

  /// The parts that are present, as a recipe names them.
  String named() {
    return Stream.of(
            slices.map(s -> "slices"),
            variableProbe.map(v -> "variableProbe"),
            flyScan.map(f -> "flyScan"),
            objectModes.map(o -> "objectModes"))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  /// Number of slices.
  int depth() {
    return slices.map(s -> s.distances().size() + 1).orElse(1);
  }

  /// Places in which the probe is seen during one exposure.
  int steps() {
    return flyScan.map(FlyScan::steps).orElse(1);
  }

  /// Number of ways in which the probe may change.
  int variations() {
    return variableProbe.map(VariableProbe::variations).orElse(0);
  }

  /// Number of incoherent modes of the object.
  int states() {
    return objectModes.map(ObjectModes::count).orElse(1);
  }

  /// Number of objects that are solved for: slices, or modes.
  int layers() {
    return depth() * states();
  }
}
