package dev.dl.core.data.image;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What tools/golden/images.py made: picture files, and pictures as Pillow has them. */
final class Golden {
  private Golden() {}

  /** By file name, the picture that Pillow reads. */
  static Map<String, Image> pictures() throws IOException {
    return new ObjectMapper().readValue(content("pictures.json"), new TypeReference<>() {});
  }

  static List<Resizing> resizings() throws IOException {
    return new ObjectMapper().readValue(content("resized.json"), new TypeReference<>() {});
  }

  static byte[] content(String file) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  static List<Integer> shape(Image image) {
    return List.of(image.channels(), image.height(), image.width());
  }

  /** The largest difference between pixels of pictures of one shape. */
  static int difference(Image a, Image b) {
    return IntStream.range(0, a.pixels().length)
        .map(i -> Math.abs((a.pixels()[i] & 0xff) - (b.pixels()[i] & 0xff)))
        .max()
        .orElseThrow();
  }

  /** A picture and what becomes of it. */
  record Resizing(Image source, List<Case> cases) {}

  /** The result of an operation with these arguments. */
  record Case(Operation operation, Filter filter, int height, int width, Image expected) {}

  enum Operation {
    RESIZE,
    RESIZE_SHORTER_SIDE,
    CENTER_CROP
  }
}
