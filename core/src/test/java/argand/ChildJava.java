package argand;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;

/// What a test needs to start a second Java with its own classes.
public final class ChildJava {
  private ChildJava() {}

  /// The program `java` that runs this.
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The path of this test's classes, however they were loaded.
  public static String classPath() {
    if (!(ChildJava.class.getClassLoader() instanceof URLClassLoader loader)) {
      return System.getProperty("java.class.path");
    }
    var paths = new ArrayList<String>();
    try {
      for (URL url : loader.getURLs()) {
        paths.add(Path.of(url.toURI()).toString());
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path is of paths", e);
    }
    return String.join(File.pathSeparator, paths);
  }
}
