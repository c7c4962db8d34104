package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Arguments.Scales;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's kernels, forwards and backwards, against ND4J's in double precision: random, tiny, huge
 * and denormal values and NaN, in views of odd sizes. Errors are relative to the largest value of
 * an array.
 */
final class KernelAccuracyTest {
  /** A denormal number of 1e-40 has sixteen bits. */
  private static final double DENORMAL_ERROR = 1e-4;

  private static final Kernels ONEDNN =
      new OneDnnKernels(Parallel.onOpenMp(2), ConvolutionRule.DIRECT);
  private static final Kernels EXACT = new Nd4jKernels(DataType.DOUBLE);

  /** In ActivationKernelsTest, SequenceKernelsTest, NormalizedConvolutionTest; and of no values. */
  private static final Set<String> TESTED_ELSEWHERE =
      Set.of("activate", "activationGradient", "recurrent", "normalizedConvolution", "paddingMask");

  private static final Set<String> PROPERTIES =
      Set.of("name", "dataType", "layout", "inputsTravel");

  static Stream<KernelCase> kernels() {
    return Stream.concat(ImageKernelCases.all(), SequenceKernelCases.all());
  }

  /** All but the maximum, of which oneDNN leaves a NaN out. */
  static Stream<KernelCase> kernelsOfAllValues() {
    return kernels().filter(kernel -> !kernel.name().equals("maximum of windows"));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void agreesWithDoublePrecision(KernelCase kernel) {
    requireError(kernel, new Scales(1, 1), kernel.error());
    requireError(kernel, new Scales(kernel.largest(), 1), kernel.error());
    requireError(kernel, new Scales(1e-30f, 1), kernel.error());
    requireError(kernel, new Scales(1, KernelCase.HUGE), kernel.error());
    requireError(kernel, new Scales(1, 1e-30f), kernel.error());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void keepsDenormalNumbers(KernelCase kernel) {
    requireError(kernel, new Scales(1e-40f, 1), DENORMAL_ERROR);
    requireError(kernel, new Scales(1, 1e-40f), DENORMAL_ERROR);
  }

  /** The first value is of the first sample, channel and row, the last of others. */
  @ParameterizedTest
  @MethodSource("kernelsOfAllValues")
  void passesNotANumberOnWhereItBelongsOnly(KernelCase kernel) {
    Arguments arguments = Arguments.poisoned(ONEDNN);
    float[] output = arguments.read(kernel.passes().run(ONEDNN, arguments)[0]);
    assertThat(output[0]).isNaN();
    assertThat(output[output.length - 1]).isFinite();
  }

  private static void requireError(KernelCase kernel, Scales scales, double most) {
    Arguments arguments = new Arguments(ONEDNN, scales);
    Arguments same = new Arguments(EXACT, scales);
    INDArray[] found = kernel.passes().run(ONEDNN, arguments);
    INDArray[] wanted = kernel.passes().run(EXACT, same);
    for (int i = 0; i < found.length; i++) {
      assertThat(error(arguments.read(found[i]), same.read(wanted[i])))
          .as("array %d of %s with %s", i, kernel, scales)
          .isLessThanOrEqualTo(most);
    }
    arguments.requireNothingWrittenOutside();
  }

  private static double error(float[] found, float[] wanted) {
    double largest = Float.MIN_VALUE;
    double error = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      error = Math.max(error, Math.abs((double) found[i] - wanted[i]));
    }
    return error / largest;
  }

  @Test
  void noKernelIsLeftOut() {
    Set<String> called = new HashSet<>(TESTED_ELSEWHERE);
    Kernels recording =
        (Kernels)
            Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (proxy, method, arguments) -> {
                  called.add(method.getName());
                  return method.invoke(ONEDNN, arguments);
                });
    kernels()
        .forEach(kernel -> kernel.passes().run(recording, new Arguments(ONEDNN, new Scales(1, 1))));
    assertThat(Stream.of(Kernels.class.getMethods()).map(Method::getName))
        .filteredOn(name -> !PROPERTIES.contains(name))
        .allSatisfy(name -> assertThat(called).contains(name));
  }
}
