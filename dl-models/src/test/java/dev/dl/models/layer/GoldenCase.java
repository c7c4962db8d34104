package dev.dl.models.layer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.models.graph.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A layer's inputs and outputs as PyTorch computed them; the scripts of tools/golden made the
 * files.
 */
record GoldenCase(String file, String name, JsonNode settings, JsonNode tensors) {
  /**
   * What may feed a layer, in the order of its inputs; {@code input1} in the first of two steps.
   */
  private static final List<String> INPUTS =
      List.of("input", "input1", "shortcut", "branch", "scores", "mask");

  static List<GoldenCase> of(String file) {
    try (InputStream in = GoldenCase.class.getResourceAsStream("/golden/" + file + ".json")) {
      List<GoldenCase> cases = new ArrayList<>();
      for (JsonNode node : new ObjectMapper().readTree(in)) {
        cases.add(
            new GoldenCase(
                file, node.get("name").asText(), node.get("settings"), node.get("tensors")));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String tensor) {
    return tensors.has(tensor);
  }

  float[] values(String tensor) {
    JsonNode values = tensors.get(tensor).get("values");
    float[] result = new float[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values.get(i).asDouble();
    }
    return result;
  }

  long[] shape(String tensor) {
    JsonNode shape = tensors.get(tensor).get("shape");
    return LongStream.range(0, shape.size()).map(i -> shape.get((int) i).asLong()).toArray();
  }

  /** The shape of one sample of a tensor whose first axis is the batch. */
  Shape sample(String tensor) {
    long[] shape = shape(tensor);
    int[] sizes = LongStream.of(shape).skip(1).mapToInt(Math::toIntExact).toArray();
    return Shape.of(sizes);
  }

  /** Where a tensor enters a graph. */
  Node input(String tensor) {
    return new Node(tensor, null, List.of(), sample(tensor));
  }

  /** A layer, named {@code test}, that reads the inputs of this case. */
  Node reader(Layer layer) {
    Node[] inputs = INPUTS.stream().filter(this::has).map(this::input).toArray(Node[]::new);
    return Node.join("test", layer, inputs);
  }

  int setting(String setting) {
    return settings.get(setting).asInt();
  }

  int setting(String setting, int otherwise) {
    return settings.path(setting).asInt(otherwise);
  }

  double number(String setting) {
    return settings.get(setting).asDouble();
  }

  boolean flag(String setting) {
    return settings.get(setting).asBoolean();
  }

  String text(String setting) {
    return settings.get(setting).asText();
  }

  @Override
  public String toString() {
    return file + ": " + name;
  }
}
