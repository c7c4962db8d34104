package dev.dl.core.tensorfile;

import dev.dl.core.tensorfile.StoredTensor.Visitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * State dictionaries as {@code torch.save} writes them since PyTorch 1.6: a zip archive with a
 * pickle, {@code NAME/data.pkl}, and the storages that it refers to, {@code NAME/data/KEY}.
 */
final class PyTorchFile {
  /** A tensor takes some 150 of them. */
  static final int MOST_PICKLE_BYTES = 1 << 24;

  private static final String PICKLE = "/data.pkl";
  private static final String EXPECTED = "a state dictionary, as torch.save writes it";

  private PyTorchFile() {}

  static void visit(FileBytes file, Visitor visitor) throws IOException {
    ZipEntries entries = ZipEntries.of(file);
    String prefix = prefix(file, entries.names());
    requireLittleEndian(file, entries, prefix + "/byteorder");
    ByteBuffer pickle = entries.content(prefix + PICKLE, MOST_PICKLE_BYTES);
    Object saved = PyTorchStateDictionary.unpickle(file, pickle, new PyTorchNames());
    for (var tensor : PyTorchStateDictionary.of(file, saved).entrySet()) {
      PyTorchView view = tensor.getValue();
      ElementType type = view.storage().type();
      long start =
          start(file, view.storage(), entries.place(prefix + "/data/" + view.storage().key()));
      visitor.visit(
          new StoredTensor(tensor.getKey(), type, view.shape(), () -> view.values(file, start)));
    }
  }

  private static String prefix(FileBytes file, Set<String> names) throws TensorFileException {
    List<String> pickles = names.stream().filter(name -> name.matches("[^/]*" + PICKLE)).toList();
    if (pickles.size() != 1) {
      boolean ofDeeplearning4j = names.contains("coefficients.bin");
      throw file.problem(
          ofDeeplearning4j ? "a model of Deeplearning4j" : "a zip archive without one data.pkl",
          EXPECTED);
    }
    String prefix = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    if (names.contains(prefix + "/constants.pkl")) {
      throw file.problem("a TorchScript program", EXPECTED);
    }
    return prefix;
  }

  private static void requireLittleEndian(FileBytes file, ZipEntries entries, String name)
      throws IOException {
    if (entries.names().contains(name)) {
      byte[] order = entries.content(name, 64).array();
      if (!new String(order, StandardCharsets.US_ASCII).equals("little")) {
        throw file.problem("numbers that are not little endian", "little endian ones");
      }
    }
  }

  private static long start(FileBytes file, PyTorchStorage storage, ZipEntries.Place place)
      throws TensorFileException {
    int each = storage.type().bytes;
    if (place.bytes() % each != 0 || place.bytes() / each != storage.count()) {
      throw file.problem(
          "data/" + storage.key(),
          place.bytes() + " bytes",
          storage.count() + " numbers of type " + storage.type());
    }
    return place.start();
  }
}
