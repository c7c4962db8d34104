package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.TestKernels;
import dev.dl.models.network.StepProfile.Part;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every layer frozen: the gradient goes through it, and none of its own is computed. */
final class FrozenLayersTest {
  private static final Parallel PARALLEL = Parallel.onOpenMp(2);

  /** What gradients are filled with to see which are written. */
  private static final float UNTOUCHED = 7;

  @AfterAll
  static void closeTeam() {
    PARALLEL.close();
  }

  static List<String> cases() {
    return GradientCheckTest.cases();
  }

  static List<String> normalizedByBatch() {
    return cases().stream().filter(name -> name.startsWith("batch normalization")).toList();
  }

  /** Batch normalization is another function when it is frozen, so not these. */
  static List<String> sameFunction() {
    return cases().stream().filter(name -> !normalizedByBatch().contains(name)).toList();
  }

  @ParameterizedTest
  @MethodSource("sameFunction")
  void theFirstLayerHasTheGradientThatItHasWithoutFrozenLayers(String name) {
    for (Kernels kernels : List.of(new OneDnnKernels(PARALLEL), new Nd4jKernels(DataType.DOUBLE))) {
      Network free = GradientCheckTest.network(name, kernels);
      Predicate<String> trained = ofTheFirstLayer(free);
      Network frozen = GradientCheckTest.network(name, kernels, trained.negate());
      GradientCheckTest.gradient(name, free);
      frozen.gradients().assign(UNTOUCHED);
      GradientCheckTest.gradient(name, frozen);
      float[] expected = DenseArrays.read(free.gradients());
      float[] found = DenseArrays.read(frozen.gradients());
      for (NamedRange range : frozen.parameterRanges()) {
        assertThat(range.trained()).isEqualTo(trained.test(range.name()));
        if (range.trained()) {
          assertThat(part(found, range))
              .as(range.name())
              .containsExactly(part(expected, range), within(1e-6f));
        } else {
          assertThat(part(found, range)).as(range.name()).containsOnly(UNTOUCHED);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("normalizedByBatch")
  void frozenBatchNormalizationIsThatOfInferenceAndHasItsGradient(String name) {
    Predicate<String> frozen = ofTheFirstLayer(GradientCheckTest.network(name, kernels())).negate();
    Network reference = shifted(name, new Nd4jKernels(DataType.DOUBLE), frozen);
    Network network = shifted(name, TestKernels.create(), frozen);
    float[] buffers = DenseArrays.read(network.buffers());
    GradientCheckTest.requireFiniteDifferences(name, reference);
    GradientCheckTest.gradient(name, reference);
    GradientCheckTest.gradient(name, network);
    assertThat(DenseArrays.read(network.gradients()))
        .containsExactly(DenseArrays.read(reference.gradients()), within(1e-5f));
    assertThat(DenseArrays.read(network.buffers())).containsExactly(buffers);
  }

  /** With running statistics other than those of a standard normal distribution. */
  private static Network shifted(String name, Kernels kernels, Predicate<String> frozen) {
    Network network = GradientCheckTest.network(name, kernels, frozen);
    INDArray buffers = network.buffers();
    for (int i = 0; i < buffers.length(); i++) {
      buffers.putScalar(i, 0.25 * (i + 1));
    }
    return network;
  }

  @Test
  void whatIsBeforeEverythingTrainedTakesNoPartInTheBackwardPass() {
    Predicate<String> last = name -> name.startsWith("classifier");
    Network network = GradientCheckTest.network("convolution", kernels(), last.negate());
    Set<String> nodes = new HashSet<>();
    network.profile(
        (part, node, layer, nanoseconds) -> {
          if (part == Part.BACKWARD) {
            nodes.add(node);
          }
        });
    GradientCheckTest.gradient("convolution", network);
    assertThat(nodes).containsExactly("classifier");
  }

  @Test
  void aParameterFrozenBesideATrainedOneHasAGradientOfZero() {
    for (String frozen : new String[] {"layer.weight", "layer.bias"}) {
      Network free = GradientCheckTest.network("convolution", kernels());
      Network network = GradientCheckTest.network("convolution", kernels(), frozen::equals);
      GradientCheckTest.gradient("convolution", free);
      GradientCheckTest.gradient("convolution", network);
      float[] expected = DenseArrays.read(free.gradients());
      network.parameterRanges().stream()
          .filter(range -> range.name().equals(frozen))
          .forEach(
              range ->
                  Arrays.fill(
                      expected, (int) range.offset(), (int) (range.offset() + range.length()), 0));
      assertThat(DenseArrays.read(network.gradients())).containsExactly(expected);
    }
  }

  @Test
  void nothingIsTrainedWhereAllIsFrozen() {
    Network network = GradientCheckTest.network("dense", kernels(), name -> true);
    GradientCheckTest.gradient("dense", network);
    assertThat(DenseArrays.read(network.gradients())).containsOnly(0);
  }

  private static Kernels kernels() {
    return TestKernels.create();
  }

  private static Predicate<String> ofTheFirstLayer(Network network) {
    String first = network.parameterRanges().get(0).name();
    String node = first.substring(0, first.indexOf('.') + 1);
    return name -> name.startsWith(node);
  }

  private static float[] part(float[] values, NamedRange range) {
    int start = (int) range.offset();
    return Arrays.copyOfRange(values, start, start + (int) range.length());
  }
}
