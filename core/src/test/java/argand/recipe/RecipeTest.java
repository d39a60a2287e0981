package argand.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.file.FileTrouble;
import argand.recipe.TestVerbs.Method;
import argand.recipe.TestVerbs.Open;
import argand.recipe.TestVerbs.Solve;
import argand.recipe.TestVerbs.Trim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
  private static final String HEAD = "argand: 1\ntitle: A star\nof: [a.cxi, b/*.cxi]\neach:\n";

  @Test
  void aWholeRecipeBecomesRecords() {
    Recipe recipe =
        bind(
            HEAD
                + """
                  - open: {energy: 12.658 keV, focusDistance: 3.65 mm, regime: nearField, profile: p/q.yaml}
                  - trim:
                      size: 256
                      centre: {row: 1.5, column: 2}
                      names: [iron, 'true', 3]
                  - solve: {method: {raar: {}}, iterations: 1e2, seed: 123456789012}
                then:
                  - gather
                """);
    assertThat(recipe.title()).isEqualTo("A star");
    assertThat(recipe.of())
        .isEqualTo(new Inputs.Files(List.of("a.cxi", "b/*.cxi"), Path.of("/data")));
    var open = (Open) recipe.each().get(0);
    assertThat(open.energyEv()).isEqualTo(OptionalDouble.of(12658));
    assertThat(open.focusDistance()).isEqualTo(OptionalDouble.of(3.65e-3));
    assertThat(open.regime()).contains(TestVerbs.Regime.NEAR_FIELD);
    assertThat(open.profile()).contains(Path.of("/data/p/q.yaml"));
    var trim = (Trim) recipe.each().get(1);
    assertThat(trim.energiesEv()).containsExactly(700.0, 710.0);
    assertThat(trim.names()).containsExactly("iron", "true", "3");
    assertThat(trim.share()).isEqualTo(0.05);
    assertThat(trim.centre()).contains(new Trim.Centre(1.5, 2));
    assertThat(recipe.each().get(2))
        .isEqualTo(new Solve(new Method.SetProjection.Raar(0.75), 100, 123456789012L));
    assertThat(recipe.then()).hasSize(1);
  }

  @Test
  void aSimulationMayStandInPlaceOfFiles() {
    Recipe recipe = bind("argand: 1\nof: {invent: {photons: 2e5}}\neach: [open]\n");
    assertThat(recipe.of()).isEqualTo(new Inputs.Made(new TestVerbs.Invent(2e5)));
    assertThat(recipe.title()).isEqualTo("star");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - open: {energy: 708.5}                | star.yaml line 5, each[0].open.energy is '708.5' without a unit; expected a number with one of the units eV, keV, MeV, meV, J; write 708.5 eV if that is what you mean
          - open: {energy: 7 kev}                | star.yaml line 5, each[0].open.energy is '7 kev' in the unknown unit kev; expected a number with one of the units eV, keV, MeV, meV, J; did you mean keV?
          - open: {energy: .inf}                 | star.yaml line 5, each[0].open.energy is '.inf'; expected a number with one of the units eV, keV, MeV, meV, J
          - open: {energy: 1e999 eV}             | star.yaml line 5, each[0].open.energy is '1e999 eV'; expected a finite number
          - open: {regime: farfield}             | star.yaml line 5, each[0].open.regime is 'farfield'; expected one of farField, nearField; did you mean farField?
          - open: {enrgy: 1 eV}                  | star.yaml line 5, each[0].open.enrgy is not a parameter; expected one of energy, focusDistance, regime, profile; did you mean energy?
          - open: [1]                            | star.yaml line 5, each[0].open is a list of 1; expected a table with the keys energy, focusDistance, regime, profile
          - opne: {}                             | star.yaml line 5, each[0].opne is not a step; expected one of open, trim, solve, gather; did you mean open?
          - {open: {}, trim: {}}                 | star.yaml line 5, each[0] is a table with open, trim; expected exactly one step; indent the parameters below the name of the step
          - trim: {size: 2.5}                    | star.yaml line 5, each[0].trim.size is '2.5'; expected a whole number
          - trim: {size: 3000000000}             | star.yaml line 5, each[0].trim.size is '3000000000'; expected a whole number from -2147483648 to 2147483647
          - trim: {size: 1, size: 2}             | star.yaml line 5, size is a second time; expected each key once; it stands on line 5
          - trim: {}                             | star.yaml line 5, each[0].trim.size is missing; expected pixels to keep
          - trim: {size: 1, keep: yes}           | star.yaml line 5, each[0].trim.keep is 'yes'; expected true or false
          - trim: {size: 1, share: 5 m}          | star.yaml line 5, each[0].trim.share is '5 m'; expected a number without a unit
          - trim: {size: 1, names: a}            | star.yaml line 5, each[0].trim.names is 'a'; expected a list: [… , …]
          - trim: {size: 1, energies: [1 eV, 2]} | star.yaml line 5, each[0].trim.energies[1] is '2' without a unit; expected a number with one of the units eV, keV, MeV, meV, J; write 2 eV if that is what you mean
          - solve: {iterations: 0}               | star.yaml line 5, each[0].solve.iterations is 0; expected at least 1
          - solve: {method: rpi, iterations: 1}  | star.yaml line 5, each[0].solve.method is 'rpi'; expected one of rpie, epie, raar; did you mean rpie?
          - solve: {iterations: 9}               | star.yaml line 5, each[0].solve is given a RawFile; expected a DiffractionScan; put open before it
          - gather: {}                           | star.yaml line 5, each[0].gather is a step that gathers; expected it to stand first in then
          - open: *x                             | star.yaml line 5 is the alias *x; expected a value; aliases are not used in recipes
          """)
  void aWrongStepIsRefusedInOneSentence(String step, String sentence) {
    assertThatThrownBy(() -> bind(HEAD + "  " + step + "\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(sentence);
  }

  @Test
  void theLineOfTheKeyIsNamedNotThatOfTheStep() {
    String text = HEAD + "  - open: {}\n  - solve:\n      method: rpie\n      iteratons: 5\n";
    assertThatThrownBy(() -> bind(text))
        .hasMessage(
            "star.yaml line 8, each[1].solve.iteratons is not a parameter; expected one of method,"
                + " iterations, seed; did you mean iterations?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'of: a.cxi'                                  | star.yaml line 1, argand is missing; expected the version of the format; begin the recipe with: argand: 1
          'argand: 2'                                  | star.yaml line 1, argand is '2'; expected 1; begin the recipe with: argand: 1
          'argand: 1\\neach: [open]'                   | star.yaml line 1, of is missing; expected files or a simulation
          'argand: 1\\nof: a.cxi'                      | star.yaml line 1, each is missing; expected a list of steps
          'argand: 1\\nof: a.cxi\\neach: []'           | star.yaml line 3, each is empty; expected at least one step
          'argand: 1\\nof: []\\neach: [open]'          | star.yaml line 2, of is empty; expected at least one file
          'argand: 1\\nof: a\\neach: [open]\\nthan: []'| star.yaml line 4, than is not a part of a recipe; expected one of argand, title, of, each, then, quick, targets; did you mean then?
          'argand: 1\\nof: a\\neach: {open: {}}'       | star.yaml line 3, each is a table with open; expected a list of steps; begin every step with a dash
          'argand: 1\\nof: {invnt: {}}\\neach: [open]' | star.yaml line 2, of is 'invnt'; expected one of invent; did you mean invent?
          'argand: 1\\nof: a\\neach: [open]\\nthen: [open]' | star.yaml line 4, then[0].open is not a step that gathers; expected then to begin with one that gathers all
          'hello'                                      | star.yaml line 1 is 'hello'; expected a recipe; begin the recipe with: argand: 1
          ''                                           | star.yaml line 1 is empty; expected a recipe; begin the recipe with: argand: 1
          'argand: 1\\n of: a'                         | star.yaml line 2, column 4 is not valid YAML (mapping values are not allowed here); check the indentation, the brackets and that a space follows every colon
          'argand: [1, 2\\nof: a'                      | star.yaml line 2, column 3 is not valid YAML (while parsing a flow sequence, expected ',' or ']', but got :); check the indentation, the brackets and that a space follows every colon
          'argand: 1\\n---\\nof: a'                    | star.yaml line 3 is the start of a second document; expected one recipe a file
          """)
  void aWrongHeaderIsRefusedInOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> bind(text.replace("\\n", "\n")))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(sentence);
  }

  @Test
  void settingsChangeTheRecipeBeforeItIsBound() {
    String text = HEAD + "  - open\n  - solve: {method: rpie, iterations: 5}\n";
    var recipe =
        file(text)
            .with(
                List.of(
                    "title=Another",
                    "each.open.energy=8 keV",
                    "each[1].solve.iterations=7",
                    "each.solve.method.rpie.alpha=0.5",
                    "of=c.cxi"))
            .bind(TestVerbs.CATALOG);
    assertThat(recipe.title()).isEqualTo("Another");
    assertThat(recipe.of()).isEqualTo(new Inputs.Files(List.of("c.cxi"), Path.of("/data")));
    assertThat(((Open) recipe.each().get(0)).energyEv()).hasValue(8000);
    assertThat(recipe.each().get(1)).isEqualTo(new Solve(new Method.Rpie(0.5), 7, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          iterations                  | --set is 'iterations'; expected path=value; for example each.ptychography.iterations=50
          each..x=1                   | --set is 'each..x=1'; expected path=value; for example each.ptychography.iterations=50
          each.sovle.iterations=5     | --set each.sovle.iterations=5 is not possible: there is no sovle in each; expected one of open, solve, solve; did you mean solve?
          each.solve.iterations=5     | --set each.solve.iterations=5 is ambiguous: each has solve more than once; write each[1].solve or each[2].solve
          each[9].solve.iterations=5  | --set each[9].solve.iterations=5 is not possible: each has no [9]; expected 0 … 2
          each[1].solve.iterations=x  | --set each[1].solve.iterations=x, each[1].solve.iterations is 'x'; expected a whole number
          each[1].solve.iters=4       | --set each[1].solve.iters=4, each[1].solve.iters is not a parameter; expected one of method, iterations, seed
          title.x=1                   | --set title.x=1 is not possible: title is 'A star'
          title=[1                    | --set title=[1 is not valid YAML (while parsing a flow sequence, expected ',' or ']', but got <stream end>); check the indentation, the brackets and that a space follows every colon
          """)
  void aWrongSettingIsRefusedInOneSentence(String setting, String sentence) {
    String text = HEAD + "  - open\n  - solve: {iterations: 5}\n  - solve: {iterations: 5}\n";
    assertThatThrownBy(() -> file(text).with(List.of(setting)).bind(TestVerbs.CATALOG))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(sentence);
  }

  @Test
  void quickIsAListOfSettings() {
    String text = HEAD + "  - open\n  - solve: {iterations: 5}\nquick: [each.solve.iterations=2]\n";
    assertThat(((Solve) file(text).quick().bind(TestVerbs.CATALOG).each().get(1)).iterations())
        .isEqualTo(2);
    assertThat(((Solve) bind(text).each().get(1)).iterations()).isEqualTo(5);
  }

  @Test
  void aRecipeThatIsNoTextIsRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> RecipeFile.read(folder)).isInstanceOf(FileTrouble.class);
    assertThatThrownBy(() -> RecipeFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(FileTrouble.class)
        .hasMessageEndingWith("there is no such file");
    Path data = Files.write(folder.resolve("data.h5"), new byte[] {(byte) 0x89, 'H', 'D', 'F'});
    assertThatThrownBy(() -> RecipeFile.read(data).bind(TestVerbs.CATALOG))
        .hasMessage(
            "data.h5 is not UTF-8 text (byte 0); expected a recipe in YAML; is it a data file?");
  }

  private static Recipe bind(String text) {
    return file(text).bind(TestVerbs.CATALOG);
  }

  private static RecipeFile file(String text) {
    return new RecipeFile(
        "star.yaml", text.getBytes(StandardCharsets.UTF_8), Path.of("/data"), List.of());
  }
}
