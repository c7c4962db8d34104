package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.data.image.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInDatasetsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "digits, 10, 1618, 179, a2b5735070d8ec44a8967e8eddb44a07bb0a185fcc2ad0d66842b4cae7cf8502",
    "iris, 3, 135, 15, 823bfb8b7c26322b4d79b64a4a112cb146b4833ac149b93c66df7f66f4df54c9",
    "breast-cancer, 2, 512, 57, 610d5f787ad6d215282a1287fe671aa92ff1948c8b84336c88411a3106ce3e1f",
    "pride-and-prejudice, 3737, 516, 58, 8de38abad8868ae324e0fb14611ac5a6bed0a84dc2e378e6b99ed2571ad62010"
  })
  void opensWithItsSamplesAndItsFingerprint(
      String name, int classes, int train, int validation, String fingerprint) throws IOException {
    DataSplits data = open(name);

    assertThat(data.classNames()).hasSize(classes);
    assertThat(data.find(Split.TEST)).isEmpty();
    assertThat(
            List.of(
                data.train().size(),
                data.find(Split.VALIDATION).orElseThrow().size(),
                data.fingerprint()))
        .containsExactly(train, validation, fingerprint);
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
    float[] first = iris.batch(new int[] {0}).inputs();

    assertThat(iris.size()).isEqualTo(150);
    assertThat((double) first[0]).isCloseTo((5.1 - 5.8433) / 0.8253, within(1e-3));
  }

  private DataSplits open(String name, String... settings) throws IOException {
    return DataSplits.open(Specs.data(name, settings), folder);
  }
}
