package dev.dl.models.network;

import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What Deeplearning4j keeps of the loss while it builds its graph. */
@SuppressWarnings("serial")
final class LossLayerConfiguration extends org.deeplearning4j.nn.conf.layers.LossLayer {
  private final transient Kernels kernels;
  private final transient Loss loss;
  private final transient Progress progress;

  LossLayerConfiguration(Kernels kernels, Loss loss, Progress progress) {
    super(new Builder());
    this.kernels = kernels;
    this.loss = loss;
    this.progress = progress;
  }

  Kernels kernels() {
    return kernels;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parametersView,
      boolean initializeParameters,
      DataType dataType) {
    return new LossLayer(configuration, dataType, kernels, loss, progress);
  }
}
