package dev.dl.cli.process;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Writes files that are meant ill, and for each the words by which dl meets it. */
final class HostileFiles {
  private static final int BOMB_BYTES = 256 << 20;
  private static final Path GOLDEN =
      Path.of("..", "dl-core", "src", "test", "resources", "dev", "dl", "core", "tensorfile")
          .toAbsolutePath()
          .normalize();

  private final Path folder;
  private final Map<String, String> words = new LinkedHashMap<>();

  private HostileFiles(Path folder) {
    this.folder = folder;
  }

  /** Words of {@code dl} by the name of the hostile file, relative to the folder. */
  static Map<String, String> write(Path folder) throws IOException {
    HostileFiles files = new HostileFiles(folder);
    files.weights();
    files.pictures();
    files.rows();
    files.arrays();
    files.tokenizers();
    return files.words;
  }

  private void weights() throws IOException {
    weights("header-of-2-to-the-63.safetensors", header(1L << 63, "{}"));
    weights("header-of-1-gigabyte.safetensors", header(1L << 30, "{}"));
    weights("deep.safetensors", header("{\"a\":".repeat(100_000)));
    weights("other-bytes.safetensors", header("{\"\u0000\u00ff"));
    weights("far-away.safetensors", tensor("[1000000000000]", "[0,4000000000000]"));
    weights("overflowing.safetensors", tensor("[4294967296,4294967296]", "[0,0]"));
    weights("before-the-start.safetensors", tensor("[1]", "[-4,0]"));
    for (String name :
        new String[] {
          "onnx/refused-external.onnx",
          "onnx/refused-large.onnx",
          "onnx/refused-product.onnx",
          "pytorch/refused-attack.pt",
          "pytorch/refused-attack-legacy.pt",
          "pytorch/refused-expanded.pt",
          "keras/refused-lambda.h5",
          "keras/refused-external-link.h5",
          "keras/refused-external-data.h5"
        }) {
      words.put(name, "weights " + GOLDEN.resolve(name));
    }
  }

  private void weights(String name, byte[] content) throws IOException {
    words.put(name, "weights " + Files.write(folder.resolve(name), content));
  }

