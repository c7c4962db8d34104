package dev.dl.core.tensorfile;

import dev.dl.core.pickle.Names;
import dev.dl.core.pickle.PickleException;
import dev.dl.core.pickle.Unpickler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the weights in what {@code torch.save} was given: a dictionary of tensors, or one of its
 * values that is the only such dictionary ({@code {"epoch": 3, "state_dict": {...}}}). Where there
 * are several, as with averages beside the weights, it does not choose. What is no tensor in a
 * dictionary of tensors is left out.
 */
final class PyTorchStateDictionary {
  /** Tensors that share storages may together be so many times as long as the file. */
  private static final int MOST_SHARING = 16;

  private static final String REMEDY = "one dictionary of tensors: save model.state_dict()";

  private PyTorchStateDictionary() {}

  /** What a pickle holds. */
  static Object unpickle(FileBytes file, ByteBuffer pickle, Names names)
      throws TensorFileException {
    try {
      return Unpickler.read(pickle, names);
    } catch (PickleException e) {
      throw file.problem(e.found(), e.expected());
    }
  }

  /** The tensors by name. */
  static Map<String, PyTorchView> of(FileBytes file, Object saved) throws TensorFileException {
    if (!(saved instanceof Map<?, ?> root)) {
      throw file.problem("something other than a dictionary", REMEDY);
    }
    List<String> places = new ArrayList<>();
    Map<String, PyTorchView> found = tensors(root);
    if (!found.isEmpty()) {
      places.add("the file itself");
    }
    for (Map.Entry<?, ?> entry : root.entrySet()) {
      if (entry.getValue() instanceof Map<?, ?> inner && !tensors(inner).isEmpty()) {
        places.add("'" + entry.getKey() + "'");
        found = tensors(inner);
      }
    }
    if (places.size() > 1) {
      throw file.problem("tensors in " + String.join(", ", places), REMEDY);
    }
    if (places.isEmpty() && !root.isEmpty()) {
      throw file.problem("no tensors in a dictionary of " + root.keySet(), REMEDY);
    }
    requireBounded(file, found);
    return found;
  }

  private static Map<String, PyTorchView> tensors(Map<?, ?> dictionary) {
    Map<String, PyTorchView> tensors = new LinkedHashMap<>();
    dictionary.forEach(
        (name, value) -> {
          if (name instanceof String text && value instanceof PyTorchView view) {
            tensors.put(text, view);
          }
        });
    return tensors;
  }

  private static void requireBounded(FileBytes file, Map<String, PyTorchView> tensors)
      throws TensorFileException {
    long bytes = 0;
    for (PyTorchView view : tensors.values()) {
      bytes += (long) view.span() * view.storage().type().bytes;
    }
    if (bytes / MOST_SHARING > file.size()) {
      throw file.problem(
          "tensors that share their storage, of " + bytes + " bytes in all",
          "at most " + MOST_SHARING + " times those of the file");
    }
  }
}
