package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.Reconstruction;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.simulate.SimulateExtendedScan;
import argand.simulate.StandardCase;
import org.junit.jupiter.api.Test;

/// A probe that grows by a fifth of its width over the scan, seen by the virtual instrument.
class VariableProbeTruthTest {
  private static final Maker.Made GROWING =
      SimulateExtendedScan.of(StandardCase.farField(64, 1)).widening(0.2).make(0, Watch.SILENT);
  private static final WaveModel VARIABLE = WaveModel.of(new VariableProbe(3, 5));

  @Test
  void aProbeThatGrowsByAFifthWithin4PercentAndAFixedOneTwiceAsFar() {
    var fixed = Ptychography.of(LsqMl.DEFAULT, 60);
    var found = fixed.withModel(VARIABLE).apply(GROWING.scan(), Watch.SILENT);
    double nrmse = nrmse(found);
    assertThat(nrmse).isLessThan(0.04);
    // the negative controls: the same engine, and one that is hard to throw
    assertThat(nrmse(fixed.apply(GROWING.scan(), Watch.SILENT))).isGreaterThan(2 * nrmse);
    assertThat(nrmse(Ptychography.of(Rpie.DEFAULT, 60).apply(GROWING.scan(), Watch.SILENT)))
        .isGreaterThan(2 * nrmse);
    // the width grows evenly from view to view, and so does the strongest weight
    var curves = requireNonNull(found.quality().figures().get("Probe variation"));
    assertThat(Math.abs(correlation(curves.getFirst().x(), curves.getFirst().y())))
        .isGreaterThan(0.95);
    assertThat(found.quality().metrics().get("probeVariation1"))
        .isGreaterThan(found.quality().metrics().get("probeVariation2"));
  }

  @Test
  void otherMethodsAreRefused() {
    assertThatThrownBy(() -> Ptychography.of(Rpie.DEFAULT, 5).withModel(VARIABLE))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("lsqMl")
        .hasMessageContaining("variableProbe");
  }

  private static double nrmse(Reconstruction result) {
    return requireNonNull(Comparison.between(result, GROWING.truth()).metrics().get("nrmse"));
  }

  private static double correlation(double[] x, double[] y) {
    double n = x.length;
    double sx = 0;
    double sy = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      sx += x[i];
      sy += y[i];
      xx += x[i] * x[i];
      yy += y[i] * y[i];
      xy += x[i] * y[i];
    }
    return (xy - sx * sy / n) / Math.sqrt((xx - sx * sx / n) * (yy - sy * sy / n));
  }
}
