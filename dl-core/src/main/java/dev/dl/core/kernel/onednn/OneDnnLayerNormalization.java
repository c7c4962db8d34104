package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.RowNormalizationKernel;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layer normalization by oneDNN; the statistics are kept here. */
final class OneDnnLayerNormalization implements RowNormalizationKernel {
  private static final int SIZES = 64;
  private static final int FLAGS =
      normalization_flags.use_scale.value | normalization_flags.use_shift.value;

  private final OneDnnEngine engine;
  private final int features;
  private final float epsilon;

  /** Where the gradients go that nobody needs: the backward pass makes all of them. */
  private final INDArray unread;

  private final PerSize<Prepared> prepared = new PerSize<>(SIZES, Prepared::new);

  OneDnnLayerNormalization(OneDnnEngine engine, int features, double epsilon) {
    this.engine = engine;
    this.features = features;
    this.epsilon = (float) epsilon;
    this.unread = DenseArrays.allocate(DataType.FLOAT, features);
  }

  @Override
  public void forward(INDArray input, INDArray weight, INDArray bias, INDArray output) {
    prepared
        .get(input.length() / features)
        .forward
        .at(DNNL_ARG_SRC, input)
        .at(DNNL_ARG_SCALE, weight)
        .at(DNNL_ARG_SHIFT, bias)
        .at(DNNL_ARG_DST, output)
        .run();
  }

  @Override
  public void backward(
      INDArray input,
      INDArray weight,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    prepared
        .get(input.length() / features)
        .backward
        .at(DNNL_ARG_SRC, input)
        .at(DNNL_ARG_SCALE, weight)
        .at(DNNL_ARG_DIFF_DST, outputGradient)
        .at(DNNL_ARG_DIFF_SRC, inputGradient)
        .at(DNNL_ARG_DIFF_SCALE, weightGradient == null ? unread : weightGradient)
        .at(DNNL_ARG_DIFF_SHIFT, weightGradient == null ? unread : biasGradient)
        .run();
  }

  /** The primitives for one number of rows, and the statistics of the latest forward pass. */
  private final class Prepared {
    private final Call forward;
    private final Call backward;

    Prepared(long rows) {
      memory.desc vectors = engine.dense(rows, features);
      memory.desc parameter = engine.dense(features);
      memory.desc statistics = engine.dense(rows);
      var description =
          new layer_normalization_forward.primitive_desc(
              engine.cpu,
              prop_kind.forward_training.value,
              vectors,
              vectors,
              statistics,
              epsilon,
              FLAGS,
              OneDnnEngine.attributes(),
              false);
      var backwardDescription =
          new layer_normalization_backward.primitive_desc(
              engine.cpu,
              prop_kind.backward.value,
              vectors,
              vectors,
              vectors,
              statistics,
              epsilon,
              FLAGS,
              description,
              OneDnnEngine.attributes(),
              false);
      forward =
          new Call(engine, new layer_normalization_forward(description))
              .argument(DNNL_ARG_SRC, vectors)
              .argument(DNNL_ARG_DST, vectors)
              .argument(DNNL_ARG_SCALE, parameter)
              .argument(DNNL_ARG_SHIFT, parameter);
      backward =
          new Call(engine, new layer_normalization_backward(backwardDescription))
              .argument(DNNL_ARG_SRC, vectors)
              .argument(DNNL_ARG_SCALE, parameter)
              .argument(DNNL_ARG_DIFF_DST, vectors)
              .argument(DNNL_ARG_DIFF_SRC, vectors)
              .argument(DNNL_ARG_DIFF_SCALE, parameter)
              .argument(DNNL_ARG_DIFF_SHIFT, parameter);
      keepStatistics(engine.allocate(statistics), DNNL_ARG_MEAN);
      keepStatistics(engine.allocate(statistics), DNNL_ARG_VARIANCE);
    }

    private void keepStatistics(memory values, int role) {
      forward.fixed(role, values);
      backward.fixed(role, values);
    }
  }
}
