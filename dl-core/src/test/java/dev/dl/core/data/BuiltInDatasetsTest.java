package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.data.image.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInDatasetsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "digits, 10, 1617, 180, x",
    "iris, 3, 135, 15, x",
    "breast-cancer, 2, 512, 57, x",
    "pride-and-prejudice, 7002, 0, 0, x"
  })
  void opensWithItsSamplesAndItsFingerprint(
      String name, int classes, int train, int validation, String fingerprint) throws IOException {
    DataSplits data = open(name);

    assertThat(data.classNames()).hasSize(classes);
    assertThat(data.train().size()).isEqualTo(train);
    assertThat(data.find(Split.VALIDATION).orElseThrow().size()).isEqualTo(validation);
    assertThat(data.find(Split.TEST)).isEmpty();
    assertThat(data.fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void namesTheClassesThatTheCatalogueNames() throws IOException {
    for (String name : new String[] {"fashion-mnist-10k", "digits", "iris", "breast-cancer"}) {
      assertThat(open(name).classNames())
          .containsExactlyElementsOf(DatasetCatalog.standard().info(name).classNames());
    }
  }

  /** Golden: the first line of scikit-learn's digits.csv.gz, which is a zero; level 13 of 16. */
  @Test
  void readsTheFirstDigit() throws IOException {
    ImageSamples digits = (ImageSamples) open("digits", "validationFraction=0").train();
    Image first = digits.image(0);

    assertThat(first.height()).isEqualTo(8);
    assertThat(digits.target(0)).containsExactly(0);
    assertThat(IntStream.range(0, 8).map(i -> first.pixels()[i] & 0xff))
        .containsExactly(0, 0, 80, 207, 143, 16, 0, 0);
  }

  /** Golden: mean 5.8433 and deviation 0.8253 of the first column, UCI's iris.names. */
  @Test
  void standardisesTheFirstLengthOfIris() throws IOException {
    Samples iris = open("iris", "validationFraction=0").train();
    int[] all = IntStream.range(0, iris.size()).toArray();
    float[] first = iris.batch(new int[] {0}).inputs();

    assertThat(all).hasSize(150);
    assertThat((double) first[0]).isCloseTo((5.1 - 5.8433) / 0.8253, within(1e-3));
  }

  private DataSplits open(String name, String... settings) throws IOException {
    return DataSplits.open(Specs.data(name, settings), folder);
  }
}
