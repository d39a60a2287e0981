package argand.array.kernel;

import java.util.ArrayList;
import java.util.List;

/// The tables of a mixed-radix transform of one length: n = R₁ R₂ … R_p with radices 2, 3, 4, 5, 7,
/// 8.
///
/// Decimation in frequency. Pass l works on blocks of N_l = n / (R₁ … R_{l−1}) elements: butterfly
/// j of a block takes the elements j + q N_l / R_l and multiplies output k by exp(−2πi j k / N_l).
/// After the last pass position b R_p + q holds output `order[b] + q n / R_p`: digit reversal, done
/// for free by the addresses of the last stores.
final class RadixPlan {
  final int length;
  final int[] radices;

  /// For each pass but the last: for each butterfly, R − 1 triples (cos, sin, −sin).
  final float[][] turns;

  /// For each block of the last pass, the first of the outputs it writes.
  final int[] order;

  /// 0, 1, 2, …: the order of the passes that stay in place.
  final int[] inPlace;

  private RadixPlan(int length, int[] radices) {
    this.length = length;
    this.radices = radices;
    int last = radices.length - 1;
    this.turns = new float[last][];
    int block = length;
    for (int pass = 0; pass < last; pass++) {
      turns[pass] = turns(block, radices[pass]);
      block /= radices[pass];
    }
    this.order = order(length, radices);
    this.inPlace = new int[length / radices[0]];
    for (int j = 0; j < inPlace.length; j++) {
      inPlace[j] = j;
    }
  }

  /// True when the length has no prime factor above 7.
  static boolean reaches(int length) {
    return length >= 2 && withoutSmallFactors(length) == 1;
  }

  private static int withoutSmallFactors(int length) {
    int rest = length;
    for (int factor : new int[] {2, 3, 5, 7}) {
      while (rest % factor == 0) {
        rest /= factor;
      }
    }
    return rest;
  }

  /// Odd radices first, then a 2 or one or two 4, then 8s: the first pass strides through the
  /// image, where a small radix touches fewer cache sets at a time.
  static RadixPlan of(int length) {
    List<Integer> radices = new ArrayList<>();
    int rest = oddRadices(length, radices);
    int twos = Integer.numberOfTrailingZeros(rest);
    int eights = twos / 3;
    switch (twos % 3) {
      case 1 -> {
        if (eights > 0) {
          eights--;
          radices.add(4);
          radices.add(4);
        } else {
          radices.add(2);
        }
      }
      case 2 -> radices.add(4);
      default -> {}
    }
    for (int k = 0; k < eights; k++) {
      radices.add(8);
    }
    return of(length, radices);
  }

  /// The same for a length that is a multiple of 4, ending with radix 4.
  static RadixPlan endingWithFour(int length) {
    List<Integer> radices = new ArrayList<>();
    int rest = oddRadices(length, radices);
    int twos = Integer.numberOfTrailingZeros(rest);
    if (twos % 2 == 1) {
      radices.add(twos == 3 ? 2 : 8);
      twos -= twos == 3 ? 1 : 3;
    }
    for (int k = 0; k < twos / 2; k++) {
      radices.add(4);
    }
    return of(length, radices);
  }

  private static RadixPlan of(int length, List<Integer> radices) {
    return new RadixPlan(length, radices.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int oddRadices(int length, List<Integer> radices) {
    int rest = length;
    for (int radix : new int[] {7, 5, 3}) {
      while (rest % radix == 0) {
        radices.add(radix);
        rest /= radix;
      }
    }
    if (Integer.bitCount(rest) != 1) {
      throw new IllegalArgumentException("no radices for length " + length);
    }
    return rest;
  }

  private static float[] turns(int block, int radix) {
    int butterflies = block / radix;
    float[] turns = new float[butterflies * (radix - 1) * 3];
    int t = 0;
    for (int j = 0; j < butterflies; j++) {
      for (int k = 1; k < radix; k++) {
        double angle = -2 * Math.PI * ((long) j * k % block) / block;
        turns[t++] = (float) Math.cos(angle);
        turns[t++] = (float) Math.sin(angle);
        turns[t++] = (float) -Math.sin(angle);
      }
    }
    return turns;
  }

  private static int[] order(int length, int[] radices) {
    int last = radices.length - 1;
    int[] order = new int[length / radices[last]];
    for (int b = 0; b < order.length; b++) {
      // b counts blocks with the digit of the first pass as the most significant one; in the output
      // it is the least.
      int rest = b;
      int output = 0;
      int weight = order.length;
      for (int pass = last - 1; pass >= 0; pass--) {
        weight /= radices[pass];
        output += weight * (rest % radices[pass]);
        rest /= radices[pass];
      }
      order[b] = output;
    }
    return order;
  }
}
