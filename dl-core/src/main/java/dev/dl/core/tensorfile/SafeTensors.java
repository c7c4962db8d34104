package dev.dl.core.tensorfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.dl.core.tensorfile.SafeTensorsHeader.Entry;
import dev.dl.core.tensorfile.StoredTensor.Visitor;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes safetensors files (https://github.com/huggingface/safetensors): eight bytes with
 * the header's length, a JSON header, the tensors' bytes, all little endian.
 */
public final class SafeTensors {
  private static final long MAXIMUM_HEADER_BYTES = 100_000_000;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int ALIGNMENT = 8;
  private static final JsonFactory JSON = new JsonFactory();

  /** Names in the order of their UTF-8 bytes, as the reference writer sorts them. */
  private static final Comparator<String> NAME_ORDER =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private SafeTensors() {}

  /**
   * The tensors of a file, in the order of their bytes. Float16, bfloat16 and float64 become
   * float32; whole numbers do where that is exact. Memory stays within a small multiple of the
   * file's size, whatever its header claims.
   *
   * @throws TensorFileException when the file is damaged or holds another type of element
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    try (FileBytes bytes = FileBytes.open(file)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      visit(bytes, stored -> tensors.put(stored.name(), stored.read(bytes)));
      return tensors;
    }
  }

  /** Shows the tensors of a file in the order of their bytes. */
  static void visit(FileBytes file, Visitor visitor) throws IOException {
    int headerBytes = headerBytes(file);
    long dataStart = (long) Long.BYTES + headerBytes;
    List<Entry> entries =
        SafeTensorsHeader.parse(
            file.path().toString(), header(file, headerBytes), file.size() - dataStart);
    for (Entry entry : entries) {
      ElementType type = entry.type();
      long start = dataStart + entry.begin();
      int count = StoredTensor.count(entry.shape());
      visitor.visit(
          new StoredTensor(
              entry.name(), type, entry.shape(), () -> file.values(start, type, count)));
    }
  }

  /**
   * Writes the tensors as float32, sorted by name. Equal tensors and metadata give equal bytes.
   *
   * @param output receives the file; left open
   * @param metadata free text about the file, sorted by key; may be empty
   */
  public static void write(
      OutputStream output, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, Tensor> sorted = sorted(tensors);
    output.write(header(sorted, metadata));
    for (Tensor tensor : sorted.values()) {
      writeValues(output, tensor.values());
    }
  }

  /** Writes numbers as float32, little endian. */
  public static void writeValues(OutputStream output, float[] values) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int perChunk = CHUNK_BYTES / Float.BYTES;
    for (int start = 0; start < values.length; start += perChunk) {
      int count = Math.min(perChunk, values.length - start);
      chunk.asFloatBuffer().put(values, start, count);
      output.write(chunk.array(), 0, count * Float.BYTES);
    }
  }

  /** The tensors in the order in which files hold them. */
  public static Map<String, Tensor> sorted(Map<String, Tensor> tensors) {
    Map<String, Tensor> sorted = new TreeMap<>(NAME_ORDER);
    sorted.putAll(tensors);
    return sorted;
  }

  private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(json)) {
      generator.writeStartObject();
      if (!metadata.isEmpty()) {
        generator.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          generator.writeStringField(entry.getKey(), entry.getValue());
        }
        generator.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        long end = offset + (long) entry.getValue().values().length * Float.BYTES;
        writeEntry(generator, entry.getKey(), entry.getValue().shape(), offset, end);
        offset = end;
      }
      generator.writeEndObject();
    }
    while (json.size() % ALIGNMENT != 0) {
      json.write(' ');
    }
    return ByteBuffer.allocate(Long.BYTES + json.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.size())
        .put(json.toByteArray())
        .array();
  }

  private static void writeEntry(
      JsonGenerator generator, String name, List<Long> shape, long begin, long end)
      throws IOException {
    long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
    generator.writeObjectFieldStart(name);
    generator.writeStringField("dtype", ElementType.F32.name());
    generator.writeFieldName("shape");
    generator.writeArray(sizes, 0, sizes.length);
    generator.writeFieldName("data_offsets");
    generator.writeArray(new long[] {begin, end}, 0, 2);
    generator.writeEndObject();
  }

  private static int headerBytes(FileBytes file) throws IOException {
    if (file.size() < Long.BYTES) {
      throw file.problem(file.size() + " bytes", "a safetensors file");
    }
    long length = file.read(0, Long.BYTES).getLong();
    if (length < 0 || length > MAXIMUM_HEADER_BYTES || length > file.size() - Long.BYTES) {
      throw file.problem(
          "a header of " + Long.toUnsignedString(length) + " bytes",
          "one inside the file and of at most " + MAXIMUM_HEADER_BYTES);
    }
    return (int) length;
  }

  private static Reader header(FileBytes file, int headerBytes) throws IOException {
    byte[] header = file.read(Long.BYTES, headerBytes).array();
    return new BufferedReader(
        new InputStreamReader(
            new ByteArrayInputStream(header), StandardCharsets.UTF_8.newDecoder()));
  }
}
