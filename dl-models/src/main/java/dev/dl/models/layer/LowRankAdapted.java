package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.DenseKernel;
import dev.dl.core.kernel.DropoutMask;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * An affine layer some of whose weights are adapted by products of two narrow matrices (LoRA, Hu et
 * al. 2021, https://arxiv.org/abs/2106.09685): to {@code x · weightᵀ} comes {@code alpha / rank ·
 * dropout(x) · Aᵀ · Bᵀ}. Parameters: those of the layer, then {@code lora_A.weight [rank, inputs]}
 * of each adapted weight and then {@code lora_B.weight [outputs, rank]} of each, which begins at
 * zero, so that the layer begins as it was.
 *
 * @param base without an activation; its weights lie one below the other
 * @param weights which of its weights are adapted: {@code weight}, or {@code query.weight}
 * @param dropout rate, before A
 */
public record LowRankAdapted(
    Layer base, List<String> weights, int rank, double alpha, double dropout) implements Layer {
  private static final String WEIGHT = "weight";

  public LowRankAdapted {
    weights = List.copyOf(weights);
  }

  /** The weights of a layer that can be adapted, by their names; none of most layers. */
  public static List<String> adaptable(Layer layer, List<Shape> inputs) {
    boolean affine = layer instanceof Dense || layer instanceof QueryKeyValue;
    return affine
        ? layer.parameters(inputs).stream()
            .map(Parameter::name)
            .filter(name -> name.endsWith(WEIGHT))
            .toList()
        : List.of();
  }

  /** What A of a weight is called. */
  public static String nameOfA(String weight) {
    return narrow(weight, "A");
  }

  /** What B of a weight is called. */
  public static String nameOfB(String weight) {
    return narrow(weight, "B");
  }

  private static String narrow(String weight, String side) {
    return weight.substring(0, weight.length() - WEIGHT.length()) + "lora_" + side + "." + WEIGHT;
  }

  /** What the product of B and A is multiplied by. */
  public double scale() {
    return alpha / rank;
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return base.outputShape(inputs);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int features = inputs.get(0).features();
    List<Parameter> all = new ArrayList<>(base.parameters(inputs));
    for (Rows part : rows(inputs)) {
      Parameter a = Parameter.weight(Initializer.fanIn(features), rank, features);
      all.add(a.named(nameOfA(part.weight)));
    }
    for (Rows part : rows(inputs)) {
      Parameter b = Parameter.weight(new Initializer.Constant(0), part.end - part.start, rank);
      all.add(b.named(nameOfB(part.weight)));
    }
    return all;
  }

  private long outputs(String weight, List<Shape> inputs) {
    return base.parameters(inputs).stream()
        .filter(parameter -> parameter.name().equals(weight))
        .findFirst()
        .orElseThrow()
        .shape()
        .get(0);
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    int features = inputs.get(0).features();
    long vectors = inputs.get(0).size() / features;
    long narrow = rows(inputs).stream().mapToLong(part -> features + part.end - part.start).sum();
    return base.multiplyAdds(inputs) + vectors * rank * narrow;
  }

  @Override
  public boolean readsInParts() {
    return base.readsInParts();
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, this);
  }

  /** Rows of the output that an adapted weight gives. */
  private record Rows(String weight, long start, long end) {}

  private List<Rows> rows(List<Shape> inputs) {
    List<Rows> rows = new ArrayList<>();
    long start = 0;
    for (String weight : adaptable(base, inputs)) {
      long end = start + outputs(weight, inputs);
      if (weights.contains(weight)) {
        rows.add(new Rows(weight, start, end));
      }
      start = end;
    }
    return rows;
  }

  /** The narrow products of all adapted weights are made as one each. */
  private static final class Running implements Operation {
    private final OperationContext context;
    private final LowRankAdapted layer;
    private final Operation base;
    private final List<Rows> rows;
    private final int features;
    private final int width;
    private final DenseKernel down;
    private final DenseKernel up;

    /** All of B, scaled, with zeros where an output does not depend: {@code [outputs, width]}. */
    private final INDArray wide;

    private final INDArray wideGradient;

    /** What of the two stands for the B of each weight. */
    private final List<INDArray> blocks = new ArrayList<>();

    private final List<INDArray> gradientBlocks = new ArrayList<>();
    private INDArray a;
    private DropoutMask mask;
    private INDArray input;
    private INDArray narrow;
    private INDArray update;

    Running(OperationContext context, LowRankAdapted layer) {
      this.context = context;
      this.layer = layer;
      List<Shape> inputs = context.inputs();
      base = layer.base.operation(new AdaptedContext(context, layer.base));
      rows = layer.rows(inputs);
      width = layer.rank * rows.size();
      features = inputs.get(0).features();
      int outputs = layer.base.outputShape(inputs).features();
      down = context.kernels().dense(features, width, Activation.NONE);
      up = context.kernels().dense(width, outputs, Activation.NONE);
      wide = DenseArrays.allocate(context.kernels().dataType(), outputs, width);
      wideGradient = DenseArrays.allocate(context.kernels().dataType(), outputs, width);
      for (Rows part : rows) {
        blocks.add(block(wide, part));
        gradientBlocks.add(block(wideGradient, part));
      }
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
      INDArray output = base.forward(inputs, training, memory);
      mask = context.dropout(layer.dropout, training);
      input = inputs[0];
      if (mask.rate() > 0) {
        input = memory.activation(inputs[0].shape());
        context.kernels().dropout(inputs[0], mask, input);
      }
      narrow = memory.activation(withLast(input.shape(), width));
      down.forward(input, a(), null, narrow);
      for (int i = 0; i < rows.size(); i++) {
        INDArray b = context.parameter(nameOfB(rows.get(i).weight));
        blocks.get(i).assign(b).muli(layer.scale());
      }
      update = memory.activation(output.shape());
      up.forward(narrow, wide, null, update);
      context.kernels().add(output, update, Activation.NONE, output);
      return output;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      INDArray[] inputGradients = base.backward(outputGradient, memory);
      INDArray narrowGradient = memory.gradient(narrow.shape());
      boolean trained = !context.frozen();
      up.backward(
          narrow,
          wide,
          update,
          outputGradient,
          narrowGradient,
          trained ? wideGradient : null,
          null);
      if (trained) {
        for (int i = 0; i < rows.size(); i++) {
          INDArray gradient = context.gradient(nameOfB(rows.get(i).weight));
          gradient.assign(gradientBlocks.get(i)).muli(layer.scale());
        }
      }
      boolean further = context.inputGradientNeeded();
      INDArray narrowInput = further ? memory.gradient(input.shape()) : null;
      INDArray ofA = trained ? context.gradientsFrom(firstA(), width, features) : null;
      down.backward(input, a(), narrow, narrowGradient, narrowInput, ofA, null);
      if (further) {
        if (mask.rate() > 0) {
          context.kernels().dropout(narrowInput, mask, narrowInput);
        }
        context.kernels().add(inputGradients[0], narrowInput, Activation.NONE, inputGradients[0]);
      }
      return inputGradients;
    }

    private INDArray a() {
      if (a == null) {
        a = context.parametersFrom(firstA(), width, features);
      }
      return a;
    }

    private String firstA() {
      return nameOfA(rows.get(0).weight);
    }

    private INDArray block(INDArray all, Rows part) {
      long column = (long) rows.indexOf(part) * layer.rank;
      return all.get(
          NDArrayIndex.interval(part.start, part.end),
          NDArrayIndex.interval(column, column + layer.rank));
    }

    private static long[] withLast(long[] shape, long size) {
      long[] changed = shape.clone();
      changed[changed.length - 1] = size;
      return changed;
    }
  }
}
