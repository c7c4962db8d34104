package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSplitsTest {
  @TempDir Path folder;

  @Test
  void opensTheBuiltInDatasetBalancedInBothSplits() throws IOException {
    DataSplits data = DataSplits.open(spec("fashion-mnist-10k", null, 0.1, 0), folder);

    assertThat(Specs.images(data).shape()).isEqualTo(new ImageShape(1, 28, 28));
    assertThat(data.classNames()).hasSize(10).startsWith("T-shirt/top").endsWith("Ankle boot");
    assertThat(countsByClass(data.train(), 10)).containsOnly(900);
    assertThat(countsByClass(data.find(Split.VALIDATION).orElseThrow(), 10)).containsOnly(100);
    assertThat(data.find(Split.TEST)).isEmpty();
  }

  /** Golden: NumPy over the same file, src/test/python/data_golden.py. */
  @Test
  void fitsTheNormalizationExactly() throws IOException {
    DataSplits data = DataSplits.open(spec("fashion-mnist-10k", null, 0, 0), folder);

    assertThat(Specs.images(data).normalization().mean().get(0))
        .isCloseTo(0.2866816471588635, within(1e-12));
    assertThat(Specs.images(data).normalization().deviation().get(0))
        .isCloseTo(0.3540125726600868, within(1e-12));
  }

  @Test
  void fitsTheNormalizationOnTheTrainingSplitOnly() throws IOException {
    IdxFixture.folder(folder, 0, 0, 0, 0);
    DataSplits data = DataSplits.open(spec("idx", ".", 0.5, 1), folder);

    double mean =
        IntStream.range(0, data.train().size())
            .map(i -> pixel(data.train(), i))
            .average()
            .orElseThrow();
    assertThat(data.train().size()).isEqualTo(2);
    assertThat(Specs.images(data).normalization().mean().get(0))
        .isCloseTo(mean / 255, within(1e-12));
  }

  @Test
  void leavesPixelsBetween0And1WithoutNormalization() throws IOException {
    IdxFixture.folder(folder, 0, 1);
    DataSpec spec = Specs.data("idx", "path=.", "validationFraction=0", "image.normalize=false");

    assertThat(Specs.images(DataSplits.open(spec, folder)).normalization())
        .isEqualTo(new Normalization(List.of(0.0), List.of(1.0)));
  }

  @Test
  void holdsOutAFunctionOfTheSeed() throws IOException {
    IdxFixture.folder(folder, new int[25]);

    int[] first = held(1);
    assertThat(held(1)).containsExactly(first);
    assertThat(held(2)).isNotEqualTo(first);
    assertThat(first).hasSize(5).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void roundsTheHeldOutSharePerClassAndNeverTakesAWholeClass() throws IOException {
    IdxFixture.folder(folder, 0, 0, 0, 0, 0, 1, 1, 2);
    DataSplits data = DataSplits.open(spec("idx", ".", 0.9, 0), folder);

    assertThat(countsByClass(data.train(), 3)).containsExactly(1, 1, 1);
    assertThat(countsByClass(data.find(Split.VALIDATION).orElseThrow(), 3))
        .containsExactly(4, 1, 0);
  }

  @Test
  void saysWhenTheShareHoldsOutNothing() throws IOException {
    IdxFixture.folder(folder, 0, 1);

    assertThatThrownBy(() -> DataSplits.open(spec("idx", ".", 0.1, 0), folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("data.validationFraction: got 0.1");
  }

  @Test
  void takesTheTestSplitThatTheFolderHas() throws IOException {
    IdxFixture.folder(folder, 0, 1, 1);
    Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), IdxFixture.gzip(IdxFixture.images(2)));
    Files.write(
        folder.resolve("t10k-labels-idx1-ubyte.gz"), IdxFixture.gzip(IdxFixture.labels(1, 0)));
    DataSplits data = DataSplits.open(spec("idx", ".", 0, 0).withLeakageAllowed(), folder);

    assertThat(data.classNames()).containsExactly("0", "1");
    assertThat(countsByClass(data.find(Split.TEST).orElseThrow(), 2)).containsExactly(1, 1);
  }

  @Test
  void refusesTestLabelsThatTrainingDoesNotHave() throws IOException {
    IdxFixture.folder(folder, 0, 1);
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), IdxFixture.images(1));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), IdxFixture.labels(2));

    assertThatThrownBy(() -> DataSplits.open(spec("idx", ".", 0, 0), folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("label 2 in the test split, expected labels from 0 to 1");
  }

  @Test
  void refusesLabelsThatDoNotMatchTheImages() throws IOException {
    IdxFixture.folder(folder, 0, 1);
    Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxFixture.labels(0, 1, 1));

    assertThatThrownBy(() -> DataSplits.open(spec("idx", ".", 0, 0), folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found 3 labels, expected 2, one for each image");
  }

  @Test
  void fingerprintsContentsLabelsAndSplits() throws IOException {
    IdxFixture.folder(folder, new int[10]);
    String fingerprint = fingerprint(1);

    assertThat(fingerprint(1)).isEqualTo(fingerprint).hasSize(64);
    assertThat(fingerprint(2)).isNotEqualTo(fingerprint);
    byte[] images = IdxFixture.images(10);
    images[images.length - 1]++;
    Files.write(folder.resolve("train-images-idx3-ubyte"), images);
    assertThat(fingerprint(1)).isNotEqualTo(fingerprint);
    IdxFixture.folder(folder, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(fingerprint(1)).isNotEqualTo(fingerprint);
  }

  @Test
  void namesTheRemediesWhenADatasetIsMissing() {
    DatasetCatalog catalog =
        DatasetCatalog.of(
            List.of(PublicDatasets.fashionMnist(List.of(folder.resolve("debian")))),
            folder.resolve("cache"));

    assertThatThrownBy(() -> DataSplits.open(spec("fashion-mnist", null, 0.1, 0), folder, catalog))
        .isInstanceOf(DataMissingException.class)
        .hasMessageContaining(folder.resolve("debian").toString())
        .hasMessageContaining(folder.resolve("cache/fashion-mnist").toString())
        .hasMessageContaining("./dl data get fashion-mnist")
        .hasMessageContaining("apt-get install dataset-fashion-mnist")
        .hasMessageContaining("data.path=");
  }

  @Test
  void findsADatasetInItsLocalPlaceAndInTheDownloads() throws IOException {
    Path debian = Files.createDirectories(folder.resolve("debian"));
    Path cache = Files.createDirectories(folder.resolve("cache/fashion-mnist"));
    DatasetCatalog catalog =
        DatasetCatalog.of(
            List.of(PublicDatasets.fashionMnist(List.of(debian))), folder.resolve("cache"));

    IdxFixture.folder(cache, 9, 0, 0);
    DataSpec spec = spec("fashion-mnist", null, 0, 0);
    assertThat(DataSplits.open(spec, folder, catalog).train().size()).isEqualTo(3);
    IdxFixture.folder(debian, 9, 0);
    assertThat(DataSplits.open(spec, folder, catalog).train().size()).isEqualTo(2);
  }

  @Test
  void namesTheSourcesThatThereAre() {
    assertThatThrownBy(() -> DataSplits.open(spec("minst", null, 0.1, 0), folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("data.source: got minst, expected one of fashion-mnist-10k,");
  }

  private int[] held(long splitSeed) throws IOException {
    DataSplits data = DataSplits.open(spec("idx", ".", 0.2, splitSeed), folder);
    Samples held = data.find(Split.VALIDATION).orElseThrow();
    return IntStream.range(0, held.size()).map(i -> pixel(held, i) / 10).toArray();
  }

  private String fingerprint(long splitSeed) throws IOException {
    return DataSplits.open(spec("idx", ".", 0.3, splitSeed), folder).fingerprint();
  }

  private static DataSpec spec(String source, String path, double fraction, long splitSeed) {
    return Specs.data(
        source, "path=" + path, "validationFraction=" + fraction, "splitSeed=" + splitSeed);
  }

  private static int[] countsByClass(Samples samples, int classes) {
    int[] counts = new int[classes];
    IntStream.range(0, samples.size()).forEach(i -> counts[(int) samples.target(i)[0]]++);
    return counts;
  }

  private static int pixel(Samples samples, int sample) {
    return ((ImageSamples) samples).image(sample).pixels()[0] & 0xff;
  }
}
