package dev.dl.training.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.config.ConfigWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  /** Good are rates near 0.01 and depth 3; momentum counts for sgd alone, width never. */
  private static final String SPEC =
      """
      name: trial
      base: base.yaml
      space:
        rate: {logUniform: [0.0001, 1]}
        optimizer: {choice: [adam, sgd]}
        momentum: {uniform: [0, 0.99], when: {optimizer: [sgd]}}
        depth: {integer: [1, 6]}
        width: {choice: ['8', '16', '32']}
      """;

  private static final int EPOCHS = 9;

  @TempDir private Path folder;
  private final List<String> trained = new ArrayList<>();

  @Test
  void readsBackASpecThatItWrites() {
    TuneSpec spec = spec("fixed={training.epochs: '9'}", "budget={epochs: 90}");

    assertThat(ConfigReader.parse(ConfigWriter.yaml(spec), "written", List.of(), TuneSpec.class))
        .isEqualTo(spec);
  }

  @Test
  void refusesSpacesOfWhichNothingCouldBeLearnt() {
    for (String space :
        List.of(
            "space={}",
            "space={seed: {integer: [1, 9]}}",
            "space={training.epochs: {integer: [1, 9]}}",
            "space={data.splitSeed: {integer: [1, 9]}}",
            "space={a: {uniform: [1, 1]}}",
            "space={a: {logUniform: [0, 1]}}",
            "space={a: {choice: [b]}}",
            "space={a: {}}",
            "space={a: {choice: [b, c], uniform: [0, 1]}}",
            "space={a: {choice: [b, c], when: {d: [e]}}}",
            "space={d: {choice: [b, c]}, a: {choice: [b, c], when: {d: [e]}}}",
            "metric=test.accuracy")) {
      assertThatThrownBy(() -> spec(space)).as(space).isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void trainsTheBaseFirstAndThenMoreOfWhatIsGood() throws IOException {
    Search search = search(folder, "trials=27", "method=random");

    assertThat(search.run(this::train, (trial, report) -> {})).isTrue();

    assertThat(trained.get(0)).isEqualTo("0 to 9");
    assertThat(trained).doesNotHaveDuplicates();
    assertThat(trained.stream().filter(job -> job.endsWith(" to 1"))).hasSize(27);
    assertThat(trained.stream().filter(job -> job.endsWith(" to 3"))).hasSizeBetween(9, 13);
    TuneReport report = search.report();
    assertThat(report.best().epochs()).isEqualTo(9);
    assertThat(report.best().last().value())
        .isEqualTo(report.trials().stream().mapToDouble(SearchTest::value).max().orElseThrow());
    assertThat(report.trials().get(0)).isEqualTo(report.best());
  }

  @Test
  void aFieldCountsOnlyWhereItsConditionHolds() throws IOException {
    Search search = search(folder, "trials=20");
    search.run(this::train, (trial, report) -> {});

    assertThat(search.report().trials())
        .hasSize(20)
        .allSatisfy(
            trial ->
                assertThat(trial.values().containsKey("momentum"))
                    .isEqualTo(trial.values().get("optimizer").equals("sgd")));
  }

  @Test
  void costsNoMoreEpochsThanItsBudgetAlsoWhenItGoesOn() throws IOException {
    search(folder, "budget={epochs: 30}").run(this::train, (trial, report) -> {});
    int first = trained.size();
    assertThat(search(folder, "budget={epochs: 30}").report().epochs()).isBetween(29, 30);

    search(folder, "budget={epochs: 30}").run(this::train, (trial, report) -> {});
    assertThat(trained).hasSize(first);

    search(folder, "budget={epochs: 40}").run(this::train, (trial, report) -> {});
    assertThat(search(folder, "budget={epochs: 40}").report().epochs()).isBetween(38, 40);
    assertThat(trained).doesNotHaveDuplicates();
  }

  @Test
  void spendsNoTrialTwiceHoweverOftenItIsKilled() throws IOException {
    Path unbroken = Files.createDirectory(folder.resolve("unbroken"));
    search(unbroken).run(this::train, (trial, report) -> {});
    List<String> expected = List.copyOf(trained);
    trained.clear();

    Path killed = Files.createDirectory(folder.resolve("killed"));
    boolean ended = false;
    while (!ended) {
      int before = trained.size();
      try {
        ended =
            search(killed)
                .run(
                    (trial, epochs, limit) -> {
                      if (trained.size() == before + 2) {
                        throw new IOException("killed");
                      }
                      return train(trial, epochs, limit);
                    },
                    (trial, report) -> {});
      } catch (IOException kill) {
        Path journal = killed.resolve("trials.jsonl");
        Files.writeString(journal, Files.readString(journal) + "{\"trial\":1,\"epo");
      }
    }

    assertThat(trained).isEqualTo(expected);
    assertThat(killed.resolve("trials.jsonl"))
        .hasSameTextualContentAs(unbroken.resolve("trials.jsonl"));
  }

  @Test
  void goesOnWithoutATrialThatFails() throws IOException {
    Search search = search(folder, "trials=12");
    search.run(
        (trial, epochs, limit) ->
            trial.number() % 3 == 1 ? new Search.Failed("broken") : train(trial, epochs, limit),
        (trial, report) -> {});

    assertThat(search.report().trials()).hasSize(12);
    assertThat(search.report().trials().subList(8, 12))
        .allSatisfy(trial -> assertThat(trial.failure()).isEqualTo("broken"));
    assertThat(search.report().trials().subList(0, 8))
        .allSatisfy(trial -> assertThat(trial.failure()).isNull());
  }

  @Test
  void endsWhenAllThatThereIsToChooseFromWasTried() throws IOException {
    Search search = search(folder, "space={a: {choice: [b, c]}, d: {choice: [e, f]}}");
    search.run(
        (trial, epochs, limit) -> new Search.Reached(new Trial.Result(epochs, 0.5, 1)),
        (trial, report) -> {});

    assertThat(search.report().trials()).hasSize(4);
    assertThat(search.report().best()).as("as good as the base").isNull();
  }

  @Test
  void knowsWhichFieldsDecide() throws IOException {
    Search search = search(folder, "trials=60", "method=random", "halving={minimumEpochs: 9}");
    search.run(this::train, (trial, report) -> {});

    assertThat(search.report().importance().get("rate")).isGreaterThan(0.4);
    assertThat(search.report().importance().get("width")).isLessThan(0.15);
    assertThat(search.report().importance().get("depth"))
        .isLessThan(search.report().importance().get("rate"));
  }

  private Search.Outcome train(Trial trial, int epochs, Optional<Duration> limit) {
    trained.add(trial.number() + " to " + epochs);
    double value = trial.number() == 0 ? -9 : value(trial);
    return new Search.Reached(new Trial.Result(epochs, value, epochs));
  }

  private static double value(Trial trial) {
    double decades = Math.log10(Double.parseDouble(trial.values().get("rate"))) + 2;
    double depth = Double.parseDouble(trial.values().get("depth")) - 3;
    double momentum = Double.parseDouble(trial.values().getOrDefault("momentum", "0.5")) - 0.9;
    return -(decades * decades + 0.05 * depth * depth + 0.2 * momentum * momentum);
  }

  private static Search search(Path place, String... overrides) throws IOException {
    return Search.open(spec(overrides), EPOCHS, place.resolve("trials.jsonl"));
  }

  private static TuneSpec spec(String... overrides) {
    return ConfigReader.parse(SPEC, "tune.yaml", List.of(overrides), TuneSpec.class);
  }
}
