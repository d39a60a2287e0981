package argand.cli;

/// The one `main`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandTree(Terminal.system()).run(arguments));
  }
}
