package argand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `./argand` in doctored surroundings: a copy of the script that asks for Java 99, which no
/// machine has, among JDKs and a Maven made of a few lines of shell.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  // what is left of a PATH without java and mvn: links to the tools the script uses
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "basename",
          "cat",
          "cp",
          "date",
          "dirname",
          "find",
          "head",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail",
          "touch");

  @TempDir Path temp;
  private Path house;
  private Path bin;

  @BeforeEach
  void aHouseWithSpacesInItsPath() throws IOException {
    temp = temp.toRealPath();
    house = Files.createDirectories(temp.resolve("a house"));
    String script = Files.readString(Path.of("..").resolve("argand"));
    assertThat(script).contains("need=25\n");
    program(house.resolve("argand"), script.replace("need=25\n", "need=99\n"));
    bin = Files.createDirectories(temp.resolve("bin"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), find(tool));
    }
  }

  @Test
  void aRecentJdkIsTakenFromTheVariableMeantForIt() throws Exception {
    Path jdk = jdk(temp.resolve("jdk 99"), "99.0.1", true);
    var said = run(Map.of("ARGAND_JAVA_HOME", jdk.toString()), "--print-java-home");
    assertThat(said.code()).isZero();
    assertThat(said.out()).isEqualTo(jdk + "\n");
    assertThat(said.err()).isEmpty();
  }

  @Test
  void anOlderJavaOnThePathIsPassedOver() throws Exception {
    Path old = jdk(temp.resolve("jdk 17"), "17.0.15", true);
    Files.createSymbolicLink(bin.resolve("java"), old.resolve("bin/java"));
    Path right = jdk(temp.resolve("home/.jdks/here"), "99-ea", true);
    var said = run(Map.of("JAVA_HOME", old.toString()), "--print-java-home");
    assertThat(said.out()).isEqualTo(right + "\n");
  }

  @Test
  void aRecentJavaOnThePathIsFoundThroughItsLinks() throws Exception {
    Path right = jdk(temp.resolve("somewhere"), "100", true);
    Path alternatives = Files.createSymbolicLink(temp.resolve("alt"), right.resolve("bin/java"));
    Files.createSymbolicLink(bin.resolve("java"), alternatives);
    assertThat(run(Map.of(), "--print-java-home").out()).isEqualTo(right + "\n");
  }

  @Test
  void withoutAJdkItSaysWhatItSaw() throws Exception {
    Path old = jdk(temp.resolve("jdk 17"), "17.0.15", true);
    Path jre = jdk(temp.resolve("home/.jdks/jre"), "99", false);
    Files.createSymbolicLink(bin.resolve("java"), old.resolve("bin/java"));
    var said =
        run(
            Map.of("ARGAND_JAVA_HOME", "/no/such", "JAVA_HOME", old.toString()),
            "--print-java-home");
    assertThat(said.code()).isEqualTo(3);
    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .contains("ARGAND_JAVA_HOME is passed over:\n  /no/such (no JDK)")
        .contains("needs a JDK 99 or newer and found none")
        .containsOnlyOnce(old + " (Java 17)")
        .contains(jre + " (Java 99 without a compiler)")
        .contains("point ARGAND_JAVA_HOME to it");
  }

  @Test
  void itFindsItsHouseThroughALinkAndFromAnotherFolder() throws Exception {
    Path right = jdk(house.resolve(".runtime/jdk"), "99", true);
    Files.createSymbolicLink(temp.resolve("first"), Path.of("a house/argand"));
    Path link = Files.createSymbolicLink(temp.resolve("home-link"), temp.resolve("first"));
    assertThat(run(link, Map.of(), "--print-java-home").out()).isEqualTo(right + "\n");
    assertThat(run(Map.of("PATH", house + ":" + bin), "--print-java-home").out())
        .isEqualTo(right + "\n");
  }

  @Test
  void twoFirstStartsBuildOnce() throws Exception {
    jdk(house.resolve(".runtime/jdk"), "99", true);
    maven("sleep 1");
    var one = start(house.resolve("argand"), Map.of(), "demo", "a b");
    var two = start(house.resolve("argand"), Map.of(), "demo", "a b");
    for (Process process : List.of(one, two)) {
      assertThat(finish(process).out()).contains("started").contains("argand.cli.Main demo a b");
    }
    assertThat(Files.readAllLines(house.resolve("builds"))).hasSize(1);
    assertThat(house.resolve(".build/lock")).doesNotExist();
  }

  @Test
  void itBuildsAgainOnlyAfterAChange() throws Exception {
    jdk(house.resolve(".runtime/jdk"), "99", true);
    maven("");
    assertThat(run(Map.of(), "x").code()).isZero();
    assertThat(run(Map.of(), "x").code()).isZero();
    assertThat(Files.readAllLines(house.resolve("builds"))).hasSize(1);
    Files.setLastModifiedTime(
        house.resolve("core/src/main/A.java"), FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run(Map.of(), "x").err()).contains("building");
    assertThat(Files.readAllLines(house.resolve("builds"))).hasSize(2);
  }

  @Test
  void anAbandonedLockIsTakenOver() throws Exception {
    jdk(house.resolve(".runtime/jdk"), "99", true);
    maven("");
    var gone = new ProcessBuilder("sh", "-c", "true").start();
    gone.waitFor();
    Files.createDirectories(house.resolve(".build/lock"));
    Files.writeString(house.resolve(".build/lock/pid"), gone.pid() + "\n");
    assertThat(run(Map.of(), "x").out()).contains("started");
  }

  @Test
  void aFailedBuildShowsItsLogAndLeavesNoLock() throws Exception {
    jdk(house.resolve(".runtime/jdk"), "99", true);
    maven("echo the compiler complains; exit 1");
    var said = run(Map.of(), "x");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("the compiler complains").contains("the build failed");
    assertThat(house.resolve(".build/lock")).doesNotExist();
    assertThat(house.resolve(".build/current")).doesNotExist();
  }

  private record Said(int code, String out, String err) {}

  private Said run(Map<String, String> environment, String... arguments) throws Exception {
    return run(house.resolve("argand"), environment, arguments);
  }

  private Said run(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    return finish(start(script, environment, arguments));
  }

  private Process start(Path script, Map<String, String> environment, String... arguments)
      throws IOException {
    var builder = new ProcessBuilder(script.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(temp.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", temp.resolve("home").toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Said finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out, err);
  }

  /// A folder that looks like a JDK; its java says what it is asked to start.
  private static Path jdk(Path folder, String version, boolean compiler) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    program(folder.resolve("bin/java"), "#!/bin/sh\necho started \"$@\"\n");
    if (compiler) {
      program(folder.resolve("bin/javac"), "#!/bin/sh\n");
    }
    return folder;
  }

  /// Sources, and a Maven on the PATH that counts its builds.
  private void maven(String work) throws IOException {
    for (String module : List.of("core", "cli", "bench")) {
      Files.createDirectories(house.resolve(module).resolve("src/main"));
      Files.writeString(house.resolve(module).resolve("pom.xml"), "");
    }
    Files.createDirectories(house.resolve("examples"));
    Files.writeString(house.resolve("pom.xml"), "");
    Files.writeString(house.resolve("core/src/main/A.java"), "");
    program(
        bin.resolve("mvn"),
        """
        #!/bin/sh
        if [ "$1" = -v ]; then echo "Apache Maven 3.9.11"; exit 0; fi
        %s
        echo built >> builds
        mkdir -p cli/target/lib
        : > cli/target/lib/a.jar
        : > cli/target/argand-cli-1.jar
        """
            .formatted(work));
  }

  private static void program(Path path, String text) throws IOException {
    Files.writeString(path, text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path find(String tool) {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return Path.of(folder, tool);
      }
    }
    return Path.of("/bin", tool);
  }
}
