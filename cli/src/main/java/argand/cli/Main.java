package argand.cli;

/// The one `main`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.err.println("argand: nothing here yet");
    System.exit(2);
  }
}
