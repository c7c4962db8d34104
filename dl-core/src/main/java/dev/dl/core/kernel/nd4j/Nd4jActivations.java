package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Activations and their derivatives as their formulas are written. */
final class Nd4jActivations {
  private static final double CUBIC = 0.044715;

  /** A slope of 1/5 rather than 1/6. */
  private static final double STEEPER = 1.2;

  private Nd4jActivations() {}

  /** A new array. */
  static INDArray value(Activation activation, INDArray x) {
    return switch (activation) {
      case NONE -> x.dup();
      case RELU -> Transforms.max(x, 0, true);
      case RELU6 -> Transforms.min(Transforms.max(x, 0, true), 6, false);
      case LEAKY_RELU -> x.mul(leakySlope(x));
      case SIGMOID -> Transforms.sigmoid(x, true);
      case TANH -> Transforms.tanh(x, true);
      case GELU -> x.mul(normalDistribution(x));
      case GELU_TANH -> x.mul(Transforms.tanh(inner(x), false).addi(1)).muli(0.5);
      case SILU -> x.mul(Transforms.sigmoid(x, true));
      case HARD_SIGMOID -> hardSigmoid(x);
      case STEEP_HARD_SIGMOID -> hardSigmoid(x.mul(STEEPER));
      case HARD_SWISH -> x.mul(hardSigmoid(x));
    };
  }

  /**
   * A new array.
   *
   * @param values outputs where {@link Activation#gradientFollowsFromOutput}, else inputs
   */
  static INDArray derivative(Activation activation, INDArray values) {
    INDArray x = values;
    return switch (activation) {
      case NONE -> Nd4j.onesLike(values);
      case RELU -> positive(values);
      case RELU6 -> positive(values).muli(positive(values.rsub(6)));
      case LEAKY_RELU -> leakySlope(values);
      case SIGMOID -> values.mul(values.rsub(1));
      case TANH -> values.mul(values).rsubi(1);
      case GELU -> normalDistribution(x).addi(x.mul(normalDensity(x)));
      case GELU_TANH -> {
        INDArray tanh = Transforms.tanh(inner(x), false);
        INDArray slope = tanh.mul(tanh).rsubi(1).muli(innerDerivative(x)).muli(x);
        yield tanh.addi(1).addi(slope).muli(0.5);
      }
      case SILU -> {
        INDArray sigmoid = Transforms.sigmoid(x, true);
        yield sigmoid.add(x.mul(sigmoid).muli(sigmoid.rsub(1)));
      }
      case HARD_SIGMOID -> hardSigmoidSlope(x);
      case STEEP_HARD_SIGMOID -> hardSigmoidSlope(x.mul(STEEPER)).muli(STEEPER);
      case HARD_SWISH -> hardSigmoid(x).addi(hardSigmoidSlope(x).muli(x));
    };
  }

  private static INDArray positive(INDArray x) {
    return x.gt(0).castTo(x.dataType());
  }

  private static INDArray leakySlope(INDArray x) {
    return positive(x).muli(1 - Activation.LEAK).addi(Activation.LEAK);
  }

  private static INDArray hardSigmoid(INDArray x) {
    return Transforms.min(Transforms.max(x.add(3), 0, false), 6, false).divi(6);
  }

  private static INDArray hardSigmoidSlope(INDArray x) {
    return positive(x.add(3)).muli(positive(x.rsub(3))).divi(6);
  }

  private static INDArray normalDistribution(INDArray x) {
    return Nd4j.math().erf(x.div(Math.sqrt(2))).addi(1).muli(0.5);
  }

  private static INDArray normalDensity(INDArray x) {
    return Transforms.exp(x.mul(x).divi(-2), false).divi(Math.sqrt(2 * Math.PI));
  }

  /** {@code √(2/π) (x + 0.044715 x³)}. */
  private static INDArray inner(INDArray x) {
    return x.mul(x).muli(CUBIC).addi(1).muli(x).muli(Math.sqrt(2 / Math.PI));
  }

  private static INDArray innerDerivative(INDArray x) {
    return x.mul(x).muli(3 * CUBIC).addi(1).muli(Math.sqrt(2 / Math.PI));
  }
}
