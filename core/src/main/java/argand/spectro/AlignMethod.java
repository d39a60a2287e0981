package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.register.JointRegistration.Magnification;
import argand.register.Transform.Model;
import java.nio.file.Path;

/// The ways to find how the images of a stack lie. The permits clause is the register.
public sealed interface AlignMethod
    permits AlignMethod.EdgeAware,
        AlignMethod.Pyramid,
        AlignMethod.PhaseCorrelation,
        AlignMethod.Given,
        AlignPlugin {
  /// Displacements, the mixture of the sample and the pattern that stays with the detector are
  /// found
  /// together from the whole stack, so that the change of contrast at the edge moves nothing; see
  /// {@link argand.register.JointRegistration}. No reference spectra and no reference image are
  /// needed; the images' mean place stays. Fewer images than components + 2 cannot tell so much:
  /// they are described by one map, without a pattern, after what is broader than some 40 pixels
  /// has
  /// been taken off each ({@link argand.register.FineStructure}).
  record EdgeAware(
      @Param(
              value = "maps times spectra that describe the sample; one too many does no harm",
              byDefault = "3")
          int components,
      @Param(
              value = "whether the scale stays, changes linearly with energy, or freely",
              byDefault = "none")
          Magnification magnification,
      @Param(
              value = "look for a pattern that stays with the detector, and take it out meanwhile",
              byDefault = "true")
          boolean pattern)
      implements AlignMethod {
    public EdgeAware {
      Check.within("components", components, 1, 10, "");
    }
  }

  /// Image on image by least squares from coarse to fine, see
  /// {@link argand.register.PyramidRegistration}.
  @Paper(
      value =
          "P. Thévenaz, U. E. Ruttimann, M. Unser, IEEE Trans. Image Process. 7, 27–41 (1998):"
              + " A pyramid approach to subpixel registration based on intensity",
      doi = "10.1109/83.650848")
  record Pyramid(
      @Param(value = "what images may do", byDefault = "translation") Model model,
      @Param(value = "the image that others are registered onto", byDefault = "image")
          AlignReference reference,
      @Param(value = "let contrast and brightness change from image to image", byDefault = "true")
          boolean contrast,
      @Param(
              value =
                  "look only at what is finer than some 40 pixels: for light that is uneven and does"
                      + " not move with the sample",
              byDefault = "false")
          boolean fine)
      implements AlignMethod {}

  /// The peak of the cross-correlation, see {@link argand.register.StackCorrelation}: displacements
  /// alone.
  @Paper(
      value =
          "M. Guizar-Sicairos, S. T. Thurman, J. R. Fienup, Opt. Lett. 33, 156–158 (2008):"
              + " Efficient subpixel image registration algorithms",
      doi = "10.1364/OL.33.000156")
  record PhaseCorrelation(
      @Param(
              value = "plain cross-correlation, or whitened: every frequency counts the same",
              byDefault = "plain")
          argand.register.PhaseCorrelation weight,
      @Param(
              value = "take out what stays with the detector, where there are five images or more",
              byDefault = "true")
          boolean pattern,
      @Param(
              value =
                  "image: first that one, then the mean of all as they lie, and it stays where it"
                      + " is; mean: likewise, and the images' mean place stays; previous: each onto"
                      + " the one before it",
              byDefault = "image")
          AlignReference reference)
      implements AlignMethod {}

  /// Transforms that were found before, by this step or by another program.
  record Given(@Param("text file that an align step has saved") Path transforms)
      implements AlignMethod {}
}
