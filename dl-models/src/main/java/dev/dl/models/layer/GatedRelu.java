package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The first half of a vector, or of each vector of a sequence, times ReLU of the second half: ReGLU
 * (Shazeer 2020, https://arxiv.org/abs/2002.05202). {@code [2 · features]} to {@code [features]}.
 */
public record GatedRelu() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (input.features() % 2 != 0) {
      throw new IllegalArgumentException("got the shape " + input + ", expected two halves");
    }
    return input.withFeatures(input.features() / 2);
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    int features = context.inputs().get(0).features() / 2;
    // One pixel with a factor for each channel: a product of two vectors.
    ImageShape vector = new ImageShape(features, 1, 1);
    return new Operation() {
      private long[] shape;
      private INDArray values;
      private INDArray gates;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        shape = inputs[0].shape();
        long rows = inputs[0].length() / (2L * features);
        values = memory.activation(rows, features);
        gates = memory.activation(rows, features);
        INDArray whole = inputs[0].reshape(rows, 2L * features);
        context.kernels().split(whole, new INDArray[] {values, gates});
        context.kernels().activate(Activation.RELU, gates, gates);
        INDArray output = memory.activation(halved());
        context.kernels().scaleChannels(vector, pixels(values), gates, pixels(output));
        return output;
      }

      private INDArray pixels(INDArray vectors) {
        return vectors.reshape(
            context.kernels().layout().arrayShape(vectors.length() / features, vector));
      }

      private long[] halved() {
        long[] halved = shape.clone();
        halved[halved.length - 1] = features;
        return halved;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        long rows = values.size(0);
        INDArray valueGradient = memory.gradient(rows, features);
        INDArray gateGradient = memory.gradient(rows, features);
        context
            .kernels()
            .scaleChannelsGradient(
                vector,
                pixels(values),
                gates,
                pixels(outputGradient),
                pixels(valueGradient),
                gateGradient);
        context.kernels().activationGradient(Activation.RELU, gates, gateGradient, gateGradient);
        INDArray inputGradient = memory.gradient(shape);
        INDArray whole = inputGradient.reshape(rows, 2L * features);
        context.kernels().join(new INDArray[] {valueGradient, gateGradient}, whole);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
