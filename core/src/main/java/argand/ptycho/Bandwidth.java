package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.Quality;
import java.util.Locale;

/// The width of the band of energies, from the frames. With β the full width at half maximum ÷ the
/// energy, which `bandwidth` begins with, intensities change linearly with β² where the blur is
/// small, so that is what is sought:
///
///     β² ← max(0, β² + g/H),   H = Σ w J²,  g = Σ w J (I_j − I),  J = ∂I/∂β²              (1)
///     σ² = Σ_j (g_j − h_j g/H)² / H²                                                      (2)
///
/// over all views: a Gauss–Newton step of the likelihood of shot noise, all else held, J by a
/// difference between two bands ({@link NormalEquations}). (2) is the scatter of what the views say
/// one by one; object and probe are taken as known, so it is a lower bound. Anything else that
/// blurs more towards the edge is taken for a band: an error of the distance does not, but pixels
/// that add up finer speckles do, which `upsampling` has in its model.
public record Bandwidth(
    @Param(value = "first pass after which it is refined", byDefault = "10") int from,
    @Param(value = "passes from one refinement to the next", byDefault = "2") int every)
    implements PtychoRefinement {
  /// After every second pass from the tenth.
  public static final Bandwidth DEFAULT = new Bandwidth(10, 2);

  /// Standard deviations by which β² must lie above zero to be a finding.
  private static final double SURE = 3;

  public Bandwidth {
    Check.atLeast("from", from, 1);
    Check.atLeast("every", every, 1);
  }

  @Override
  public Refiner refiner(PtychoModel model, Constraints constraints, Workers workers) {
    if (model.monochromatic()) {
      throw new InvalidInput(
          "refine",
          "the bandwidth of light of one wavelength",
          "a bandwidth to begin with",
          "say bandwidth: 1 %, or what the monochromator should let through");
    }
    return new Refiner() {
      @Override
      public void refine(PtychoState state) {
        double square = square(model) + BandSteps.all(model, state, workers).step(0)[0];
        model.setBandwidth(Math.sqrt(Math.clamp(square, 0, MOST * MOST))); // (1)
      }

      @Override
      public Quality found(PtychoState state) {
        return said(square(model), BandSteps.deviation(model, state, workers));
      }
    };
  }

  /// As `bandwidth` allows.
  private static final double MOST = 0.2;

  private static double square(PtychoModel model) {
    return model.bandwidth() * model.bandwidth();
  }

  private static Quality said(double square, double deviation) {
    double width = Math.sqrt(square);
    double most = Math.sqrt(square + SURE * deviation);
    boolean sure = square > SURE * deviation;
    double sigma = sure ? deviation / (2 * width) : most / SURE;
    String sentence =
        sure
            ? String.format(
                Locale.ROOT,
                "The frames are explained best by a band of %.3g %% of the energy (full width at"
                    + " half maximum), ± %.2g %% as far as views agree.",
                100 * width,
                100 * sigma)
            : String.format(
                Locale.ROOT,
                "The frames show no band of energies: it is narrower than %.2g %% (full width at"
                    + " half maximum, 3 σ as far as views agree).",
                100 * most);
    return Quality.NONE
        .withMetric("bandwidth", width)
        .withMetric("bandwidthSigma", sigma)
        .withVerdict(sentence);
  }
}
