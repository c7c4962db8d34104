package dev.dl.training.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checkpoints of a run, newest first: {@code index.json}. */
record CheckpointIndex(List<Entry> checkpoints) {

  /** One checkpoint; its metrics are those of the last evaluation before it. */
  record Entry(String name, long step, Map<String, Double> metrics, boolean best) {}

  static CheckpointIndex of(List<Path> directories) {
    return new CheckpointIndex(directories.stream().map(CheckpointIndex::entry).toList());
  }

  private static Entry entry(Path directory) {
    Optional<StateFile> file = CheckpointReader.state(directory);
    return new Entry(
        directory.getFileName().toString(),
        CheckpointReader.step(directory),
        file.map(state -> state.state().metrics()).orElse(Map.of()),
        file.map(StateFile::best).orElse(false));
  }
}
