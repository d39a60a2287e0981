package argand.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.flow.ImageFile;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import argand.sampling.Absorber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// The verbs of this package as recipes write them.
class PrepareRecipeTest {
  private static final OptionalInt NONE = OptionalInt.empty();

  record Open() implements Step.One<RawFile, DiffractionScan> {
    @Override
    public Class<RawFile> takes() {
      return RawFile.class;
    }

    @Override
    public Class<DiffractionScan> gives() {
      return DiffractionScan.class;
    }

    @Override
    public DiffractionScan apply(RawFile input, Watch watch) {
      return Scans.numbered(Regime.FAR_FIELD, 12, 15);
    }
  }

  private static List<Step<?, ?>> steps(String each) {
    var verbs = new ArrayList<>(Catalog.ARGAND.verbs());
    verbs.add(Open.class);
    String text = "argand: 1\nof: a.cxi\neach:\n  - open: {}\n" + each;
    var recipe =
        new RecipeFile("test.yaml", text.getBytes(StandardCharsets.UTF_8), Path.of("."), List.of())
            .bind(new Catalog(verbs, List.of()));
    return recipe.each().subList(1, recipe.each().size());
  }

  @Test
  void everyVerbIsWrittenAsOneLine() {
    assertThat(
            steps(
                """
                  - crop: {size: 256}
                  - crop: {rows: 200, columns: 100, centerRow: 120, centerColumn: 60}
                  - bin
                  - bin: {factor: 4}
                  - maskPixels
                  - maskPixels:
                      rectangles: [{row: 0, column: 40, rows: 256, columns: 4}]
                      discs: [{row: 128, column: 128, radius: 5.5}]
                      above: 1e6
                      unusable: false
                  - center
                  - center: {row: 130, column: 127}
                """))
        .containsExactly(
            Crop.middle(256),
            new Crop(
                NONE,
                OptionalInt.of(200),
                OptionalInt.of(100),
                OptionalInt.of(120),
                OptionalInt.of(60)),
            new Bin(2),
            new Bin(4),
            new MaskPixels(List.of(), List.of(), OptionalDouble.empty(), true),
            new MaskPixels(
                List.of(new MaskPixels.Rectangle(0, 40, 256, 4)),
                List.of(new MaskPixels.Disc(128, 128, 5.5)),
                OptionalDouble.of(1e6),
                false),
            Center.found(),
            new Center(OptionalInt.of(130), OptionalInt.of(127)));
  }

  @Test
  void conditioningIsWrittenInWords() {
    var none = OptionalDouble.empty();
    assertThat(
            steps(
                """
                  - calibrate: {dark: {file: darks.tif}, gain: singleQuanta, saturation: 65535}
                  - calibrate: {gain: {known: {perQuantum: 12.5}}, empty: 0.5, bloom: 1}
                  - mergeExposures: {exposures: [0.1 s, 1 s], order: blocks}
                  - mergeBursts: {frames: 10, keep: 0.8}
                  - beamStop
                  - beamStop: {row: 100, column: 90, share: 0.2, rim: 3}
                  - subtractBackground
                  - subtractBackground: {from: {corners: {degree: 2}}, keep: true}
                  - subtractBackground: {from: {level: {counts: 0.3}}}
                  - subtractBackground: {from: {image: {image: {file: air.h5}, scale: 2}}}
                """))
        .containsExactly(
            new Calibrate(
                Optional.of(ImageFile.of(Path.of("darks.tif").toAbsolutePath())),
                Optional.empty(),
                new Gain.SingleQuanta(),
                OptionalDouble.of(65535),
                0,
                none,
                none),
            new Calibrate(
                Optional.empty(),
                Optional.empty(),
                new Gain.Known(12.5),
                none,
                1,
                none,
                OptionalDouble.of(0.5)),
            new MergeExposures(List.of(0.1, 1.0), MergeExposures.Order.BLOCKS),
            new MergeBursts(10, 6, 0.8),
            BeamStop.defaults(),
            new BeamStop(OptionalInt.of(100), OptionalInt.of(90), 0.2, 3),
            new SubtractBackground(new Background.Corners(1.1, 0), false),
            new SubtractBackground(new Background.Corners(1.1, 2), true),
            new SubtractBackground(new Background.Level(0.3), false),
            new SubtractBackground(
                new Background.Image(ImageFile.of(Path.of("air.h5").toAbsolutePath()), 2), false));
  }

  @Test
  void whatTheSampleAbsorbsIsWrittenAsFormulaOrNumber() {
    var none = OptionalDouble.empty();
    assertThat(
            steps(
                """
                  - estimateDose: {absorber: {compound: {formula: LiFePO4}}}
                  - estimateDose: {absorber: {coefficient: {massAttenuation: 2.5 cm2/g}}}
                """))
        .containsExactly(
            new EstimateDose(new Absorber.Compound("LiFePO4"), 1, 1, none, 0.1),
            new EstimateDose(new Absorber.Coefficient(0.25), 1, 1, none, 0.1));
    assertThatThrownBy(
            () -> steps("  - estimateDose: {absorber: {compound: {formula: protein}}}\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("'protein'");
  }

  @Test
  void aCropWithoutASizeIsRefusedAtItsLine() {
    assertThatThrownBy(() -> steps("  - crop: {rows: 5}\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("test.yaml line 5")
        .hasMessageContaining("crop: {size: 256}");
  }
}
