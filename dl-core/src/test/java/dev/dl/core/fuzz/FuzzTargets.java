package dev.dl.core.fuzz;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.DataSpec;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.ImagePreprocessing;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.TextPreprocessing;
import dev.dl.core.data.image.ImageFormatException;
import dev.dl.core.data.image.ImageReader;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.rows.RowFiles;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.tar.TarFileException;
import dev.dl.core.data.tar.TarMember;
import dev.dl.core.data.tar.TarReader;
import dev.dl.core.data.text.SentenceFile;
import dev.dl.core.data.text.Tokenizer;
import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.JsonFile;
import dev.dl.core.run.Provenance;
import dev.dl.core.run.Summary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * The readers of dl-core that {@link FuzzTest} tries; weights and Parquet have tests of their own.
 */
final class FuzzTargets {
  static final List<String> NAMES =
      List.of(
          "png",
          "jpeg",
          "gif",
          "bmp",
          "webp",
          "tiff",
          "tar",
          "csv",
          "json-lines",
          "sentences",
          "yaml",
          "tokenizer",
          "vocabulary",
          "idx",
          "preprocessing",
          "provenance",
          "summary");

  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Path PICTURES = RESOURCES.resolve("dev/dl/core/data/image");

  /** So small that what is decoded takes little memory. */
  private static final int MOST_PIXELS = 1 << 20;

  private static final List<String> NONE = List.of();
  private static final List<String> JSON =
      List.of("{", "[", "\"", ":", ",", "null", "1e999", "-1", "9999999999999", "\\u0000", "NaN");
  private static final List<String> YAML =
      List.of("{", "[", "- ", "&a ", "*a ", "!!java.net.URL ", "? ", "<<: ", "|\n", "\t", "---\n");
  private static final List<String> CELLS =
      List.of("\"", "\"\"", ",", "\r", "\n", "\u0000", "\uFEFF", "=1+1", "NaN");

  private final Path folder;
  private final Map<String, FuzzTarget> targets = new LinkedHashMap<>();

  private FuzzTargets(Path folder) {
    this.folder = folder;
  }

  /** The targets by name, which write into a folder. */
  static Map<String, FuzzTarget> in(Path folder) throws IOException {
    FuzzTargets made = new FuzzTargets(folder);
    made.pictures();
    made.rows();
    made.texts();
    made.runs();
    return made.targets;
  }

  private void add(
      String name,
      String file,
      List<byte[]> seeds,
      List<String> words,
      FuzzTarget.Reader reader,
      Class<?>... refusals)
      throws IOException {
    Path place = Files.createDirectories(folder.resolve(name)).resolve(file);
    targets.put(name, new FuzzTarget(name, place, seeds, words, reader, List.of(refusals)));
  }

  private void pictures() throws IOException {
    picture("png", "rgb.png", "rgb16.png", "palette-transparent.png", "one-bit.png");
    picture(
        "jpeg", "baseline.jpg", "progressive.jpg", "cmyk.jpg", "orientation-6.jpg", "profile.jpg");
    picture("gif", "animated.gif", "transparent.gif");
    picture("bmp", "rgb.bmp", "palette.bmp");
    picture("webp", "lossy.webp", "lossless-alpha.webp", "profile.webp");
    picture("tiff", "rgb.tif", "compressed.tif", "grey16.tif");
  }

