package dev.dl.core.tensorfile;

import dev.dl.core.tensorfile.StoredTensor.Visitor;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The weights in an ONNX model (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): its
 * initializers by their names, and the tensors of its {@code Constant} nodes by their outputs'. The
 * graph is not looked at otherwise, nor are those inside of its nodes; so no depth of a file can
 * matter.
 *
 * <p>Whole numbers that float32 cannot hold, such as the 2^63-1 that stands for "to the end", are
 * places in arrays and no weights: tensors with them are left out.
 */
final class OnnxFile {
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPERATOR_SETS = 8;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_SPARSE_INITIALIZER = 15;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_TENSOR = 5;

  private static final int MOST_TENSORS = 200_000;
  private static final String EXPECTED = "an ONNX model";

  private final FileBytes file;
  private final Visitor visitor;
  private final Set<String> names = new HashSet<>();

  private OnnxFile(FileBytes file, Visitor visitor) {
    this.file = file;
    this.visitor = visitor;
  }

  static void visit(FileBytes file, Visitor visitor) throws IOException {
    ProtobufMessage graph = null;
    boolean complete = false;
    ProtobufMessage model = new ProtobufMessage(file, 0, file.size());
    while (model.advance()) {
      if (model.field() == MODEL_GRAPH) {
        if (graph != null) {
          throw file.problem("two graphs", EXPECTED);
        }
        graph = model.message();
      }
      complete |= model.field() == MODEL_OPERATOR_SETS; // every model has some, after its graph
    }
    if (graph == null || !complete) {
      throw file.problem("a file without a graph or operator sets", EXPECTED);
    }
    new OnnxFile(file, visitor).graph(graph);
  }

  private void graph(ProtobufMessage graph) throws IOException {
    while (graph.advance()) {
      switch (graph.field()) {
        case GRAPH_NODE -> node(graph.message());
        case GRAPH_INITIALIZER -> {
          OnnxTensor tensor = OnnxTensor.of(file, graph.message());
          tensor(tensor.name(), tensor);
        }
        case GRAPH_SPARSE_INITIALIZER -> throw file.problem("a sparse initializer", "dense ones");
        default -> {}
      }
    }
  }

  private void node(ProtobufMessage node) throws IOException {
    String operator = "";
    String output = "";
    ProtobufMessage value = null;
    while (node.advance()) {
      switch (node.field()) {
        case NODE_OPERATOR -> operator = node.text();
        case NODE_OUTPUT -> output = node.text();
        case NODE_ATTRIBUTE -> {
          ProtobufMessage found = valueOf(node.message());
          value = found == null ? value : found;
        }
        default -> {}
      }
    }
    if (operator.equals("Constant") && value != null) {
      tensor(output, OnnxTensor.of(file, value));
    }
  }

  /** The tensor of an attribute that is called {@code value}, or null. */
  private static ProtobufMessage valueOf(ProtobufMessage attribute) throws IOException {
    boolean isValue = false;
    ProtobufMessage tensor = null;
    while (attribute.advance()) {
      switch (attribute.field()) {
        case ATTRIBUTE_NAME -> isValue = attribute.text().equals("value");
        case ATTRIBUTE_TENSOR -> tensor = attribute.message();
        default -> {}
      }
    }
    return isValue ? tensor : null;
  }

  private void tensor(String name, OnnxTensor tensor) throws IOException {
    if (!names.add(name)) {
      throw file.problem("two tensors named '" + name + "'", "each name once");
    }
    if (names.size() > MOST_TENSORS) {
      throw file.problem("more tensors", "at most " + MOST_TENSORS);
    }
    if (tensor.isExact()) {
      visitor.visit(new StoredTensor(name, tensor.type(), tensor.shape(), () -> tensor.values()));
    }
  }
}
