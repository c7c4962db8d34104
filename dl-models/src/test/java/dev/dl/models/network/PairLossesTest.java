package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TextInput;
import dev.dl.models.text.Bert;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A network that reads both texts of each pair: its gradients are those of the losses of pairs. */
final class PairLossesTest {
  private static final int PAIRS = 3;
  private static final double STEP = 1e-5;

  /** Two texts of three tokens a pair. */
  private static final float[] IDS = {3, 1, 4, 5, 6, 0, 2, 6, 5, 1, 0, 0, 5, 2, 0, 3, 4, 4};

  private static final float[] SIMILARITIES = {0.75f, -0.5f, 0.25f};

  static Stream<Loss> losses() {
    return Stream.of(new Loss.Contrastive(20), new Loss.Contrastive(1), new Loss.CosineError());
  }

  private static Network network(Loss loss, Kernels kernels) {
    Head head = loss instanceof Loss.CosineError ? Head.similarity() : Head.match();
    Bert bert = new Bert(1, 8, 2, 12, 6, 0, Bert.Form.POOLER);
    Network network = Network.create(bert.define(new TextInput(6, 9), head), loss, kernels, 1);
    network.parameters().muli(8); // far enough apart
    return network;
  }

  private static LossResult gradient(Network network) {
    return network.gradient(IDS, 2 * PAIRS, SIMILARITIES, 0, 0);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void agreeWithFiniteDifferences(Loss loss) {
    Network network = network(loss, new Nd4jKernels(DataType.DOUBLE));
    assertThat(gradient(network).counted()).isEqualTo(PAIRS);
    double[] analytic = network.gradients().toDoubleVector();
    double largest = 0;
    double difference = 0;
    for (NamedRange range : network.parameterRanges()) {
      for (long offset = 0; offset < range.length(); offset += 1 + range.length() / 4) {
        int i = Math.toIntExact(range.offset() + offset);
        double value = network.parameters().getDouble(i);
        network.parameters().putScalar(i, value + STEP);
        double above = gradient(network).sum();
        network.parameters().putScalar(i, value - STEP);
        double below = gradient(network).sum();
        network.parameters().putScalar(i, value);
        double numeric = (above - below) / (2 * STEP);
        largest = Math.max(largest, Math.abs(numeric));
        difference = Math.max(difference, Math.abs(numeric - analytic[i]));
      }
    }
    assertThat(largest).as("there is something to compare").isGreaterThan(1e-3);
    assertThat(difference / largest).isLessThan(1e-7);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void areThoseOfTheReferenceOnOneDnn(Loss loss) {
    Network reference = network(loss, new Nd4jKernels(DataType.DOUBLE));
    Network network = network(loss, TestKernels.create());
    LossResult wanted = gradient(reference);
    LossResult found = gradient(network);
    assertThat(found.sum()).isCloseTo(wanted.sum(), within(1e-5 * wanted.sum()));
    assertThat(found.correct()).isEqualTo(wanted.correct());
    double largest = reference.gradients().amaxNumber().doubleValue();
    double difference =
        network
            .gradients()
            .castTo(DataType.DOUBLE)
            .sub(reference.gradients())
            .amaxNumber()
            .doubleValue();
    assertThat(difference / largest).isLessThan(1e-4);
  }
}
