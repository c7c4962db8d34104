package dev.dl.models.network;

import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The loss at the end of Deeplearning4j's graph; outside of training it passes the outputs on. */
final class LossLayer extends org.deeplearning4j.nn.layers.LossLayer {
  private final transient Kernels kernels;
  private final transient Loss loss;
  private final transient Progress progress;
  private transient LossResult result;

  LossLayer(
      NeuralNetConfiguration configuration,
      DataType dataType,
      Kernels kernels,
      Loss loss,
      Progress progress) {
    super(configuration, dataType);
    this.kernels = kernels;
    this.loss = loss;
    this.progress = progress;
  }

  /** The loss of the latest training pass. */
  LossResult result() {
    return result;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    result =
        progress.timed(
            StepProfile.Part.LOSS,
            "loss",
            loss.getClass().getSimpleName(),
            () -> kernels.loss(loss, input, labels, gradient));
    if (progress.check != null) {
      progress.check.look(() -> "the gradient of the loss", gradient);
    }
    return new Pair<>(new DefaultGradient(), gradient);
  }

  /** Nobody asks Deeplearning4j for it, and the loss stays where it was computed. */
  @Override
  public double computeScore(
      double regularization, boolean training, LayerWorkspaceMgr workspaces) {
    return 0;
  }
}
