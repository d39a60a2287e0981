package argand.inverse;

/// A linear map of complex vectors, and its adjoint: ⟨A x, y⟩ = ⟨x, A* y⟩.
public interface LinearOperator {
  /// Length of A x.
  int rows();

  /// Length of x.
  int columns();

  /// into ← A x
  void apply(ComplexVector x, ComplexVector into);

  /// into ← A* y
  void applyAdjoint(ComplexVector y, ComplexVector into);
}
