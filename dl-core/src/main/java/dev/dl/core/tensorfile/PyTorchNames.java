package dev.dl.core.tensorfile;

import dev.dl.core.pickle.Names;
import dev.dl.core.pickle.PickleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What pickles of PyTorch may name: dictionaries, storages, and views of these. Nothing else. */
final class PyTorchNames implements Names {
  private static final String REMEDY =
      "tensors in plain dictionaries and lists: save model.state_dict() with torch.save";

  private static final Map<String, Object> KNOWN =
      Map.ofEntries(
          Map.entry("collections.OrderedDict", (Callee) PyTorchNames::dictionary),
          Map.entry("torch._utils._rebuild_tensor_v2", (Callee) PyTorchNames::tensor),
          Map.entry("torch._utils._rebuild_parameter", (Callee) PyTorchNames::parameter),
          Map.entry("torch.DoubleStorage", ElementType.F64),
          Map.entry("torch.FloatStorage", ElementType.F32),
          Map.entry("torch.HalfStorage", ElementType.F16),
          Map.entry("torch.BFloat16Storage", ElementType.BF16),
          Map.entry("torch.LongStorage", ElementType.I64),
          Map.entry("torch.IntStorage", ElementType.I32),
          Map.entry("torch.ShortStorage", ElementType.I16),
          Map.entry("torch.CharStorage", ElementType.I8),
          Map.entry("torch.ByteStorage", ElementType.U8),
          Map.entry("torch.BoolStorage", ElementType.BOOL));

  private final Map<String, PyTorchStorage> storages = new LinkedHashMap<>();

  /** The storages that were named so far, by their keys. */
  Map<String, PyTorchStorage> storages() {
    return storages;
  }

  @Override
  public Object global(String name) throws PickleException {
    Object known = KNOWN.get(name);
    if (known == null) {
      throw new PickleException("the Python object " + name, REMEDY);
    }
    return known;
  }

  /**
   * {@code ("storage", type, key, device, count)}, in the old format with a view, which is none.
   */
  @Override
  public Object persistent(Object id) throws PickleException {
    if (id instanceof List<?> parts
        && parts.size() >= 5
        && "storage".equals(parts.get(0))
        && parts.get(1) instanceof ElementType type
        && parts.get(2) instanceof String key
        && parts.get(4) instanceof Long count
        && parts.stream().skip(5).allMatch(view -> view == null)) {
      PyTorchStorage storage = new PyTorchStorage(key, type, count);
      PyTorchStorage known = storages.putIfAbsent(key, storage);
      if (count < 0 || (known != null && !known.equals(storage))) {
        throw new PickleException("two kinds of the storage " + key, "one");
      }
      return storage;
    }
    throw new PickleException("an unknown kind of storage", "those of tensors");
  }

  private static Object dictionary(List<?> arguments) throws PickleException {
    if (!arguments.isEmpty()) {
      throw new PickleException("an OrderedDict made of something", "an empty one, then filled");
    }
    return new LinkedHashMap<>();
  }

  /** {@code (storage, offset, sizes, strides, requires_grad, hooks)}. */
  private static Object tensor(List<?> arguments) throws PickleException {
    if (arguments.size() >= 4
        && arguments.get(0) instanceof PyTorchStorage storage
        && arguments.get(1) instanceof Long offset) {
      return PyTorchView.of(
          storage, offset, wholeNumbers(arguments.get(2)), wholeNumbers(arguments.get(3)));
    }
    throw new PickleException("a tensor without its storage", "one with it");
  }

  private static Object parameter(List<?> arguments) throws PickleException {
    if (!arguments.isEmpty() && arguments.get(0) instanceof PyTorchView view) {
      return view;
    }
    throw new PickleException("a parameter that is no tensor", "one that is");
  }

  private static List<Long> wholeNumbers(Object tuple) throws PickleException {
    if (tuple instanceof List<?> numbers && numbers.stream().allMatch(Long.class::isInstance)) {
      return numbers.stream().map(Long.class::cast).toList();
    }
    throw new PickleException("a shape that is no list of numbers", "one that is");
  }
}
