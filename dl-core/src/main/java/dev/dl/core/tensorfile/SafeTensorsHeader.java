package dev.dl.core.tensorfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Parses and checks the JSON header of a safetensors file. */
final class SafeTensorsHeader {

  /** Where one tensor lies: bytes {@code [begin, end)} after the header. */
  record Entry(String name, ElementType type, List<Long> shape, long begin, long end) {}

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final JsonParser parser;

  private SafeTensorsHeader(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * The tensors in the order of their bytes, which they cover without gap or overlap.
   *
   * @param file named in errors
   * @param header the JSON text
   * @param dataBytes how many bytes follow the header
   */
  static List<Entry> parse(String file, Reader header, long dataBytes) throws IOException {
    try (JsonParser parser = JSON.createParser(header)) {
      List<Entry> entries = new SafeTensorsHeader(file, parser).entries();
      entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
      requireContiguous(file, entries, dataBytes);
      return entries;
    } catch (JsonProcessingException e) {
      throw new TensorFileException(file, "a broken header", "JSON without duplicate keys");
    } catch (CharacterCodingException e) {
      throw new TensorFileException(file, "a header that is not UTF-8", "JSON in UTF-8");
    }
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    require(parser.nextToken() == JsonToken.START_OBJECT, "a header that is no JSON object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      require(parser.nextToken() == JsonToken.START_OBJECT, "an entry that is no JSON object");
      if (name.equals("__metadata__")) {
        skipMetadata();
      } else {
        entries.add(entry(name));
      }
    }
    require(parser.nextToken() == null, "text after the header's end");
    return entries;
  }

  private void skipMetadata() throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      require(parser.nextToken() == JsonToken.VALUE_STRING, "metadata that is not text");
    }
  }

  private Entry entry(String name) throws IOException {
    ElementType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> type = type();
        case "shape" -> shape = wholeNumbers();
        case "data_offsets" -> offsets = wholeNumbers();
        default -> parser.skipChildren();
      }
    }
    require(type != null && shape != null && offsets != null, "a tensor without type or place");
    require(offsets.size() == 2, "data_offsets that are no pair");
    Entry entry = new Entry(name, type, shape, offsets.get(0), offsets.get(1));
    require(entry.end() - entry.begin() == byteCount(entry), "offsets that contradict a shape");
    return entry;
  }

  private ElementType type() throws IOException {
    String name = parser.getText();
    return Arrays.stream(ElementType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TensorFileException(
                    file,
                    "the element type " + shorten(name),
                    "one of " + Arrays.toString(ElementType.values())));
  }

  private List<Long> wholeNumbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    require(parser.currentToken() == JsonToken.START_ARRAY, "a shape that is no list");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "a size that is no number");
      require(parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER, "a size over 2^63");
      require(parser.getLongValue() >= 0, "a size below 0");
      numbers.add(parser.getLongValue());
    }
    return numbers;
  }

  private long byteCount(Entry entry) throws TensorFileException {
    try {
      long count = entry.shape().stream().reduce(1L, Math::multiplyExact);
      require(count <= Integer.MAX_VALUE - 8, "a tensor of more than 2^31 values");
      return Math.multiplyExact(count, entry.type().bytes);
    } catch (ArithmeticException e) {
      throw new TensorFileException(file, "a shape whose product overflows", "a possible shape");
    }
  }

  private static void requireContiguous(String file, List<Entry> entries, long dataBytes)
      throws TensorFileException {
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin() != covered) {
        throw new TensorFileException(
            file,
            "a tensor at byte " + entry.begin() + " of the data",
            "it at " + covered + ": neither gaps nor overlaps");
      }
      covered = entry.end();
    }
    if (covered != dataBytes) {
      throw new TensorFileException(
          file, dataBytes + " bytes of data", covered + " by the header; is the file cut short?");
    }
  }

  private void require(boolean right, String found) throws TensorFileException {
    if (!right) {
      throw new TensorFileException(file, found, "a safetensors header");
    }
  }

  private static String shorten(String text) {
    return text.length() > 20 ? text.substring(0, 20) + "..." : text;
  }
}
