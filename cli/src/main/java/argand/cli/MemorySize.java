package argand.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `8G`, `512M`, `1.5 GiB`, `800000000` → bytes.
final class MemorySize implements ITypeConverter<Long> {
  private static final Pattern SIZE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kKmMgGtT]?)(?:i?[bB])?");
  private static final Map<String, Integer> SHIFT =
      Map.of("", 0, "K", 10, "M", 20, "G", 30, "T", 40);

  @Override
  public Long convert(String written) {
    var parts = SIZE.matcher(written.strip());
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + written + "' is no size; write for example 8G or 512M");
    }
    double bytes =
        Double.parseDouble(parts.group(1))
            * (1L << SHIFT.getOrDefault(parts.group(2).toUpperCase(Locale.ROOT), 0));
    if (bytes < 1) {
      throw new TypeConversionException(
          "'" + written + "' is no size; write for example 8G or 512M");
    }
    return (long) bytes;
  }
}
