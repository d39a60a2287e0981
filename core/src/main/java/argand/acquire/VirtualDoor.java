package argand.acquire;

import argand.array.InvalidInput;
import argand.phantom.MixedCathode;

/// `virtual` or `virtual:SEED`: the {@link VirtualBeamline} with a cathode in it.
public final class VirtualDoor implements BeamlineDoor {
  @Override
  public String scheme() {
    return "virtual";
  }

  @Override
  public Beamline open(String address) {
    long seed = 1;
    if (!address.isEmpty()) {
      try {
        seed = Long.parseLong(address);
      } catch (NumberFormatException e) {
        throw new InvalidInput("the virtual beamline", "“" + address + "”", "a seed", "virtual:7");
      }
    }
    var sample = new MixedCathode(13, 0, 0, 1, seed);
    return new VirtualBeamline(
        new VirtualBeamline.Settings(sample, 80, 3e-8, 5000, 2e5, 2e-9, 0.01, seed));
  }
}