  private static byte[] tensor(String shape, String place) {
    return header(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}}".formatted(shape, place));
  }

  private static byte[] header(String json) {
    return header(json.getBytes(StandardCharsets.UTF_8).length, json);
  }

  private static byte[] header(long length, String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(text)
        .array();
  }

  private void pictures() throws IOException {
    byte[] page = "<!doctype html><script>".getBytes(StandardCharsets.UTF_8);
    picture("page.jpg", page);
    picture("empty.png", new byte[0]);
    picture("bomb.png", png(100_000, 100_000));
    picture("larger-than-its-content.png", png(9_000, 9_000));
    picture("negative.png", png(-5, 7));
    picture("bomb.gif", gif(65_535, 65_535));
    picture("bomb.bmp", bmp(50_000, 50_000));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(12, 12, BufferedImage.TYPE_INT_RGB), "png", whole);
    picture("cut.png", java.util.Arrays.copyOf(whole.toByteArray(), whole.size() / 2));
  }

  private void picture(String name, byte[] content) throws IOException {
    Path data = folder.resolve("pictures-" + name);
    SmallData.pictures(data, "train", 4);
    Files.write(data.resolve("train/class 0/" + name), content);
    train(name, "{source: image-folder, path: '" + data + "', validationFraction: 0}");
  }

  private static byte[] png(int width, int height) {
    ByteBuffer size = ByteBuffer.allocate(13).putInt(width).putInt(height);
    size.put(new byte[] {8, 2, 0, 0, 0});
    ByteBuffer file = ByteBuffer.allocate(200);
    file.putLong(0x89504e470d0a1a0aL);
    chunk(file, "IHDR", size.array());
    chunk(file, "IDAT", new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1});
    chunk(file, "IEND", new byte[0]);
    return java.util.Arrays.copyOf(file.array(), file.position());
  }

  private static void chunk(ByteBuffer file, String name, byte[] content) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(type);
    sum.update(content);
    file.putInt(content.length).put(type).put(content).putInt((int) sum.getValue());
  }

  private static byte[] gif(int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    file.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
    file.putShort((short) width).putShort((short) height).put(new byte[] {0, 0, 0});
    file.put((byte) ',').putShort((short) 0).putShort((short) 0);
    return file.putShort((short) width).putShort((short) height).put((byte) 0x3b).array();
  }

  private static byte[] bmp(int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(58).order(ByteOrder.LITTLE_ENDIAN);
    file.put("BM".getBytes(StandardCharsets.US_ASCII)).putInt(58).putInt(0).putInt(54);
    file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
    return file.array();
  }

  private void rows() throws IOException {
    rows("ragged.csv", "text,label\na,b,c,d\n");
    rows("one-quote.csv", "text,label\n\"" + "a\n".repeat(100_000));
    rows("twice.csv", "text,text,label\na,b,c\n");
    rows("no-text.csv", "\u0000\u0001,\u0002\n");
    rows("deep.jsonl", "{\"text\":" + "[".repeat(1_000_000) + "\n");
    rows("no-objects.jsonl", "[1]\n\"a\"\n1e999\n");
    bomb("bomb.csv.gz", "text,label\n\"");
    bomb("bomb.jsonl.gz", "{\"text\": \"");
    bomb("bomb.tsv.gz", "text\tlabel\n");
  }

  private void rows(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    train(name, "{source: text, train: '" + file + "', validationFraction: 0}");
  }

  /** One cell without an end. */
  private void bomb(String name, String start) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(start.getBytes(StandardCharsets.UTF_8));
      byte[] block = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < BOMB_BYTES / block.length; i++) {
        out.write(block);
      }
    }
    train(name, "{source: text, train: '" + file + "', validationFraction: 0}");
  }

  private void arrays() throws IOException {
    arrays("announces-2-to-the-93", new int[] {0x803, 0x7fffffff, 0x7fffffff, 0x7fffffff});
    arrays("announces-2-gigabytes", new int[] {0x803, 0x7ffffff, 4, 4});
    arrays("announces-less-than-nothing", new int[] {0x803, -1, 4, 4});
    arrays("is-something-else", new int[] {0xcafebabe, 1, 1, 1});
  }

  private void arrays(String name, int[] header) throws IOException {
    Path data = SmallData.idx(folder.resolve("idx-" + name), 30, 6);
    ByteBuffer content = ByteBuffer.allocate(4 * header.length + 100);
    for (int value : header) {
      content.putInt(value);
    }
    Files.write(data.resolve("train-images-idx3-ubyte"), content.array());
    train(name, "{source: idx, path: '" + data + "', validationFraction: 0}");
  }

  private void tokenizers() throws IOException {
    Files.writeString(folder.resolve("few.csv"), "text,label\nfine,a\nold,b\nnew,a\nbad,b\n");
    tokenizer("deep.json", "[".repeat(1_000_000));
    tokenizer("no-tokens.json", "{\"model\": {\"type\": \"BPE\", \"vocab\": {}, \"merges\": []}}");
    tokenizer("id-of-2-to-the-31.json", "{\"model\": {\"vocab\": {\"a\": 2147483647}}}");
    tokenizer("a-class.json", "{\"kind\": \"java.net.URL\", \"tokens\": [\"a\"]}");
    tokenizer("vocab.txt", "[PAD]\n[PAD]\n");
  }

  private void tokenizer(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    String rows = "train: '" + folder.resolve("few.csv") + "', validationFraction: 0";
    train(
        name,
        "{source: text, "
            + rows
            + ", text: {length: 16, tokenizer: {kind: file, file: '"
            + file
            + "'}}}");
  }

  private void train(String name, String data) throws IOException {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(
        config, "name: hostile\nbackend: cpu\ndata: " + data + "\nmodel: {name: mlp}\n");
    words.put(name, "train " + config + " --quiet --run " + folder.resolve("run"));
  }
}
