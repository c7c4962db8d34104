package dev.dl.models.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.network.Network;
import dev.dl.models.pretrained.Pretrained.Allowed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Weights named and shaped as torchvision's, timm's and Keras' go where they belong: networks give
 * what those libraries' modules gave with the same numbers ({@code
 * tools/golden/state_dictionaries.py}).
 */
final class StateDictionariesTest {
  private static final int IMAGE = 1_000_000;
  private static final long QUICK_VALUES = 30_000_000;
  private static final double TOLERANCE = 1e-4;

  /** A model of another library, and what it gave. */
  private record Published(JsonNode entry) {
    String model() {
      return entry.get("model").asText();
    }

    int side() {
      return entry.get("side").asInt();
    }

    /** The filled state dictionary. */
    Map<String, Tensor> tensors() {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (JsonNode tensor : entry.get("tensors")) {
        String name = tensor.get(0).asText();
        tensors.put(name, filled(tensors.size(), name, shape(tensor)));
      }
      return tensors;
    }

    long values() {
      return StreamSupport.stream(entry.get("tensors").spliterator(), false)
          .mapToLong(tensor -> product(shape(tensor)))
          .sum();
    }

    @Override
    public String toString() {
      return entry.get("theirs").asText() + " of " + entry.get("source").asText();
    }
  }

  private static List<Long> shape(JsonNode tensor) {
    List<Long> shape = new ArrayList<>();
    tensor.get(1).forEach(size -> shape.add(size.asLong()));
    return shape;
  }

  private static long product(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static List<Published> all() throws IOException {
    try (InputStream file =
            StateDictionariesTest.class.getResourceAsStream(
                "/published/state-dictionaries.json.gz");
        InputStream in = new GZIPInputStream(file)) {
      List<Published> all = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(entry -> all.add(new Published(entry)));
      return all;
    }
  }

  static Stream<Published> quick() throws IOException {
    return all().stream().filter(published -> published.values() < QUICK_VALUES);
  }

  static Stream<Published> large() throws IOException {
    return all().stream().filter(published -> published.values() >= QUICK_VALUES);
  }

  @Test
  void noneIsLeftOut() throws IOException {
    assertThat(quick()).hasSize(23);
    assertThat(large()).hasSize(7);
  }

  @ParameterizedTest
  @MethodSource("quick")
  void givesTheSame(Published published) throws IOException {
    requireTheSame(published);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("large")
  void givesTheSameOfLargeOnes(Published published) throws IOException {
    requireTheSame(published);
  }

  private static void requireTheSame(Published published) throws IOException {
    Model model = ModelCatalog.find(published.model()).orElseThrow();
    int side = published.side();
    Graph graph = model.architecture().define(ImageInput.of(3, side, side), model.head());
    Network network = Network.create(graph, Head.values(1).loss(0), TestKernels.create(), 1);
    Adoption adoption =
        Pretrained.adopt(
            published.tensors(), model.architecture(), graph, network.weights(), Allowed.NOTHING);
    adoption.requireComplete(Path.of(published.toString()), model.name());
    assertThat(adoption.account())
        .filteredOn(weight -> weight.fate() == Fate.IGNORED)
        .allMatch(weight -> weight.name().endsWith("num_batches_tracked"));
    assertThat(adoption.account()).noneMatch(weight -> weight.fate() == Fate.REINITIALIZED);
    network.load(adoption.weights());

    float[] expected = floats(published.entry().get("outputs"));
    float[] outputs = network.logits(image(side), 1);
    float largest = (float) published.entry().get("largest").asDouble();
    assertThat(Arrays.copyOf(outputs, expected.length))
        .containsExactly(expected, within((float) TOLERANCE * largest));
  }

  private static float[] floats(JsonNode values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = (float) values.get(i).asDouble();
    }
    return array;
  }

  private static float[] image(int side) {
    float[] image = new float[3 * side * side];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) number(IMAGE, i) * 2 - 1;
    }
    return image;
  }

  /** From 0 to 1: scrambled from the place in a tensor and the tensor's place in the dictionary. */
  private static double number(int tensor, int place) {
    int x = place * (int) 2654435761L + tensor * 40503;
    x = (x ^ x >>> 15) * (int) 2246822519L;
    return Integer.toUnsignedLong(x ^ x >>> 13) / 0x1p32;
  }

  private static Tensor filled(int place, String name, List<Long> shape) {
    float[] values = new float[Math.toIntExact(product(shape))];
    boolean keras = name.endsWith(":0");
    long outputs = shape.isEmpty() ? 1 : shape.get(keras ? shape.size() - 1 : 0);
    double spread = Math.sqrt(6.0 * outputs / values.length);
    boolean positive = name.matches(".*(running_var|moving_variance:0|gamma|gamma:0)");
    for (int i = 0; i < values.length; i++) {
      double number = number(place, i);
      if (positive) {
        values[i] = (float) (number + 0.5);
      } else if (shape.size() > 1) {
        values[i] = (float) ((number * 2 - 1) * spread);
      } else if (name.endsWith("weight")) {
        values[i] = (float) (number / 2 + 0.75);
      } else {
        values[i] = (float) (number / 5 - 0.1);
      }
    }
    return new Tensor(shape, values);
  }
}
