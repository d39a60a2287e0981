package argand.simulate;

import argand.physics.FluorescenceLines;
import argand.physics.LineGroup;
import java.util.List;
import java.util.SplittableRandom;

/// Counts photon by photon: each arrives at its time, is absorbed at its depth, may lose a K photon
/// of the crystal through either side, some of its charge near the front, and is counted as one
/// with those that come before the electronics can tell them apart. Peaks, tails, escape peaks,
/// pile-up and dead time follow; none is a formula.
///
///     depth z = −ln u / μ,   charge E (1 − q e^{−z/d}),   variance ε F E + noise²
///
/// A way that is drawn longer than the crystal leads through it.
final class PulseTrain {
  private static final double FWHM = 2 * Math.sqrt(2 * Math.log(2));

  private final PulseDetector detector;
  private final List<PhotonSource> sources;
  private final double pairEv;
  private final double noise;
  private final double[] ownEv;
  private final double[] ownShare;
  private final double[] ownAttenuation;

  PulseTrain(PulseDetector detector, List<PhotonSource> sources) {
    this.detector = detector;
    this.sources = sources;
    pairEv = detector.element().pairEv();
    noise = detector.noiseEv() / FWHM;
    var own =
        FluorescenceLines.perVacancy(
            new LineGroup(detector.element().symbol(), LineGroup.Family.K));
    double all = own.stream().mapToDouble(FluorescenceLines.Line::crossSection).sum();
    ownEv = own.stream().mapToDouble(FluorescenceLines.Line::energyEv).toArray();
    ownShare = own.stream().mapToDouble(l -> l.crossSection() / all).toArray();
    ownAttenuation =
        own.stream().mapToDouble(l -> detector.element().attenuation(l.energyEv())).toArray();
  }

  /// One spectrum.
  ///
  /// @param whole of each source the photons that were counted alone and lost no K photon
  record Counted(float[] counts, int[] whole, double liveTime) {}

  /// @param rates of the photons of each source at the crystal [1/s]
  Counted count(double[] rates, double seconds, SplittableRandom random) {
    double[] cumulative = new double[rates.length];
    double rate = 0;
    for (int k = 0; k < rates.length; k++) {
      rate += rates[k];
      cumulative[k] = rate;
    }
    float[] counts = new float[detector.channels()];
    int[] whole = new int[rates.length];
    double time = 0;
    double busyUntil = 0;
    double openUntil = -1;
    double busy = 0;
    double pulse = 0;
    int alone = -1;
    boolean open = false;
    while (rate > 0) {
      time += -Math.log(1 - random.nextDouble()) / rate;
      if (time >= seconds) {
        break;
      }
      if (time >= busyUntil && open) {
        record(pulse, alone, counts, whole, random);
        open = false;
      }
      if (time < busyUntil && time >= openUntil) {
        continue;
      }
      int source = source(cumulative, random.nextDouble() * rate);
      double left = deposited(sources.get(source), random);
      double energy = Math.abs(left);
      if (energy < detector.thresholdEv()) {
        continue;
      }
      if (open) {
        pulse += energy;
        alone = -1;
      } else {
        open = true;
        pulse = energy;
        alone = left > 0 ? source : -1;
        openUntil = time + detector.pairResolution();
        busyUntil = time + detector.deadTime();
        busy += Math.min(detector.deadTime(), seconds - time);
      }
    }
    if (open) {
      record(pulse, alone, counts, whole, random);
    }
    return new Counted(counts, whole, seconds - busy);
  }

  private static int source(double[] cumulative, double at) {
    int k = 0;
    while (k < cumulative.length - 1 && cumulative[k] <= at) {
      k++;
    }
    return k;
  }

  /// Charge in units of energy; negative where a K photon escaped, 0 where nothing was absorbed.
  private double deposited(PhotonSource source, SplittableRandom random) {
    int bin = source.bin(random.nextDouble());
    double energy = source.energyEv()[bin] + source.widthEv() * (random.nextDouble() - 0.5);
    double depth = -Math.log(1 - random.nextDouble()) / source.attenuation()[bin];
    if (depth > detector.thickness()) {
      return 0;
    }
    double sign = 1;
    if (random.nextDouble() < source.escaping()[bin]) {
      int line = line(random.nextDouble());
      double cos = 2 * random.nextDouble() - 1;
      double way = cos < 0 ? depth / -cos : (detector.thickness() - depth) / Math.max(cos, 1e-12);
      if (-Math.log(1 - random.nextDouble()) / ownAttenuation[line] > way) {
        energy -= ownEv[line];
        sign = -1;
      }
    }
    return sign * energy * (1 - detector.loss() * Math.exp(-depth / detector.lossDepth()));
  }

  private int line(double share) {
    double left = share;
    for (int k = 0; k < ownShare.length; k++) {
      left -= ownShare[k];
      if (left < 0) {
        return k;
      }
    }
    return ownShare.length - 1;
  }

  private void record(
      double pulse, int alone, float[] counts, int[] whole, SplittableRandom random) {
    double sigma = Math.sqrt(noise * noise + pairEv * detector.fano() * pulse);
    double measured = pulse + sigma * random.nextGaussian();
    long channel = Math.round((measured - detector.zeroEv()) / detector.gainEv());
    if (channel >= 0 && channel < counts.length) {
      counts[(int) channel]++;
      if (alone >= 0) {
        whole[alone]++;
      }
    }
  }
}
