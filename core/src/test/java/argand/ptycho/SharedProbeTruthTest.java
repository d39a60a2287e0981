package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.phantom.Texture;
import argand.physics.Optics;
import argand.simulate.FermatSpiral;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Two samples, few views of each, one probe.
class SharedProbeTruthTest {
  private static final int VIEWS = 12;
  private static final SimulateScan PLAIN = StandardCase.farField(64, 1);

  private static Maker.Made scan(long seed, Optics optics) {
    var s = PLAIN;
    double pixel = s.geometry().sample().pixelY();
    return new SimulateScan(
            s.beam(),
            s.distance(),
            s.size(),
            s.pixel(),
            s.regime(),
            s.focusDistance(),
            new Texture(8 * pixel, 0.6, 1, 2, seed),
            optics,
            new FermatSpiral(11 * pixel, VIEWS),
            s.detector(),
            0,
            s.startProbe(),
            2,
            2,
            seed)
        .make(0, Watch.SILENT);
  }

  private static double nrmse(Reconstruction result, Maker.Made made) {
    return requireNonNull(Comparison.between(result, made.truth()).metrics().get("nrmse"));
  }

  private static List<Reconstruction> together(Ptychography how, List<Maker.Made> all) {
    var scans = all.stream().map(Maker.Made::scan).toList();
    return SharedProbe.fields(new SharedProbe(how).gather(scans, Watch.SILENT), scans);
  }

  /// Measured NRMSE of the first two alone 0.24, 0.16; two together 0.116, 0.113; three together
  /// 0.079, 0.071.
  @Test
  void scansOfTwelveViewsAreBetterTogetherThanAlone() {
    var optics = PLAIN.optics();
    var first = scan(1, optics);
    var second = scan(2, optics);
    var plain = Ptychography.of(Rpie.DEFAULT, 100);
    var two = together(plain, List.of(first, second));
    var three = together(plain, List.of(first, second, scan(3, optics)));
    double alone = nrmse(plain.apply(first.scan(), Watch.SILENT), first);
    double other = nrmse(plain.apply(second.scan(), Watch.SILENT), second);
    assertThat(nrmse(two.get(0), first)).isLessThan(0.75 * alone);
    assertThat(nrmse(two.get(1), second)).isLessThan(0.75 * other);
    assertThat(nrmse(three.get(0), first)).isLessThan(0.5 * alone);
    assertThat(nrmse(three.get(1), second)).isLessThan(0.5 * other);
    // the negative control: the second was lit by another probe
    var strange = together(plain, List.of(first, scan(2, PLAIN.startProbe().orElseThrow())));
    assertThat(nrmse(strange.get(0), first)).isGreaterThan(1.3 * nrmse(two.get(0), first));
  }

  @Test
  void masksAndPositionsStayThoseOfEachScan() {
    var made = scan(1, PLAIN.optics());
    var scan = made.scan();
    boolean[] good = Mask.all(scan.frames().grid()).good();
    good[7] = false;
    var masked =
        new DiffractionScan(
            scan.geometry(),
            scan.positions(),
            scan.frames(),
            Optional.of(new Mask(scan.frames().grid(), good)),
            scan.probe(),
            scan.source());
    var joined = SharedProbe.joined(List.of(scan, masked));
    var frame = new RealField(scan.frames().grid());
    joined.frames().read(VIEWS - 1, frame);
    assertThat(frame.values()[7]).isNotNaN();
    joined.frames().read(VIEWS, frame);
    assertThat(frame.values()[7]).isNaN();
    assertThat(frame.values()[8]).isNotNaN();
    double width = scan.geometry().sample().columns() * scan.geometry().sample().pixelX();
    double[] x = joined.positions().x();
    for (int j = 0; j < VIEWS; j++) {
      for (int k = VIEWS; k < 2 * VIEWS; k++) {
        assertThat(x[k] - x[j]).as("no view sees two fields").isGreaterThan(width);
      }
    }
  }

  @Test
  void whatWasNotMeasuredAlikeIsRefused() {
    var made = scan(1, PLAIN.optics());
    var shared = new SharedProbe(Ptychography.of(Rpie.DEFAULT, 5));
    assertThatThrownBy(() -> shared.gather(List.of(made.scan()), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("two or more");
    var far = StandardCase.farField(32, 1).make(0, Watch.SILENT).scan();
    assertThatThrownBy(() -> shared.gather(List.of(made.scan(), far), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("scan 2");
    assertThatThrownBy(
            () -> new SharedProbe(Ptychography.of(Rpie.DEFAULT, 5).refining(Positions.DEFAULT)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("positions");
  }
}
