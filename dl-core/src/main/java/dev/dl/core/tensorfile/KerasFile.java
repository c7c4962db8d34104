package dev.dl.core.tensorfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.dl.core.tensorfile.StoredTensor.Visitor;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Weights as Keras writes them to HDF5, alone or with a model: the attribute {@code layer_names}
 * says in which order the layers are, {@code weight_names} of each which datasets are its weights.
 * A tensor has the name of its weight, {@code conv2d_1/kernel:0}, after that of its layer if it
 * does not begin with it. A model with Lambda layers, which are programs, is refused. Kernels that
 * Keras on Theano wrote come as on TensorFlow.
 */
final class KerasFile {
  private static final JsonFactory JSON = new JsonFactory();

  private final Hdf5File file;
  private final Visitor visitor;
  private final Set<String> names = new HashSet<>();

  private KerasFile(FileBytes file, Visitor visitor) {
    this.file = new Hdf5File(file);
    this.visitor = visitor;
  }

  static void visit(FileBytes file, Visitor visitor) throws IOException {
    try {
      new KerasFile(file, visitor).visit();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw file.problem("a structure that is cut off", "a whole HDF5 file");
    }
  }

  private void visit() throws IOException {
    Hdf5Object root = file.root();
    Optional<List<String>> model = root.texts("model_config");
    if (model.isPresent()) {
      refuseLambdas(String.join("", model.get()));
    }
    Hdf5Group group = Hdf5Group.of(file, root);
    Hdf5Object weights = root;
    if (group.has("model_weights")) {
      weights = group.get("model_weights");
      group = Hdf5Group.of(file, weights);
    }
    boolean theano = weights.texts("backend").equals(Optional.of(List.of("theano")));
    for (String layer : list(weights, "layer_names")) {
      Hdf5Object object = group.get(layer);
      List<String> weightNames = list(object, "weight_names");
      if (!weightNames.isEmpty()) {
        layer(layer, Hdf5Group.of(file, object), weightNames, theano);
      }
    }
  }

  private void layer(String layer, Hdf5Group group, List<String> weightNames, boolean theano)
      throws IOException {
    for (String weight : weightNames) {
      String name = weight.startsWith(layer + "/") ? weight : layer + "/" + weight;
      file.require(names.add(name), "two weights named '" + name + "'");
      StoredTensor tensor = Hdf5Data.tensor(file, name, group.path(weight));
      visitor.visit(theano ? TheanoKernels.turned(tensor) : tensor);
    }
  }

  /** A list of names, which Keras divides into numbered parts when it is long. */
  private List<String> list(Hdf5Object object, String name) throws IOException {
    Optional<List<String>> whole = object.texts(name);
    if (whole.isPresent()) {
      return whole.get();
    }
    List<String> list = new ArrayList<>();
    Optional<List<String>> part = object.texts(name + 0);
    if (part.isEmpty()) {
      throw file.problem(
          "no attribute " + name, "what Keras 2 writes; Keras 3's .weights.h5 is not read");
    }
    for (int number = 1; part.isPresent(); number++) {
      list.addAll(part.get());
      part = object.texts(name + number);
    }
    return list;
  }

  private void refuseLambdas(String model) throws IOException {
    try (JsonParser parser = JSON.createParser(model)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        file.require(
            token != JsonToken.VALUE_STRING
                || !"class_name".equals(parser.currentName())
                || !parser.getText().equals("Lambda"),
            "a Lambda layer, which is a program");
      }
    } catch (JsonProcessingException e) {
      throw file.problem("a model_config that is no JSON", "a whole one");
    }
  }
}
