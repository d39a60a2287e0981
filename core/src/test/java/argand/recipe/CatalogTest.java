package argand.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import argand.Param;
import argand.array.InvalidInput;
import argand.data.Product;
import argand.flow.Step;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
  @Test
  void namesAreUnique() {
    assertThat(Catalog.ARGAND.names()).doesNotHaveDuplicates();
  }

  @Test
  void everyVerbIsARecordWhoseParametersExplainThemselves() {
    for (Class<?> type : records()) {
      assertThat(type.isRecord()).as(type.getName()).isTrue();
      for (var component : type.getRecordComponents()) {
        assertThat(component.getAnnotation(Param.class))
            .as(type.getSimpleName() + "." + component.getName())
            .isNotNull();
      }
    }
  }

  /// A key leaves out the unit at the end of a component's name, so two components may share one.
  @Test
  void noKeyStandsForTwoParameters() {
    for (Class<?> type : records()) {
      assertThat(Names.keys(type)).as(type.getName()).doesNotHaveDuplicates();
    }
    record Twice(double tail, double tailEv) {}
    assertThat(Names.keys(Twice.class)).containsExactly("tail", "tail");
  }

  @Test
  void everyDefaultCanBeBound() {
    for (Class<?> type : records()) {
      try {
        new Binder(Path.of("/")).record(type, Yaml.read("empty", ""), "x");
      } catch (InvalidInput e) {
        // what has no default may be missing; a default must be readable
        assertThat(e.getMessage()).as(type.getName()).doesNotContain("default of");
      }
    }
  }

  @Test
  void everyVerbSaysWhatItTakesAndGives() {
    for (Class<? extends Step<?, ?>> type : Catalog.ARGAND.verbs()) {
      Verb verb = Verb.of(type);
      assertThat(verb.takes().getName()).startsWith("argand.data.");
      assertThat(verb.gives().getName()).startsWith("argand.data.");
      // of no verb only that it works on something: those of stacks and scans say so by an
      // interface
      assertThat(verb.takes()).as(verb.name()).isNotEqualTo(Product.class);
      assertThat(verb.gives()).as(verb.name()).isNotEqualTo(Product.class);
    }
  }

  private static List<Class<?>> records() {
    var all = new ArrayList<Class<?>>();
    Catalog.ARGAND.verbs().forEach(verb -> collect(verb, all));
    Catalog.ARGAND.makers().forEach(maker -> collect(maker, all));
    return all;
  }

  private static void collect(Class<?> type, List<Class<?>> all) {
    if (all.contains(type)) {
      return;
    }
    all.add(type);
    for (var component : type.getRecordComponents()) {
      within(component.getGenericType()).forEach(part -> collect(part, all));
    }
  }

  /// The records that are written below a parameter: its own, those of its choices, those of a list
  /// or of one that may be missing.
  private static List<Class<?>> within(Type type) {
    if (type instanceof ParameterizedType listed) {
      return Arrays.stream(listed.getActualTypeArguments())
          .flatMap(t -> within(t).stream())
          .toList();
    }
    if (!(type instanceof Class<?> one)) {
      return List.of();
    }
    return one.isSealed() ? Names.family(one) : one.isRecord() ? List.of(one) : List.of();
  }
}
