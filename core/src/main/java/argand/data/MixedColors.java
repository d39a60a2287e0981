package argand.data;

import argand.array.Check;
import argand.array.InvalidInput;
import java.util.List;
import java.util.Optional;

/// Two or three maps to be shown in one picture, each by its own colour: a pixel is the sum of the
/// colours, each times where its map's value lies between `low` and `high` (0 … 1), times how
/// bright the pixel is.
///
/// @param brightness the map that dims the picture where there is little of anything
public record MixedColors(List<Channel> channels, Optional<Brightness> brightness) {
  /// One map and its colour.
  ///
  /// @param low value that adds nothing
  /// @param high value that adds the whole colour
  public record Channel(String map, Tint tint, double low, double high) {
    public Channel {
      if (!(high > low)) {
        throw new InvalidInput(
            "the colours of " + map, low + " … " + high, "a low value below the high one", "");
      }
    }
  }

  /// A map that is black at 0 and bright at `full`.
  public record Brightness(String map, double full) {}

  /// A colour, each of its three lights 0 or 1.
  public enum Tint {
    RED(0xff0000),
    GREEN(0x00ff00),
    BLUE(0x0000ff),
    CYAN(0x00ffff),
    MAGENTA(0xff00ff),
    YELLOW(0xffff00);

    private final int rgb;

    Tint(int rgb) {
      this.rgb = rgb;
    }

    /// 0xRRGGBB
    public int rgb() {
      return rgb;
    }
  }

  public MixedColors {
    Check.within("maps in one picture", channels.size(), 2, 3, "");
    channels = List.copyOf(channels);
  }

  /// Names of the maps, in order.
  public List<String> maps() {
    return channels.stream().map(Channel::map).toList();
  }
}