  private void picture(String name, String... files) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String file : files) {
      seeds.add(Files.readAllBytes(PICTURES.resolve(file)));
    }
    add(
        name,
        "picture",
        seeds,
        NONE,
        file -> ImageReader.read(ImageReader.content(file), MOST_PIXELS),
        ImageFormatException.class);
  }

  private void rows() throws IOException {
    byte[] csv = utf8("size,town,day\n1.5,\"a \"\"b\"\"\nc\",2024-01-02\n2,d,2024-01-03\r\n");
    byte[] json = utf8("{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2.5, \"b\": null}\n");
    add("csv", "rows.csv", List.of(csv), CELLS, FuzzTargets::readRows, DataException.class);
    add(
        "json-lines",
        "rows.jsonl",
        List.of(json),
        JSON,
        FuzzTargets::readRows,
        DataException.class);
    List<byte[]> archives = new ArrayList<>();
    for (String name : List.of("ustar.tar", "pax.tar", "gnu.tar")) {
      archives.add(Files.readAllBytes(RESOURCES.resolve("dev/dl/core/data/tar").resolve(name)));
    }
    List<String> words = List.of("../", "/", "path=", "99999999999", "ustar\0", "\0");
    add("tar", "shard.tar", archives, words, FuzzTargets::readTar, TarFileException.class);
    byte[] labels = idx(List.of(4), new byte[] {0, 1, 0, 1});
    byte[] images = idx(List.of(4, 6, 6), new byte[144]);
    images[40] = 9; // no picture like another
    images[90] = 8;
    images[130] = 7;
    add(
        "idx",
        "train-images-idx3-ubyte",
        List.of(images, zipped(images)),
        NONE,
        file -> open("{source: idx, path: '" + file.getParent() + "', validationFraction: 0}"),
        DataException.class);
    Files.write(folder.resolve("idx/train-labels-idx1-ubyte"), labels);
  }

  private void texts() throws IOException {
    byte[] sentences = utf8("Ada\tB-PER\nLovelace\tI-PER\n\nin\tO\nLondon\tB-LOC\n");
    add(
        "sentences",
        "words.tsv",
        List.of(sentences),
        List.of("\t", "\n\n", "B-", "\u0000"),
        file -> {
          SentenceFile read = SentenceFile.read(file, true);
          if (!read.problems().isEmpty()) {
            throw new DataException(read.problems());
          }
        },
        DataException.class);
    add(
        "yaml",
        "run.yaml",
        List.of(utf8("source: table\ntrain: a.csv\ntarget: {column: b}\nonBadSample: skip\n")),
        YAML,
        file -> ConfigReader.read(file, List.of(), DataSpec.class),
        ConfigException.class);
    byte[] subwords = Files.readAllBytes(RESOURCES.resolve("text/wordpiece.json"));
    byte[] words = utf8("{\"kind\": \"WORD\", \"lowerCase\": true, \"tokens\": [\"a\", \"b\"]}");
    byte[] letters = utf8("{\"kind\": \"CHARACTER\", \"lowerCase\": false, \"tokens\": [\"a\"]}");
    add(
        "tokenizer",
        "tokenizer.json",
        List.of(subwords, words, letters),
        JSON,
        file -> use(Tokenizer.read(file)),
        DamagedFileException.class);
    add(
        "vocabulary",
        "vocab.txt",
        List.of(utf8("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##b\nfox\n")),
        List.of("[PAD]", "##", "\n", "\u0000", "\uFEFF"),
        file -> use(Tokenizer.readVocabulary(file, true)),
        DamagedFileException.class);
  }

  private void runs() throws IOException {
    Path rows = folder.resolve("table.csv");
    Files.writeString(rows, "size,town,day,kind\n1,a,2024-01-02,x\n2,b,2024-01-03,y\n");
    Files.writeString(folder.resolve("text.csv"), "text,label\nfine tea,a\nstale tea,b\n");
    List<byte[]> seeds = new ArrayList<>();
    for (String spec :
        List.of(
            "{source: table, train: '" + rows + "', target: {column: kind}, validationFraction: 0}",
            "{source: text, train: '" + folder.resolve("text.csv") + "', validationFraction: 0}")) {
      Preprocessing fitted = open(spec).preprocessing();
      seeds.add(JsonFile.bytes(fitted));
      for (Map.Entry<String, byte[]> file : fitted.files().entrySet()) {
        Files.createDirectories(folder.resolve("preprocessing"));
        Files.write(folder.resolve("preprocessing").resolve(file.getKey()), file.getValue());
      }
    }
    seeds.add(
        utf8(
            """
            {"kind": "image", "shape": {"channels": 1, "height": 4, "width": 4}, "filter": "BILINEAR",
             "normalization": {"mean": [0.5], "deviation": [0.2]},
             "target": {"kind": "class", "column": "label", "classNames": ["a", "b"]}}
            """));
    add(
        "preprocessing",
        "preprocessing.json",
        seeds,
        JSON,
        file -> {
          Preprocessing read = JsonFile.read(file, Preprocessing.class).completed(file.getParent());
          read.classNames().forEach(Objects::requireNonNull);
          read.read(sampleFor(read), item -> {});
        },
        DamagedFileException.class,
        DataException.class);
    byte[] provenance =
        utf8(
            """
            {"startedAt": "2026-01-01T00:00:00Z", "commandLine": ["train"],
             "software": {"version": "1", "java": "17", "libraries": {"nd4j": "1"}},
             "machine": {"processor": "x", "cores": 2, "threads": 2},
             "backend": {"name": "cpu", "kernels": "onednn", "convolutions": "DIRECT"}}
            """);
    add(
        "provenance",
        "provenance.json",
        List.of(provenance),
        JSON,
        file -> JsonFile.read(file, Provenance.class).backend().convolutions().name(),
        DamagedFileException.class);
    byte[] summary =
        utf8(
            """
            {"status": "completed", "epochs": 2, "steps": 20,
             "best": {"epoch": 1, "step": 10, "metrics": {"validation.loss": 0.5}},
             "validation": {"loss": 0.5}, "test": {}, "parameters": 42, "weightsSha256": "ab",
             "samplesPerSecond": 1.5, "wallSeconds": 2.5, "backend": "cpu"}
            """);
    add(
        "summary",
        "summary.json",
        List.of(summary),
        JSON,
        file -> {
          Summary read = JsonFile.read(file, Summary.class);
          read.validation().keySet().forEach(Objects::requireNonNull);
          read.test().values().forEach(Objects::requireNonNull);
          Objects.requireNonNull(read.status());
        },
        DamagedFileException.class);
  }

  private Path sampleFor(Preprocessing preprocessing) {
    return preprocessing instanceof ImagePreprocessing
        ? PICTURES.resolve("rgb.png")
        : folder.resolve(preprocessing instanceof TextPreprocessing ? "text.csv" : "table.csv");
  }

  private static DataSplits open(String spec) throws IOException {
    return DataSplits.open(
        ConfigReader.parse(spec, "spec", List.of(), DataSpec.class), Path.of(""));
  }

  private static void readRows(Path file) throws IOException {
    try (Rows rows = RowFiles.open(file)) {
      rows.forEachRemaining(row -> Objects.requireNonNull(row.cells()));
    }
  }

  private static void readTar(Path file) throws IOException {
    try (TarReader reader = TarReader.open(file)) {
      for (Optional<TarMember> member = reader.next(); member.isPresent(); member = reader.next()) {
        reader.content(member.get(), 1 << 16);
      }
    }
  }

  private static void use(Tokenizer tokenizer) {
    tokenizer.decode(tokenizer.encode("a fox, \u00e4 and \ud83d\ude80"));
    tokenizer.encodePart("");
    tokenizer.token(tokenizer.size() - 1);
    tokenizer.paddingId();
  }

  private static byte[] idx(List<Integer> sizes, byte[] values) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.size() + values.length);
    file.putInt(0x800 | sizes.size());
    sizes.forEach(file::putInt);
    return file.put(values).array();
  }

  private static byte[] zipped(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
