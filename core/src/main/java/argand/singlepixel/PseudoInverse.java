package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import java.util.ArrayList;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/// Direct inversion: the shortest x that explains the signals,
///
///     x = Aᵀ (A Aᵀ + ε² s 1)⁻¹ y,   or (AᵀA + ε² s 1)⁻¹ Aᵀ y with more patterns than pixels,
///
/// s the mean diagonal, ε the tolerance: singular values below ε of their root mean square are left
/// alone. In double precision. Noise comes through undamped; it is a measure of patterns rather
/// than
/// a way to images.
@Paper(
    value =
        "R. Penrose, A generalized inverse for matrices, Proc. Camb. Philos. Soc. 51, 406 (1955)",
    doi = "10.1017/S0305004100030401")
public record PseudoInverse(
    @Param(
            value = "share of the mean singular value below which nothing counts",
            byDefault = "1e-6")
        double tolerance)
    implements PatternMethod {
  public PseudoInverse {
    Check.within("tolerance", tolerance, 1e-12, 1, "");
  }

  @Override
  public Maps solve(Problem p) {
    var a = p.operator();
    var inverse = new Factor(a, tolerance, p.workers());
    var maps = new ArrayList<Map>();
    for (var signal : p.signals()) {
      maps.add(
          new Map(
              inverse.image(signal.values()),
              Optional.empty(),
              "none: direct inversion",
              Double.NaN,
              Double.NaN));
    }
    return new Maps(maps, java.util.List.of());
  }

  /// Of one set of patterns, for many signals.
  static final class Factor {
    private final SensingOperator a;
    private final boolean few;
    private final org.ejml.interfaces.linsol.LinearSolverDense<DMatrixRMaj> solver;

    Factor(SensingOperator a, double tolerance, Workers workers) {
      this.a = a;
      few = a.count() <= a.grid().size();
      var gram = few ? Gram.of(a.rows(), a.count(), workers) : columns(a, workers);
      double trace = 0;
      for (int i = 0; i < gram.numRows; i++) {
        trace += gram.get(i, i);
      }
      for (int i = 0; i < gram.numRows; i++) {
        gram.add(i, i, tolerance * tolerance * trace / gram.numRows);
      }
      solver = LinearSolverFactory_DDRM.symmPosDef(gram.numRows);
      if (!solver.setA(gram)) {
        throw new InvalidInput(
            "the set of patterns", "singular", "patterns that differ", "raise the tolerance");
      }
    }

    /// A⁺ y
    RealField image(double[] y) {
      var right = new DMatrixRMaj(few ? y : a.applyAdjoint(y));
      var solution = new DMatrixRMaj(right.numRows, 1);
      solver.solve(right, solution);
      double[] x = few ? a.applyAdjoint(solution.data) : solution.data;
      var image = new RealField(a.grid());
      for (int i = 0; i < image.values().length; i++) {
        image.values()[i] = (float) x[i];
      }
      return image;
    }

    private static DMatrixRMaj columns(SensingOperator a, Workers workers) {
      int n = a.grid().size();
      var gram = new DMatrixRMaj(n, n);
      workers.forEach(
          n,
          (k, worker) -> {
            for (int i = 0; i < a.count(); i++) {
              float[] row = a.row(i);
              double by = row[k];
              int start = k * n;
              for (int l = 0; l < n; l++) {
                gram.data[start + l] += by * row[l];
              }
            }
          });
      return gram;
    }
  }
}
