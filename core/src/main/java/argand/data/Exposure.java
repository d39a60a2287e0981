package argand.data;

import argand.array.Check;
import argand.array.InvalidInput;
import java.util.Optional;

/// How long spectra were collected and in what beam, one number for each spectrum.
///
/// @param realTime by the clock [s]
/// @param liveTime in which the detector could count [s]
/// @param deadShare 1 − live time over real time, where the file says only that: 0 … 1
/// @param incident photons that met the sample, or readings of a monitor
/// @param photons whether `incident` are photons; else they are proportional to them
public record Exposure(
    Optional<double[]> realTime,
    Optional<double[]> liveTime,
    Optional<double[]> deadShare,
    Optional<double[]> incident,
    boolean photons) {
  /// Nothing known.
  public static final Exposure UNKNOWN =
      new Exposure(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  public Exposure {
    realTime.ifPresent(t -> positive("real time", t));
    liveTime.ifPresent(t -> positive("live time", t));
    deadShare.ifPresent(
        shares -> {
          for (double share : shares) {
            if (!(share >= 0 && share < 1)) {
              throw new InvalidInput(
                  "the dead time", share + " of the real time", "0 … 1, less than 1", "");
            }
          }
        });
    if (realTime.isPresent() && liveTime.isPresent()) {
      Check.same("number of live times", liveTime.get().length, realTime.get().length);
      for (int j = 0; j < realTime.get().length; j++) {
        double real = realTime.get()[j];
        double live = liveTime.get()[j];
        // clocks of a detector tick in steps of up to a millisecond
        if (live > real * 1.001 + 1e-3) {
          throw new InvalidInput(
              "the live time of spectrum " + (j + 1),
              live + " s of " + real + " s real time",
              "no more than the real time",
              "are they exchanged?");
        }
      }
    }
  }

  private static void positive(String what, double[] seconds) {
    for (int j = 0; j < seconds.length; j++) {
      if (!(seconds[j] >= 0) || Double.isInfinite(seconds[j])) {
        throw new InvalidInput(
            "the " + what + " of spectrum " + (j + 1), seconds[j] + " s", "0 s or more", "");
      }
    }
  }

  public static Exposure ofTimes(double[] realTime, double[] liveTime) {
    return UNKNOWN.withTimes(Optional.of(realTime), Optional.of(liveTime));
  }

  public Exposure withTimes(Optional<double[]> real, Optional<double[]> live) {
    return new Exposure(real, live, deadShare, incident, photons);
  }

  public Exposure withDeadShare(double[] shares) {
    return new Exposure(realTime, liveTime, Optional.of(shares), incident, photons);
  }

  /// @param arePhotons else readings of a monitor
  public Exposure withIncident(double[] values, boolean arePhotons) {
    return new Exposure(realTime, liveTime, deadShare, Optional.of(values), arePhotons);
  }

  /// Whether the share of counts that the detector missed is known.
  public boolean knowsDeadTime() {
    return deadShare.isPresent() || realTime.isPresent() && liveTime.isPresent();
  }

  /// Live time over real time of spectrum `index`: what share of the photons was counted.
  ///
  /// @throws InvalidInput where neither both times nor the share are known
  public double liveShare(int index) {
    if (deadShare.isPresent()) {
      return 1 - deadShare.get()[index];
    }
    if (realTime.isEmpty() || liveTime.isEmpty()) {
      throw new InvalidInput(
          "the dead time",
          "not in the data",
          "live and real time of each spectrum, or the dead share",
          "give it to readSpectra: deadShare, or liveTime and realTime; deadShare: 0 where the"
              + " counts are corrected");
    }
    double real = realTime.get()[index];
    return real > 0 ? liveTime.get()[index] / real : Double.NaN;
  }

  /// Of some of the spectra, in this order.
  public Exposure select(int[] indices) {
    return new Exposure(
        realTime.map(all -> some(all, indices)),
        liveTime.map(all -> some(all, indices)),
        deadShare.map(all -> some(all, indices)),
        incident.map(all -> some(all, indices)),
        photons);
  }

  private static double[] some(double[] all, int[] indices) {
    double[] some = new double[indices.length];
    for (int k = 0; k < some.length; k++) {
      some[k] = all[indices[k]];
    }
    return some;
  }

  /// @throws InvalidInput unless everything known is known of so many spectra
  void mustBeOf(int spectra) {
    of("real times", realTime, spectra);
    of("live times", liveTime, spectra);
    of("dead times", deadShare, spectra);
    of("incident intensities", incident, spectra);
  }

  private static void of(String what, Optional<double[]> values, int spectra) {
    if (values.isPresent() && values.get().length != spectra) {
      throw new InvalidInput(
          "the number of " + what,
          values.get().length + " for " + spectra + " spectra",
          "one for each spectrum",
          "");
    }
  }
}
