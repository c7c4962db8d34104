package dev.dl.core.data.augment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.data.image.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What tools/golden/augment.py made with torchvision and PyTorch. */
final class Golden {
  private Golden() {}

  static List<JsonNode> read(String file) {
    try (InputStream stream = Golden.class.getResourceAsStream("/golden/" + file + ".json")) {
      return elements(new ObjectMapper().readTree(stream)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every change in the file, with the picture before and after it. */
  static Stream<Change> changes(String file) {
    return read(file).stream()
        .flatMap(
            picture ->
                elements(picture.get("results"))
                    .map(
                        result ->
                            new Change(
                                picture.get("name").asText(),
                                result.get("change").asText(),
                                numbers(result.get("parameters")),
                                image(picture),
                                image(result))));
  }

  static double[] numbers(JsonNode json) {
    return elements(json).mapToDouble(JsonNode::asDouble).toArray();
  }

  private static Stream<JsonNode> elements(JsonNode json) {
    return StreamSupport.stream(json.spliterator(), false);
  }

  private static Image image(JsonNode json) {
    try {
      return new Image(
          json.get("channels").asInt(),
          json.get("height").asInt(),
          json.get("width").asInt(),
          json.get("pixels").binaryValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
