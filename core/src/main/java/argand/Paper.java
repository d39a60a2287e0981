package argand;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The publication an algorithm follows; printed by `argand cite` and written into every result.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Paper {
  /// Authors, journal, volume, page, year: as one would write it in a reference list.
  String value();

  /// The digital object identifier, without a resolver in front of it.
  String doi();
}
