package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;

/// How an image is made quieter. The permits clause is the register.
public sealed interface DenoiseMethod
    permits DenoiseMethod.Median,
        DenoiseMethod.SelectiveMedian,
        DenoiseMethod.NonLocalMeans,
        DenoiseMethod.BlockMatching,
        DenoisePlugin {
  /// The median of a square around each pixel.
  record Median(@Param(value = "the square has 2 radius + 1 rows", byDefault = "1") int radius)
      implements DenoiseMethod {
    public Median {
      Check.within("radius", radius, 1, 10, "");
    }
  }

  /// The median, only in pixels that are further from it than their noise allows: spikes go, the
  /// rest stays as it was measured.
  record SelectiveMedian(
      @Param(value = "the square has 2 radius + 1 rows", byDefault = "1") int radius,
      @Param(value = "standard deviations that a pixel may be off", byDefault = "5") double sigmas)
      implements DenoiseMethod {
    public SelectiveMedian {
      Check.within("radius", radius, 1, 10, "");
      Check.within("sigmas", sigmas, 1, 100, "");
    }
  }

  /// The mean of pixels whose surroundings look alike, with weights exp(−max(d² − 2σ², 0)/(hσ)²),
  /// d²
  /// the mean square difference of two patches.
  @Paper(
      value =
          "Buades, Coll & Morel, A non-local algorithm for image denoising, CVPR 2005, vol. 2, 60",
      doi = "10.1109/CVPR.2005.38")
  record NonLocalMeans(
      @Param(value = "a patch has 2 patch + 1 rows", byDefault = "2") int patch,
      @Param(value = "furthest pixel compared with", byDefault = "6") int distance,
      @Param(value = "h, in standard deviations of the noise", byDefault = "0.6") double strength)
      implements DenoiseMethod {
    public NonLocalMeans {
      Check.within("patch", patch, 1, 10, "");
      Check.within("distance", distance, 1, 50, "");
      Check.within("strength", strength, 0.05, 10, "");
    }
  }

  /// Blocks that look alike are stacked, and filtered in the spectrum of the stack; see {@link
  /// BlockMatchingFilter}.
  @Paper(
      value =
          "Dabov, Foi, Katkovnik & Egiazarian, Image denoising by sparse 3-D transform-domain"
              + " collaborative filtering, IEEE Trans. Image Process. 16, 2080 (2007)",
      doi = "10.1109/TIP.2007.901238")
  record BlockMatching(
      @Param(value = "furthest block compared with", byDefault = "12") int distance)
      implements DenoiseMethod {
    public BlockMatching {
      Check.within("distance", distance, 2, 50, "");
    }
  }
}
