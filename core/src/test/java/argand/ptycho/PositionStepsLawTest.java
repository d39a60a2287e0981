package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Workers;
import argand.data.ScanPositions;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Steps that lead back, slopes that are right, maps that move what they say.
class PositionStepsLawTest {
  /// Without noise, with the true object and probe: four steps take a view that was displaced by a
  /// third of a pixel back to within two thousandths. One is not enough, because the counts of dark
  /// pixels grow with the square of a move.
  @Test
  void stepsLeadBack() {
    var sim = Simulated.of(new Simulated.Setup(64, 30, 6, 0, false, 7));
    var windows = new Windows(sim.scan.positions(), sim.scan.geometry().sample(), true, 0, 2);
    var model = new PtychoModel(sim.scan, windows, 1);
    var object = new ComplexField(windows.object()).setAll(1, 0);
    int rim =
        windows.row(0)
            - new Windows(sim.scan.positions(), sim.scan.geometry().sample(), true, 0).row(0);
    var truth = sim.object;
    for (int r = 0; r < truth.grid().rows(); r++) {
      for (int c = 0; c < truth.grid().columns(); c++) {
        object.set(r + rim, c + rim, truth.re(r, c), truth.im(r, c));
      }
    }
    var slope = new ObjectSlope(object.grid(), Workers.ONE);
    slope.take(object);
    var room = new PositionSteps(model, List.of(sim.probe), slope);
    for (int j = 0; j < model.count(); j++) {
      windows.move(j, 0.2, -0.27);
      for (int k = 0; k < 4; k++) {
        double[] step = room.move(object, j).step(0);
        windows.move(j, windows.moveY()[j] + step[0], windows.moveX()[j] + step[1]);
      }
      assertThat(windows.moveY()[j]).isCloseTo(0f, within(0.002f));
      assertThat(windows.moveX()[j]).isCloseTo(0f, within(0.002f));
    }
  }

  /// A wave of an eighth of the Nyquist frequency.
  @Test
  void slopeOfAWave() {
    var object = wave(0, 0);
    var slope = new ObjectSlope(object.grid(), Workers.ONE);
    slope.take(object);
    double k = Math.PI / 8;
    for (int i = 8; i < 40; i++) {
      assertThat(slope.down().re(i, i)).isCloseTo((float) (-k * object.im(i, i)), within(1e-5f));
      assertThat(slope.right().im(i, i))
          .isCloseTo((float) (2 * k * object.re(i, i)), within(1e-3f));
    }
  }

  /// exp(i (y + 2x) π/8), displaced
  private static ComplexField wave(double down, double right) {
    var object = new ComplexField(new Grid(48, 48, 1, 1));
    for (int r = 0; r < 48; r++) {
      for (int c = 0; c < 48; c++) {
        double phase = Math.PI / 8 * (r - down + 2 * (c - right));
        object.set(r, c, (float) Math.cos(phase), (float) Math.sin(phase));
      }
    }
    return object;
  }

  @Test
  void aMappedObjectIsMovedByTheMap() {
    var map = new LinearMap(0.01, -0.02, 0.015, 0.005, 24, 20);
    var object = wave(0, 0);
    MappedObject.set(object, map, Workers.ONE);
    for (int r = 8; r < 40; r += 5) {
      for (int c = 8; c < 40; c += 3) {
        double phase = Math.PI / 8 * (r - map.down(r, c) + 2 * (c - map.right(r, c)));
        // Lanczos' kernel is right to some parts in a hundred at a quarter of the Nyquist frequency
        assertThat(object.re(r, c)).isCloseTo((float) Math.cos(phase), within(0.03f));
        assertThat(object.im(r, c)).isCloseTo((float) Math.sin(phase), within(0.03f));
      }
    }
  }

  @Test
  void normalEquationsSolveALine() {
    var equations = new NormalEquations(2);
    for (int i = 0; i < 50; i++) {
      double[] slopes = {1 + 0.1 * i, Math.sin(i)};
      equations.enter(1000 + 0.3 * slopes[0] - 0.7 * slopes[1], 1000, slopes);
    }
    equations.complete();
    double[] step = equations.step(0);
    assertThat(step[0]).isCloseTo(0.3, within(1e-9));
    assertThat(step[1]).isCloseTo(-0.7, within(1e-9));
    double determinant = equations.h(0, 0) * equations.h(1, 1) - Math.pow(equations.h(0, 1), 2);
    assertThat(equations.variances(0)[0]).isCloseTo(equations.h(1, 1) / determinant, within(1e-9));
  }

  /// The move that all have in common is nobody's to know: positions stay in the frame of the file.
  @Test
  void aCommonMoveIsTakenBack() {
    var positions = new ScanPositions(new double[] {0, 5, 9}, new double[] {1, 7, 4});
    var windows = new Windows(positions, new Grid(16, 16, 0.5, 0.5), true, 0, 4);
    for (int j = 0; j < 3; j++) {
      windows.move(j, 2, -1.5);
    }
    assertThat(windows.positions().y()).containsExactly(positions.y(), within(1e-6));
    assertThat(windows.positions().x()).containsExactly(positions.x(), within(1e-6));
    double row = (windows.positions().y()[1] - windows.originOfPositions().y()) / 0.5;
    assertThat(row).isCloseTo(windows.y(1), within(1e-6));
  }
}
