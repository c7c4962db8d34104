package dev.dl.core.tensorfile;

import dev.dl.core.pickle.Names;
import dev.dl.core.pickle.PickleException;
import dev.dl.core.tensorfile.StoredTensor.Visitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * State dictionaries as {@code torch.save} wrote them before PyTorch 1.6: pickles one after the
 * other (a magic number, the version, the system, what was saved, the keys of the storages), then
 * each storage with its count before it.
 */
final class PyTorchLegacy {
  /** A pickle of the magic number 0x1950a86a20f9469cfc6c, in hexadecimal. */
  static final String START = "80028a0a6cfc9c46f9206aa85019";

  private static final long VERSION = 1001;

  /** For the pickles before, in which nothing is to be named. */
  private static final Names NONE =
      new Names() {
        @Override
        public Object global(String name) throws PickleException {
          throw new PickleException("the Python object " + name, "numbers and texts here");
        }

        @Override
        public Object persistent(Object id) throws PickleException {
          throw new PickleException("a storage", "numbers and texts here");
        }
      };

  private PyTorchLegacy() {}

  static void visit(FileBytes file, Visitor visitor) throws IOException {
    ByteBuffer bytes = file.read(0, (int) Math.min(PyTorchFile.MOST_PICKLE_BYTES, file.size()));
    PyTorchStateDictionary.unpickle(file, bytes, NONE);
    Object version = PyTorchStateDictionary.unpickle(file, bytes, NONE);
    Object system = PyTorchStateDictionary.unpickle(file, bytes, NONE);
    if (!Long.valueOf(VERSION).equals(version)
        || !(system instanceof Map<?, ?> map)
        || !Boolean.TRUE.equals(map.get("little_endian"))) {
      throw file.problem("another version or order of bytes", "version 1001, little endian");
    }
    PyTorchNames names = new PyTorchNames();
    Object saved = PyTorchStateDictionary.unpickle(file, bytes, names);
    Object keys = PyTorchStateDictionary.unpickle(file, bytes, NONE);
    Map<String, Long> starts = starts(file, bytes.position(), keys, names.storages());
    for (var tensor : PyTorchStateDictionary.of(file, saved).entrySet()) {
      PyTorchView view = tensor.getValue();
      Long start = starts.get(view.storage().key());
      if (start == null) {
        throw file.problem(tensor.getKey(), "a tensor without its storage", "a whole file");
      }
      visitor.visit(
          new StoredTensor(
              tensor.getKey(),
              view.storage().type(),
              view.shape(),
              () -> view.values(file, start)));
    }
  }

  /** Where the numbers of each storage begin. */
  private static Map<String, Long> starts(
      FileBytes file, long position, Object keys, Map<String, PyTorchStorage> storages)
      throws IOException {
    Map<String, Long> starts = new HashMap<>();
    if (!(keys instanceof List<?> list)) {
      throw file.problem("no list of storages", "one");
    }
    long next = position;
    for (Object key : list) {
      PyTorchStorage storage = key instanceof String ? storages.get(key) : null;
      long count = file.read(next, Long.BYTES).getLong();
      if (storage == null || storage.count() != count) {
        throw file.problem("a storage of " + count + " numbers", "the one that a tensor needs");
      }
      next += Long.BYTES;
      if (count > (file.size() - next) / storage.type().bytes) {
        throw file.problem("a storage of " + count + " numbers", "the file to hold them");
      }
      starts.put(storage.key(), next);
      next += count * storage.type().bytes;
    }
    if (next != file.size()) {
      throw file.problem((file.size() - next) + " bytes after the last storage", "none");
    }
    return starts;
  }
}
