package argand;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The floors of the house: a package sees lower floors only, siblings never see each other, and
/// guests each live in one room.
class FloorsTest {
  /// Package below `argand` → floor. A new package must be entered here.
  private static final Map<String, Integer> FLOORS =
      Map.ofEntries(
          Map.entry("", 0),
          Map.entry("array", 1),
          Map.entry("array.kernel", 1),
          Map.entry("inverse", 2),
          Map.entry("physics", 2),
          Map.entry("multivariate", 2),
          Map.entry("neural", 2),
          Map.entry("segment", 2),
          Map.entry("exafs", 3),
          Map.entry("phantom", 3),
          Map.entry("register", 3),
          Map.entry("data", 4),
          Map.entry("metric", 4),
          Map.entry("flow", 5),
          Map.entry("sampling", 5),
          Map.entry("judge", 5),
          Map.entry("file", 6),
          Map.entry("figure", 6),
          Map.entry("prepare", 6),
          Map.entry("simulate", 6),
          Map.entry("ptycho", 6),
          Map.entry("quality", 6),
          Map.entry("spectro", 6),
          Map.entry("spectroptycho", 6),
          Map.entry("singlepixel", 6),
          Map.entry("xrf", 6),
          Map.entry("acquire", 7),
          Map.entry("joint", 7),
          Map.entry("recipe", 8),
          Map.entry("run", 9));

  /// Packages that are one room in two parts, or whose meeting is meant: `data` holds what `metric`
  /// measures.
  private static final List<List<String>> NEIGHBOURS =
      List.of(
          List.of("array", "array.kernel"),
          List.of("array.kernel", "array"),
          List.of("metric", "data"),
          List.of("judge", "sampling"));

  /// Who reads the tables of X-ray physics: what matter does to a beam, and what lines it sends
  /// back.
  private static final List<String> TABLES =
      List.of("argand.physics.Material", "argand.physics.FluorescenceLines");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages("argand");

  @Test
  void everyPackageHasAFloor() {
    assertThat(CLASSES).hasSizeGreaterThan(100);
    var unknown = new TreeSet<String>();
    for (JavaClass c : CLASSES) {
      if (!FLOORS.containsKey(room(c.getPackageName()))) {
        unknown.add(c.getPackageName());
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void packagesSeeLowerFloorsOnly() {
    var breaches = new TreeSet<String>();
    for (JavaClass c : CLASSES) {
      for (var dependency : c.getDirectDependenciesFromSelf()) {
        check(
            c.getPackageName(),
            dependency.getTargetClass().getPackageName(),
            c.getName(),
            breaches);
      }
      for (String permitted : permitted(c)) {
        check(
            c.getPackageName(),
            permitted.substring(0, permitted.lastIndexOf('.')),
            c.getName(),
            breaches);
      }
    }
    assertThat(breaches).isEmpty();
  }

  @Test
  void aBreachWouldBeSeen() {
    var breaches = new TreeSet<String>();
    check("argand.array", "argand.run", "control", breaches);
    check("argand.ptycho", "argand.file", "control", breaches);
    check("argand.run", "argand.array", "control", breaches);
    assertThat(breaches).hasSize(2);
  }

  @Test
  void guestsLiveInOneRoom() {
    var breaches = new TreeSet<String>();
    for (JavaClass c : CLASSES) {
      for (var dependency : c.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getPackageName();
        String room = room(c.getPackageName());
        boolean vector = target.startsWith("jdk.incubator.vector") && !room.equals("array.kernel");
        boolean hdf5 =
            (target.startsWith("org.bytedeco")) && !c.getName().startsWith("argand.file.Hdf5");
        boolean tables = target.startsWith("com.github.tschoonj") && !TABLES.contains(c.getName());
        if (vector || hdf5 || tables) {
          breaches.add(c.getName() + " → " + target);
        }
      }
    }
    assertThat(breaches).isEmpty();
  }

  private static void check(String from, String to, String who, TreeSet<String> breaches) {
    if (!to.equals("argand") && !to.startsWith("argand.")) {
      return;
    }
    String a = room(from);
    String b = room(to);
    if (a.equals(b) || NEIGHBOURS.contains(List.of(a, b))) {
      return;
    }
    if (FLOORS.getOrDefault(b, 99) >= FLOORS.getOrDefault(a, -1)) {
      breaches.add(who + " (" + a + ") sees " + b);
    }
  }

  /// ArchUnit does not see `permits`; the class itself does.
  private static List<String> permitted(JavaClass c) {
    var names = new ArrayList<String>();
    Class<?>[] permitted = c.reflect().getPermittedSubclasses();
    if (permitted != null) {
      for (Class<?> one : permitted) {
        names.add(one.getName());
      }
    }
    return names;
  }

  private static String room(String packageName) {
    return packageName.equals("argand") ? "" : packageName.substring("argand.".length());
  }
}
