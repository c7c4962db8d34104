package dev.dl.core.tensorfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files of weights and what is in them, both made by {@code tools/golden/weights.py}. */
final class GoldenWeights {
  private GoldenWeights() {}

  /** A file beside this class. */
  static Path file(String name) {
    try {
      return Path.of(GoldenWeights.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files whose names begin so, by name. */
  static List<String> names(String folder, String start) throws IOException {
    try (Stream<Path> files = Files.list(file(folder))) {
      return files
          .map(path -> folder + "/" + path.getFileName())
          .filter(name -> name.startsWith(folder + "/" + start))
          .sorted()
          .toList();
    }
  }

  /** What Python says is in each file. */
  static Map<String, Map<String, Tensor>> expected() throws IOException {
    JsonNode files = new ObjectMapper().readTree(file("weights.json").toFile());
    Map<String, Map<String, Tensor>> expected = new LinkedHashMap<>();
    files
        .properties()
        .forEach(
            entry -> {
              Map<String, Tensor> tensors = new LinkedHashMap<>();
              entry
                  .getValue()
                  .properties()
                  .forEach(tensor -> tensors.put(tensor.getKey(), tensor(tensor.getValue())));
              expected.put(entry.getKey(), tensors);
            });
    return expected;
  }

  private static Tensor tensor(JsonNode node) {
    List<Long> shape = new ArrayList<>();
    node.get("shape").forEach(size -> shape.add(size.asLong()));
    float[] values = new float[node.get("values").size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) node.get("values").get(i).asDouble();
    }
    return new Tensor(shape, values);
  }
}
