package dev.dl.core.kernel.update;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.indexing.conditions.Conditions;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Kernels of plain ND4J operations: for floats and doubles, on whatever device ND4J uses. The
 * reference for every other implementation.
 */
public final class Nd4jUpdateKernels implements UpdateKernels {
  @Override
  public double squaredNorm(INDArray gradient, Range range) {
    return squaredNorm(gradient, List.of(range));
  }

  @Override
  public double squaredNorm(INDArray gradient, List<Range> ranges) {
    INDArray sum = Nd4j.scalar(0.0);
    for (Range range : ranges) {
      Operands.check(range, gradient);
      if (range.length() > 0) {
        INDArray g = view(gradient, range).castTo(DataType.DOUBLE);
        sum.addi(g.mul(g).sum());
      }
    }
    return sum.getDouble(0);
  }

  @Override
  public void sgd(
      Parameters parameters, INDArray gradient, INDArray momentum, Range range, SgdStep step) {
    Operands.check(range, Operands.vectors(parameters, gradient, momentum));
    if (range.length() == 0) {
      return;
    }
    INDArray p = view(parameters.values(), range);
    INDArray b = view(momentum, range);
    INDArray g = scaled(gradient, p, range, step.gradientScale(), step.decay());
    b.muli(step.momentum()).addi(g);
    INDArray update = step.nesterov() ? g.addi(b.mul(step.momentum())) : b;
    p.muli(step.decay().shrinkage(step.learningRate())).subi(update.mul(step.learningRate()));
    follow(parameters, range);
  }

  @Override
  public void adam(
      Parameters parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      Range range,
      AdamStep step) {
    Operands.check(range, Operands.vectors(parameters, gradient, firstMoment, secondMoment));
    if (range.length() == 0) {
      return;
    }
    INDArray p = view(parameters.values(), range);
    INDArray m = view(firstMoment, range);
    INDArray v = view(secondMoment, range);
    INDArray g = scaled(gradient, p, range, step.gradientScale(), step.decay());
    m.muli(step.beta1()).addi(g.mul(1 - step.beta1()));
    v.muli(step.beta2()).addi(g.muli(g).muli(1 - step.beta2()));
    INDArray denominator = Transforms.sqrt(v, true).muli(step.rootScale()).addi(step.epsilon());
    p.muli(step.decay().shrinkage(step.learningRate()))
        .subi(m.div(denominator).muli(step.stepSize()));
    follow(parameters, range);
  }

  @Override
  public void lion(
      Parameters parameters, INDArray gradient, INDArray momentum, Range range, LionStep step) {
    Operands.check(range, Operands.vectors(parameters, gradient, momentum));
    if (range.length() == 0) {
      return;
    }
    INDArray p = view(parameters.values(), range);
    INDArray m = view(momentum, range);
    INDArray g = view(gradient, range).mul(step.gradientScale());
    INDArray direction = m.mul(step.beta1()).addi(g.mul(1 - step.beta1()));
    m.muli(step.beta2()).addi(g.muli(1 - step.beta2()));
    p.muli(step.shrinkage()).subi(sign(direction).muli(step.learningRate()));
    follow(parameters, range);
  }

  /** In place; a NaN stays, which ND4J's own operation makes zero. */
  private static INDArray sign(INDArray values) {
    BooleanIndexing.replaceWhere(values, 1, Conditions.greaterThan(0));
    BooleanIndexing.replaceWhere(values, -1, Conditions.lessThan(0));
    return values;
  }

  @Override
  public void ema(Parameters.Average average, INDArray values) {
    Range all = new Range(0, values.length());
    Operands.check(all, values, average.values());
    if (values.length() > 0) {
      follow(average, values, all);
    }
  }

  private static void follow(Parameters parameters, Range range) {
    parameters.average().ifPresent(average -> follow(average, parameters.values(), range));
  }

  private static void follow(Parameters.Average average, INDArray values, Range range) {
    view(average.values(), range)
        .muli(average.decay())
        .addi(view(values, range).mul(1 - average.decay()));
  }

  /** A copy of the gradient, scaled, with the decay that goes through it. */
  private static INDArray scaled(
      INDArray gradient, INDArray p, Range range, double scale, WeightDecay decay) {
    return view(gradient, range).mul(scale).addi(p.mul(decay.inGradient()));
  }

  private static INDArray view(INDArray array, Range range) {
    return array.reshape(array.length()).get(NDArrayIndex.interval(range.offset(), range.end()));
  }
}
