package dev.dl.core.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SmallComputationTest {
  private static final Kernels KERNELS = new Nd4jKernels(DataType.FLOAT);

  @Test
  void findsNoDifferenceOnTheCpu() {
    assertThat(SmallComputation.difference(KERNELS)).isEmpty();
  }

  @Test
  void tellsWhichNumberIsWrong() {
    assertThat(SmallComputation.difference(withWeightGradientsOff(1)))
        .get()
        .asString()
        .matches("convolution's weight gradient: -?[0-9]+\\.0 at 5, the CPU has -?[0-9]+\\.0");
    assertThat(SmallComputation.difference(withWeightGradientsOff(Double.NaN)))
        .get()
        .asString()
        .contains("NaN at 5");
  }

  private static Kernels withWeightGradientsOff(double difference) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) ->
                method.getName().equals("convolution")
                    ? off(KERNELS.convolution((ConvolutionGeometry) arguments[0]), difference)
                    : method.invoke(KERNELS, arguments));
  }

  private static ConvolutionKernel off(ConvolutionKernel kernel, double difference) {
    return new ConvolutionKernel() {
      @Override
      public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
        kernel.forward(input, weights, bias, output);
      }

      @Override
      public void backward(
          INDArray input,
          INDArray weights,
          INDArray output,
          INDArray outputGradient,
          INDArray inputGradient,
          INDArray weightGradient,
          INDArray biasGradient) {
        kernel.backward(
            input, weights, output, outputGradient, inputGradient, weightGradient, biasGradient);
        weightGradient.data().put(5, weightGradient.data().getDouble(5) + difference);
      }
    };
  }
}
