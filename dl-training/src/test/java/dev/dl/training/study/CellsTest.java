package dev.dl.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunLock;
import dev.dl.core.run.Summary;
import dev.dl.training.spec.RunSpec;
import dev.dl.training.study.CellTrainer.End;
import dev.dl.training.study.CellTrainer.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A cell that never ends would be tried for ever. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class CellsTest {
  @TempDir private Path folder;
  private final List<String> trained = new ArrayList<>();

  private Cell cell(String name, String... overrides) throws IOException {
    RunSpec spec =
        ConfigReader.parse(
            "{name: %s, data: {source: idx}, model: {name: lenet5}}".formatted(name),
            "test",
            List.of(overrides),
            RunSpec.class);
    Cell cell = new Cell(spec, folder.resolve(name));
    cell.prepare();
    return cell;
  }

  private Cells cells(String... names) throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (String name : names) {
      cells.add(cell(name));
    }
    return new Cells(cells);
  }

  static void end(Cell cell, String status) throws IOException {
    try (RunDirectory run = RunDirectory.open(cell.directory())) {
      run.writeSummary(
          new Summary(status, 1, 10, null, Map.of(), Map.of(), 1, "00", 1, 1, "cpu", null, null));
    }
  }

  /** Notes what it trains, and ends it. */
  private Result train(Cell cell) throws IOException {
    trained.add(cell.name());
    end(cell, "completed");
    return Result.of(End.ENDED);
  }

  /** Watches without ever stopping. */
  private static class Patient implements Cells.Watch {
    @Override
    public boolean stops() {
      return false;
    }

    @Override
    public void begins(Cell cell) {}

    @Override
    public void ends(Cell cell, Result result) throws IOException {}
  }

  @Test
  void trainsEachOpenCellOnceInTheirOrder() throws IOException {
    Cells cells = cells("a", "b", "c", "d");
    end(cells.cells().get(1), "completed");
    end(cells.cells().get(2), "interrupted");

    assertThat(cells.train((cell, stop) -> train(cell), new Patient())).isTrue();

    assertThat(trained).containsExactly("a", "c", "d");
    assertThat(cells.open()).isEmpty();
  }

  @Test
  void aCellThatFailsOrDivergesDoesNotStopTheRest() throws IOException {
    Cells cells = cells("a", "b", "c");
    CellTrainer trainer =
        (cell, stop) ->
            switch (cell.name()) {
              case "a" -> Result.failed(new CellFailure(66, "no such file"));
              case "b" -> {
                end(cell, "diverged");
                yield Result.of(End.ENDED);
              }
              default -> train(cell);
            };

    assertThat(cells.train(trainer, new Patient())).isTrue();

    assertThat(states(cells)).containsExactly(CellState.FAILED, CellState.DIVERGED, CellState.DONE);
    assertThat(cells.cells().get(0).failure()).contains(new CellFailure(66, "no such file"));
    cells.cells().get(0).reopen();
    assertThat(cells.cells().get(0).state()).isEqualTo(CellState.OPEN);
  }

  @Test
  void passesOverACellThatAnotherHasAndComesBackToIt() throws IOException {
    Cells cells = cells("a", "b");
    RunLock others = cells.cells().get(0).claim().orElseThrow();
    CellTrainer trainer =
        (cell, stop) -> {
          if (cell.name().equals("b")) {
            others.close(); // the other process is killed
          }
          return train(cell);
        };

    cells.train(trainer, new Patient());

    assertThat(trained).containsExactly("b", "a");
  }

  @Test
  void comesBackToACellThatIsStillBusy() throws IOException {
    Cells cells = cells("a", "b");
    List<String> asked = new ArrayList<>();
    CellTrainer trainer =
        (cell, stop) -> {
          asked.add(cell.name());
          return asked.size() == 1 ? Result.of(End.BUSY) : train(cell);
        };

    cells.train(trainer, new Patient());

    assertThat(asked).containsExactly("a", "b", "a");
    assertThat(trained).containsExactly("b", "a");
  }

  @Test
  void stopsAndLeavesTheCellOpen() throws IOException {
    Cells cells = cells("a", "b");
    Cells.Watch impatient =
        new Patient() {
          @Override
          public boolean stops() {
            return trained.contains("a");
          }
        };
    CellTrainer trainer =
        (cell, stop) -> {
          trained.add(cell.name());
          assertThat(stop.getAsBoolean()).isTrue();
          return Result.of(End.STOPPED);
        };

    assertThat(cells.train(trainer, impatient)).isFalse();

    assertThat(trained).containsExactly("a");
    assertThat(states(cells)).containsOnly(CellState.OPEN);
  }

  @Test
  void refusesAnotherRunInItsPlace() throws IOException {
    cell("a");

    assertThatThrownBy(() -> cell("a", "training.batchSize=7"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a: got a run with other settings");
    cell("a", "training.onNonFinite=skip"); // which may change within a run
  }

  private static Stream<CellState> states(Cells cells) {
    return cells.cells().stream()
        .map(
            cell -> {
              try {
                return cell.state();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }
}
