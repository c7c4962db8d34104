package dev.dl.models;

import static dev.dl.core.kernel.RecurrentCell.GRU;
import static dev.dl.core.kernel.RecurrentCell.LSTM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TableInput;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.Network;
import dev.dl.models.table.Mlp;
import dev.dl.models.text.AttentiveRecurrent;
import dev.dl.models.text.Bert;
import dev.dl.models.text.FastText;
import dev.dl.models.text.Gpt;
import dev.dl.models.text.LstmLanguageModel;
import dev.dl.models.text.TextCnn;
import dev.dl.models.text.TransformerEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Whole architectures give what their like in PyTorch gives; tools/golden/architectures.py made the
 * values.
 */
final class GoldenArchitecturesTest {
  private static final TextInput TEXT = new TextInput(6, 9);

  private static final Map<String, Graph> GRAPHS =
      Map.ofEntries(
          Map.entry("fasttext", new FastText(4, 5).define(TEXT, Head.classes(3))),
          Map.entry("textcnn", text(new TextCnn(4, List.of(2, 3), 3, 0.5))),
          Map.entry("bilstm-attention", text(new AttentiveRecurrent(LSTM, 4, 5, 3, 0.5))),
          Map.entry("bigru-attention", text(new AttentiveRecurrent(GRU, 4, 5, 3, 0.5))),
          Map.entry("transformer", text(new TransformerEncoder(2, 8, 2, 12, 0.1))),
          Map.entry("bert-pooler", text(new Bert(2, 8, 2, 12, 7, 0.1, Bert.Form.POOLER))),
          Map.entry("bert-mean", text(new Bert(2, 8, 2, 12, 7, 0.1, Bert.Form.MEAN))),
          Map.entry("bert-distilled", text(new Bert(2, 8, 2, 12, 7, 0.1, Bert.Form.DISTILLED))),
          Map.entry("gpt", new Gpt(2, 8, 2, 7, 0.1).define(TEXT, Head.classes(9))),
          Map.entry("char-lstm", new LstmLanguageModel(4, 5, 2, 0.5).define(TEXT, Head.classes(9))),
          Map.entry(
              "mlp",
              new Mlp(List.of(6), 0.5).define(new TableInput(2, List.of(3, 5)), Head.values(1))));

  private static Graph text(Architecture architecture) {
    return architecture.define(TEXT, Head.classes(2));
  }

  @Test
  void everyArchitectureHasACase() throws IOException {
    assertThat(cases().map(test -> test.get()[0]).distinct())
        .hasSize(11)
        .containsExactlyInAnyOrderElementsOf(GRAPHS.keySet());
  }

  static Stream<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    try (InputStream in =
        GoldenArchitecturesTest.class.getResourceAsStream("/golden/architectures.json")) {
      for (JsonNode test : new ObjectMapper().readTree(in)) {
        for (Kernels kernels :
            List.of(new OneDnnKernels(Parallel.of(2)), new Nd4jKernels(DataType.DOUBLE))) {
          cases.add(Arguments.of(test.get("name").asText(), kernels, test.get("tensors")));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void agreeWithPyTorch(String name, Kernels kernels, JsonNode tensors) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    tensors
        .fields()
        .forEachRemaining(field -> weights.put(field.getKey(), tensor(field.getValue())));
    Tensor input = weights.remove("input");
    Tensor output = weights.remove("output");
    Network network = Network.create(GRAPHS.get(name), Head.values(1).loss(0), kernels, 1);
    network.load(weights);
    assertThat(network.logits(input.values(), 3)).containsExactly(output.values(), within(2e-6f));
  }

  private static Tensor tensor(JsonNode node) {
    List<Long> shape = new ArrayList<>();
    node.get("shape").forEach(size -> shape.add(size.asLong()));
    JsonNode values = node.get("values");
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = (float) values.get(i).asDouble();
    }
    return new Tensor(shape, array);
  }
}
