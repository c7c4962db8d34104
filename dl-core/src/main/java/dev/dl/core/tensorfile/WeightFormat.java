package dev.dl.core.tensorfile;

import dev.dl.core.tensorfile.StoredTensor.Visitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The formats of weight files, each known by how its files begin. */
enum WeightFormat {
  PYTORCH("PyTorch state dictionary", 0, "504b0304") {
    @Override
    void visit(FileBytes file, Visitor visitor) throws IOException {
      PyTorchFile.visit(file, visitor);
    }
  },
  LEGACY_PYTORCH("PyTorch state dictionary, before 1.6", 0, PyTorchLegacy.START) {
    @Override
    void visit(FileBytes file, Visitor visitor) throws IOException {
      PyTorchLegacy.visit(file, visitor);
    }
  },
  KERAS("Keras HDF5", 0, "894844460d0a1a0a") {
    @Override
    void visit(FileBytes file, Visitor visitor) throws IOException {
      KerasFile.visit(file, visitor);
    }
  },
  SAFETENSORS("safetensors", Long.BYTES, "7b") { // "{" after the header's length
    @Override
    void visit(FileBytes file, Visitor visitor) throws IOException {
      SafeTensors.visit(file, visitor);
    }
  },
  ONNX("ONNX", 0, "08") { // ModelProto.ir_version
    @Override
    void visit(FileBytes file, Visitor visitor) throws IOException {
      OnnxFile.visit(file, visitor);
    }
  };

  private static final String EXPECTED =
      "safetensors, ONNX, Keras HDF5 or a PyTorch state dictionary";
  private static final int START_BYTES = 16;

  /** What is taken for weights now and then: how it begins, what it is, and what helps. */
  private record Lookalike(String start, String name, String remedy) {}

  private static final List<Lookalike> LOOKALIKES =
      List.of(
          new Lookalike(
              "version https://", "a pointer of Git LFS", "the file itself: run git lfs pull"),
          new Lookalike("<", "a page (HTML or XML)", "the file that it should lead to"),
          new Lookalike("{", "JSON", "the files of weights that it may name"),
          new Lookalike("GGUF", "GGUF", EXPECTED));

  private final String title;
  private final int offset;
  private final String magic;

  WeightFormat(String title, int offset, String magic) {
    this.title = title;
    this.offset = offset;
    this.magic = magic;
  }

  /** What people call it. */
  String title() {
    return title;
  }

  /** Shows the tensors of a file of this format in its order. */
  abstract void visit(FileBytes file, Visitor visitor) throws IOException;

  /**
   * The format of a file.
   *
   * @throws TensorFileException if it is none of these
   */
  static WeightFormat of(FileBytes file) throws IOException {
    byte[] start = file.read(0, (int) Math.min(START_BYTES, file.size())).array();
    for (WeightFormat format : values()) {
      int end = format.offset + format.magic.length() / 2;
      if (start.length >= end
          && HexFormat.of().formatHex(start, format.offset, end).equals(format.magic)) {
        return format;
      }
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    for (Lookalike other : LOOKALIKES) {
      if (text.startsWith(other.start)) {
        throw file.problem(other.name, other.remedy);
      }
    }
    String found = start.length == 0 ? "an empty file" : "a file that begins with " + hex(start);
    throw file.problem(found, EXPECTED);
  }

  private static String hex(byte[] start) {
    return HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(8, start.length));
  }
}
