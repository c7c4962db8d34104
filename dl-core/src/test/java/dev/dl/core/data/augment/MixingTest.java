package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixingTest {
  private static final int BATCHES = 4_000;

  @Test
  void mixesThisShareOfTheBatchesAndEitherWayEquallyOften() {
    List<Mix> mixes = draws(new Mixing(0.8, 1, 0.5));

    assertThat(mixes).hasSizeBetween(1_900, 2_100);
    assertThat(mixes.stream().filter(mix -> mix.box().isPresent()).count())
        .isBetween(mixes.size() * 45L / 100, mixes.size() * 55L / 100);
    assertThat(mixes.get(0).partners()).containsExactly(4, 3, 2, 1, 0);
  }

  @Test
  void mixesOnlyTheWayThatIsOn() {
    assertThat(draws(new Mixing(0.2, 0, 1)))
        .hasSize(BATCHES)
        .allSatisfy(mix -> assertThat(mix.box()).isEmpty());
    assertThat(draws(new Mixing(0, 1, 1)))
        .hasSize(BATCHES)
        .allSatisfy(mix -> assertThat(mix.box()).isPresent());
    assertThat(draws(new Mixing(0, 0, 1))).isEmpty();
    assertThat(draws(new Mixing(1, 1, 0))).isEmpty();
  }

  @Test
  void shareIsWhatTheBoxLeaves() {
    List<Mix> mixes = draws(new Mixing(0, 1, 1));

    assertThat(mixes)
        .allSatisfy(
            mix -> {
              Box box = mix.box().orElseThrow();
              assertThat(box.top() + box.height()).isLessThanOrEqualTo(28);
              assertThat(box.left() + box.width()).isLessThanOrEqualTo(20);
              assertThat(mix.share()).isEqualTo(1 - box.area() / 560.0);
            });
    assertThat(mixes.stream().mapToDouble(Mix::share).average().orElseThrow()).isBetween(0.6, 0.75);
  }

  /** Made by tools/golden/augment.py from the paper's formula. */
  @Test
  void boxesAreClippedAsThePaperSays() {
    List<JsonNode> cases = Golden.read("boxes");
    assertThat(cases).hasSize(45);
    for (JsonNode json : cases) {
      double[] size = Golden.numbers(json.get("size"));
      double[] centre = Golden.numbers(json.get("centre"));
      Box box =
          Mixing.box(
              json.get("share").asDouble(),
              (int) centre[0],
              (int) centre[1],
              (int) size[0],
              (int) size[1]);
      assertThat(box).as(json.toString()).isEqualTo(MixTest.box(Golden.numbers(json.get("box"))));
    }
  }

  @Test
  void drawsTheShareOfMixupFromItsDistribution() {
    double mean =
        draws(new Mixing(0.2, 0, 1)).stream().mapToDouble(Mix::share).average().orElseThrow();

    assertThat(mean).isCloseTo(0.5, within(0.02));
  }

  @Test
  void refusesParametersOutOfBounds() {
    assertThatThrownBy(() -> new Mixing(-1, 0, 1)).hasMessage("mixup -1.0");
    assertThatThrownBy(() -> new Mixing(0, Double.NaN, 1)).hasMessage("cutMix NaN");
    assertThatThrownBy(() -> new Mixing(0, 0, 2)).hasMessage("probability 2.0");
  }

  private static List<Mix> draws(Mixing mixing) {
    return IntStream.range(0, BATCHES)
        .mapToObj(batch -> mixing.draw(5, 28, 20, TestDraws.of(batch)))
        .flatMap(Optional::stream)
        .toList();
  }
}
