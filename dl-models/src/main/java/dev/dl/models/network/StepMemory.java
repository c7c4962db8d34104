package dev.dl.models.network;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The arrays of a step, cut from buffers that are given back as soon as nothing reads them any
 * more: in training, an activation when the backward pass of its layer has ended, a gradient when
 * that of the layer before has; in inference, an activation when the last layer that reads it has
 * run. Every step of a batch size takes the same buffers, so only the first one allocates; a batch
 * of short texts takes those of the longest.
 */
final class StepMemory {
  /** A buffer may be this many times as long as what is cut from it. */
  private static final int SLACK = 2;

  /** Axes of an array of sequences: {@code [batch, length, features]}. */
  private static final int SEQUENCES = 3;

  private final DataType type;
  private final long longest;
  private final Map<Node, OfNode> nodes = new LinkedHashMap<>();
  private final NavigableMap<Long, Deque<Buffer>> free = new TreeMap<>();
  private long allocatedElements;

  StepMemory(Graph graph, DataType type) {
    this.type = type;
    this.longest = graph.readsTexts() ? graph.input().shape().ids() : 0;
    for (Node node : graph.nodes()) {
      if (!node.isInput()) {
        OfNode memory = new OfNode();
        node.inputs().stream()
            .filter(input -> !input.isInput())
            .distinct()
            .map(nodes::get)
            .forEach(memory::reads);
        nodes.put(node, memory);
      }
    }
  }

  /** The memory of one layer. */
  OfNode of(Node node) {
    return nodes.get(node);
  }

  /** Elements of all buffers together. */
  long allocatedElements() {
    return allocatedElements;
  }

  /** Frees all buffers; no array of a step before may be read afterwards. */
  void release() {
    begin();
    free.values().forEach(buffers -> buffers.forEach(Buffer::close));
    free.clear();
    allocatedElements = 0;
  }

  /** Takes back whatever the step before still held. */
  void begin() {
    nodes.values().forEach(OfNode::begin);
  }

  /** Elements of an array, if it holds sequences of the longest ones of their batch. */
  private long capacity(long... shape) {
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return shape.length == SEQUENCES ? length / shape[1] * Math.max(shape[1], longest) : length;
  }

  private Buffer take(long length) {
    var fitting = free.ceilingEntry(length);
    if (fitting == null || fitting.getKey() > SLACK * length) {
      allocatedElements += length;
      return new Buffer(DenseArrays.allocate(type, length));
    }
    Buffer buffer = fitting.getValue().pop();
    if (fitting.getValue().isEmpty()) {
      free.remove(fitting.getKey());
    }
    return buffer;
  }

  private void release(List<Buffer> buffers) {
    for (Buffer buffer : buffers) {
      free.computeIfAbsent(buffer.values.length(), length -> new ArrayDeque<>()).push(buffer);
    }
    buffers.clear();
  }

  /** What one layer holds. */
  final class OfNode implements Memory {
    private final List<OfNode> inputs = new ArrayList<>();
    private final List<OfNode> readers = new ArrayList<>();
    private final List<Buffer> activations = new ArrayList<>();
    private final List<Buffer> gradients = new ArrayList<>();
    private OfNode owner = this;
    private int readersLeft;
    private int inputsLeft;

    private void reads(OfNode input) {
      inputs.add(input);
      input.readers.add(this);
    }

    private void begin() {
      release(activations);
      release(gradients);
      owner = this;
      readersLeft = readers.size();
      inputsLeft = inputs.size();
    }

    @Override
    public INDArray activation(long... shape) {
      return cut(shape, activations);
    }

    @Override
    public INDArray activationOver(INDArray input, boolean training) {
      for (OfNode node : inputs) {
        if (!training
            && node.owner.readersLeft == 1
            && moves(input, node.owner.activations, activations)) {
          return input;
        }
      }
      return activation(input.shape());
    }

    @Override
    public INDArray gradient(long... shape) {
      return cut(shape, gradients);
    }

    @Override
    public INDArray gradientFrom(INDArray outputGradient) {
      for (OfNode reader : readers) {
        if (moves(outputGradient, reader.gradients, gradients)) {
          return outputGradient;
        }
      }
      return gradient(outputGradient.shape()).assign(outputGradient);
    }

    private INDArray cut(long[] shape, List<Buffer> holder) {
      Buffer buffer = take(capacity(shape));
      holder.add(buffer);
      return buffer.as(shape);
    }

    /** Whether the buffer of an array was among those of the one list, and now is of the other. */
    private static boolean moves(INDArray array, List<Buffer> from, List<Buffer> to) {
      for (int i = 0; i < from.size(); i++) { // not by value, which two buffers may have in common
        if (from.get(i).holds(array)) {
          to.add(from.remove(i));
          return true;
        }
      }
      return false;
    }

    /** Whether an activation is in memory of this layer. */
    boolean owns(INDArray activation) {
      return activations.stream().anyMatch(buffer -> buffer.holds(activation));
    }

    /** The output of the layer is its only input: what reads the one reads the other. */
    void handOn() {
      for (OfNode input : inputs) {
        owner = input.owner;
        owner.readersLeft += Math.max(1, readers.size());
      }
    }

    /** The output of the layer is made. */
    void forwardEnded(boolean training) {
      for (OfNode input : inputs) {
        input.owner.readersLeft--;
        if (!training && input.owner.readersLeft == 0) {
          release(input.owner.activations);
        }
      }
    }

    /** The gradients of the layer are made. */
    void backwardEnded() {
      release(activations);
      for (OfNode reader : readers) {
        reader.inputsLeft--;
        if (reader.inputsLeft == 0) {
          release(reader.gradients);
        }
      }
      if (inputs.isEmpty()) {
        release(gradients);
      }
    }
  }

  /** A vector, and the arrays that were cut from its beginning. */
  private record Buffer(INDArray values, Map<List<Long>, INDArray> cuts) {
    Buffer(INDArray values) {
      this(values, new HashMap<>());
    }

    INDArray as(long... shape) {
      return cuts.computeIfAbsent(Arrays.stream(shape).boxed().toList(), key -> view(shape));
    }

    /** Whether the array was cut from this. */
    boolean holds(INDArray array) {
      return cuts.values().stream().anyMatch(cut -> cut == array);
    }

    void close() {
      cuts.clear();
      values.close();
    }

    private INDArray view(long... shape) {
      long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      return values.get(NDArrayIndex.interval(0, length)).reshape('c', shape);
    }
  }
}
