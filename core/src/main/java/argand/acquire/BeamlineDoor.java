package argand.acquire;

import argand.array.InvalidInput;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// How beamlines are found by name: a control system, of which a jar on the class path may bring
/// one (EPICS, TANGO), announced as a service.
public interface BeamlineDoor {
  /// What stands before the colon of an address: `virtual`.
  String scheme();

  /// @param address what stands behind the colon; may be nothing
  /// @throws InvalidInput where there is no such beamline
  /// @throws DeviceTrouble where it does not answer
  Beamline open(String address);

  /// Opens `scheme` or `scheme:address`.
  ///
  /// @throws InvalidInput where no door has this scheme
  static Beamline find(String name) {
    int colon = name.indexOf(':');
    String scheme = colon < 0 ? name : name.substring(0, colon);
    List<BeamlineDoor> doors =
        ServiceLoader.load(BeamlineDoor.class).stream().map(ServiceLoader.Provider::get).toList();
    return doors.stream()
        .filter(door -> door.scheme().equals(scheme))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInput(
                    "the beamline",
                    "“" + scheme + "”",
                    doors.stream().map(BeamlineDoor::scheme).collect(Collectors.joining(" or ")),
                    "other control systems come with a jar on the class path"))
        .open(colon < 0 ? "" : name.substring(colon + 1));
  }
}
