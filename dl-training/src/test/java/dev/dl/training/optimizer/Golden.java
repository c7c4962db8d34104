package dev.dl.training.optimizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** Cases made with PyTorch by {@code tools/golden/optimizers.py}. */
final class Golden {
  private Golden() {}

  static List<Case> cases(String file) {
    try (InputStream stream = Golden.class.getResourceAsStream("/golden/" + file)) {
      JsonNode root = new ObjectMapper().readTree(stream);
      return StreamSupport.stream(root.spliterator(), false).map(Case::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] vector(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  /** One case, which shows as its name. */
  record Case(JsonNode json) {
    JsonNode get(String key) {
      return json.required(key);
    }

    @Override
    public String toString() {
      return get("name").asText();
    }
  }
}
