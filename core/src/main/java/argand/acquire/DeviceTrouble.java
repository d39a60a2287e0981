package argand.acquire;

/// A device does not do what it was told: which, what was found, what was expected.
public final class DeviceTrouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DeviceTrouble(String device, String found, String expected) {
    super(device + ": found " + found + ", expected " + expected);
  }
}
