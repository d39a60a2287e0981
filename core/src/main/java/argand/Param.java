package argand;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a parameter means to a person, its unit and its default; recipe, help, schema and forms are
/// made from it.
///
/// Without a default the recipe must give the parameter, unless its type is `Optional…`. With a
/// unit the recipe must give one too: `708.5 eV`, `3.65 mm`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
  /// One line for a person.
  String value();

  /// The unit in which the record holds the number (`m`, `eV`, `rad`, `s`, …); empty for pure
  /// numbers.
  String unit() default "";

  /// The default as it would be written in a recipe; empty for none.
  String byDefault() default "";
}
