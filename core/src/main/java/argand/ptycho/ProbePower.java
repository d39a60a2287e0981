package argand.ptycho;

import argand.Param;
import argand.array.Check;
import java.util.OptionalDouble;

/// How strong the beam is: every so many passes P ← s P, O ← O/s with s² Σ_m Σ|P_m|² = `counts`.
/// Exit waves stay as they are: only which part of their strength is the beam's and which the
/// sample's is put right. With the counts of a frame without the sample |O| is the transmission.
public record ProbePower(
    @Param("of one frame without the sample; absent: the mean of all frames") OptionalDouble counts,
    @Param(value = "passes from one correction to the next", byDefault = "10") int every) {
  public ProbePower {
    counts.ifPresent(value -> Check.within("counts", value, 1e-3, 1e18, "counts"));
    Check.atLeast("every", every, 1);
  }

  void correct(PtychoState state, double mean) {
    double power = 0;
    for (var probe : state.probes()) {
      power += probe.power();
    }
    if (!(power > 0)) {
      return;
    }
    double s = Math.sqrt(counts.orElse(mean) / power);
    state.probes().forEach(probe -> probe.scale(s));
    state.object().scale(1 / s);
  }
}
