package argand.phantom;

import argand.phantom.OscillatorAtom.Line;
import argand.phantom.OscillatorAtom.Shell;
import java.util.List;

/// Atoms of the samples over energy. Away from their edges they follow the tables of Henke,
/// Gullikson & Davis, At. Data Nucl. Data Tables 54, 181 (1993): strengths are a least-squares fit
/// to f₁ and f₂ there; edges of valence electrons stand for all that lies below.
final class Atoms {
  private Atoms() {}

  static final OscillatorAtom LITHIUM =
      new OscillatorAtom(0, List.of(new Shell(54.7, 3.0076, 0.2)), List.of());

  static final OscillatorAtom CARBON =
      new OscillatorAtom(3.466, List.of(new Shell(284.2, 2.2689, 0.2)), List.of());

  static final OscillatorAtom OXYGEN =
      new OscillatorAtom(6.051, List.of(new Shell(543.1, 1.6273, 0.2)), List.of());

  static final OscillatorAtom PHOSPHORUS =
      new OscillatorAtom(8.568, List.of(new Shell(300, 4.5771, 0.5)), List.of());

  /// Fe of this oxidation state: its L edges lie higher with each electron less, and its white
  /// lines
  /// differ.
  private static OscillatorAtom iron(double l3, double l2, List<Line> lines) {
    return new OscillatorAtom(
        7.6854,
        List.of(new Shell(200, 7.4875, 0.4), new Shell(l3, 3.345, 0.8), new Shell(l2, 1.6725, 1.2)),
        lines);
  }

  /// High-spin Fe²⁺ in an octahedron of oxygen, as in LiFePO₄: main line 708.2 eV and a shoulder
  /// behind it.
  static final OscillatorAtom IRON_II =
      iron(
          709.0,
          722.0,
          List.of(
              Line.ofHeight(708.2, 78, 0.9),
              Line.ofHeight(709.9, 22, 1.3),
              Line.ofHeight(711.6, 8, 2.0),
              Line.ofHeight(720.5, 22, 1.6),
              Line.ofHeight(721.9, 12, 2.0)));

  /// High-spin Fe³⁺ in an octahedron of oxygen, as in FePO₄: a small line at 708.4 eV, the main one
  /// at 710.2 eV.
  static final OscillatorAtom IRON_III =
      iron(
          710.2,
          723.3,
          List.of(
              Line.ofHeight(708.4, 22, 0.9),
              Line.ofHeight(710.2, 85, 1.1),
              Line.ofHeight(712.4, 14, 2.0),
              Line.ofHeight(721.6, 20, 1.7),
              Line.ofHeight(723.4, 22, 2.0)));

  /// Fe³⁺ in Fe₂O₃: the same as in a phosphate, lines 0.1 and 0.4 eV lower.
  static final OscillatorAtom IRON_OXIDE =
      iron(
          709.9,
          723.0,
          List.of(
              Line.ofHeight(708.3, 40, 0.9),
              Line.ofHeight(709.8, 88, 1.0),
              Line.ofHeight(712.0, 14, 2.0),
              Line.ofHeight(721.3, 22, 1.7),
              Line.ofHeight(723.0, 22, 2.0)));

  /// Around its L₃ edge, with the white line of a rare earth.
  static final OscillatorAtom GADOLINIUM =
      new OscillatorAtom(
          29.369,
          List.of(new Shell(1600, 26.026, 4), new Shell(7243, 2.431, 4), new Shell(7930, 1.350, 4)),
          List.of(Line.ofHeight(7245.5, 9, 6)));

  /// Just above its K edge.
  static final OscillatorAtom IRON_AT_GADOLINIUM =
      new OscillatorAtom(
          7.694, List.of(new Shell(710, 16.504, 1), new Shell(7112, 1.102, 1.2)), List.of());
}
