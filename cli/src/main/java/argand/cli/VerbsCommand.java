package argand.cli;

import argand.Paper;
import argand.array.InvalidInput;
import argand.recipe.Catalog;
import argand.recipe.Verb;
import argand.recipe.Verb.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `argand verbs`.
@Command(
    name = "verbs",
    description = "Every step of a recipe, or one with its parameters, units, defaults, papers.",
    mixinStandardHelpOptions = true)
final class VerbsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "VERB", arity = "0..1", description = "The name of a step.")
  private @Nullable String name;

  private final Terminal terminal;
  private final Set<Class<?>> described = new HashSet<>();

  VerbsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Catalog catalog = Catalog.installed();
    if (name == null) {
      catalog.makers().forEach(maker -> line(Verb.of(maker)));
      catalog.verbs().forEach(verb -> line(Verb.of(verb)));
      return 0;
    }
    describe(
        Verb.find(catalog, name)
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "verb",
                        "'" + name + "'",
                        "one of " + String.join(", ", catalog.names()),
                        "")));
    return 0;
  }

  private void line(Verb verb) {
    terminal
        .out()
        .printf(
            "%-16s %s%s%n",
            verb.name(), flow(verb), verb.paper().map(p -> "; " + p.value()).orElse(""));
  }

  private static String flow(Verb verb) {
    String takes =
        verb.isMaker() ? "nothing" : (verb.gathers() ? "many " : "") + verb.takes().getSimpleName();
    return takes + " → " + verb.gives().getSimpleName();
  }

  private void describe(Verb verb) {
    terminal.out().println(verb.name() + ": " + flow(verb));
    paper(verb.paper(), "");
    parameters(verb.parameters(), "  ");
  }

  private void parameters(List<Parameter> parameters, String indent) {
    for (Parameter parameter : parameters) {
      String rule =
          !parameter.byDefault().isEmpty()
              ? "default " + parameter.byDefault()
              : parameter.required() ? "required" : "optional";
      terminal
          .out()
          .println(
              indent
                  + parameter.name()
                  + " ("
                  + parameter.kind()
                  + "; "
                  + rule
                  + ") "
                  + parameter.about());
      for (var choice : parameter.choices()) {
        terminal.out().println(indent + "  " + choice.name());
        paper(choice.paper(), indent + "    ");
        if (described.add(choice.type())) {
          parameters(choice.parameters(), indent + "    ");
        } else if (!choice.parameters().isEmpty()) {
          terminal.out().println(indent + "    as above");
        }
      }
    }
  }

  private void paper(Optional<Paper> paper, String indent) {
    paper.ifPresent(p -> terminal.out().println(indent + p.value() + " doi:" + p.doi()));
  }
}
