package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.MixedColors;
import argand.data.MixedColors.Brightness;
import argand.data.MixedColors.Channel;
import argand.data.MixedColors.Tint;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Asks the report for two or three maps in one picture, each in its own colour, as bright as a
/// further map says; see {@link MixedColors}.
public record ColorMix(
    @Param("maps of earlier steps, each with its colour") List<Part> maps,
    @Param("the map that dims the picture, such as thickness") Optional<String> brightness)
    implements StackStep {
  private static final List<Tint> TINTS = List.of(Tint.RED, Tint.GREEN, Tint.BLUE);
  private static final double BRIGHT = 0.98;

  /// One map.
  public record Part(
      @Param("name of the map") String map,
      @Param("its colour; without it red, green, blue in order") Optional<Tint> color,
      @Param(value = "value that adds nothing", byDefault = "0") double low,
      @Param("value that adds the whole colour; without it 1 for shares, else the greatest")
          OptionalDouble high) {}

  public ColorMix {
    maps = List.copyOf(maps);
    if (maps.size() < 2 || maps.size() > 3) {
      throw new InvalidInput("maps", maps.size() + " maps", "two or three", "");
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var channels = new ArrayList<Channel>();
    for (int k = 0; k < maps.size(); k++) {
      var part = maps.get(k);
      var map = found(stack, part.map());
      double top = upper(map, stack);
      double high = part.high().orElse(map.unit().isEmpty() && top <= 1.2 ? 1 : top);
      channels.add(new Channel(part.map(), part.color().orElse(TINTS.get(k)), part.low(), high));
    }
    var light = brightness.map(name -> new Brightness(name, upper(found(stack, name), stack)));
    return stack
        .withFindings(stack.findings().with(new MixedColors(channels, light)))
        .withStep("colorMix of " + maps.stream().map(Part::map).toList());
  }

  private static FoundMap found(EnergyStack stack, String name) {
    var image = NamedImage.of(stack, name);
    if (stack.findings().map(name).isEmpty()) {
      throw new InvalidInput("map", name, "a map that a step before has found", "");
    }
    return image;
  }

  /// What all but two in a hundred good pixels lie below.
  private static double upper(FoundMap map, EnergyStack stack) {
    float[] values = new float[map.values().values().length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      float value = map.values().values()[i];
      if (stack.mask().good()[i] && Float.isFinite(value)) {
        values[n++] = value;
      }
    }
    Arrays.sort(values, 0, n);
    double top = n == 0 ? 1 : values[(int) (BRIGHT * (n - 1))];
    return top > 0 ? top : 1;
  }
}
