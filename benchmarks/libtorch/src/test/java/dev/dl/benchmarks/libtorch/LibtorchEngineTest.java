package dev.dl.benchmarks.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.dl.benchmarks.Workload;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LibtorchEngineTest {
  private static final int BATCH = 4;
  private static final float LEARNING_RATE = 3e-4f;

  /** Sees gradients and the optimizer at work: six steps of Adam on one batch. */
  static Stream<Workload> workloads() {
    return new LibtorchEngine(false).workloads().stream();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void learnsABatchWithTheParametersOfTheWorkload(Workload workload) {
    try (Training training = Training.of(workload)) {
      assertThat(training.parameterCount()).isEqualTo(workload.parameterCount());
      double before = training.step(LEARNING_RATE);
      double least = before;
      for (int step = 0; step < 5; step++) {
        least = Math.min(least, training.step(LEARNING_RATE));
      }
      assertThat(least).isLessThan(0.95 * before);
    }
  }

  @Test
  void startsWhereItKnowsNothing() {
    try (Training training = Training.of(Workload.GPT_MINI)) {
      assertThat(training.step(0)).isCloseTo(Math.log(96), within(0.2));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CNN28", "LSTM_TEXT"})
  void stepsAndInfersTunedOrNot(Workload workload) {
    for (boolean tuned : new boolean[] {false, true}) {
      LibtorchEngine engine = new LibtorchEngine(tuned);
      engine.prepare(workload);
      engine.step();
      engine.infer();
      assertThat(engine.parameterCount()).isEqualTo(workload.parameterCount());
      assertThat(engine.optimizerShare().getAsDouble()).isBetween(0.0, 1.0);
      assertThat(engine.version()).isEqualTo("libtorch 2.7.1");
    }
  }

  /** A program on a small batch. */
  private record Training(
      PtNDManager manager, TorchScript program, long parameterCount, NDArray input, NDArray labels)
      implements AutoCloseable {

    static Training of(Workload workload) {
      PtNDManager manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
      JniUtils.setGradMode(true);
      long size = BATCH;
      Shape shape = new Shape(BATCH);
      for (long dimension : workload.input().shape()) {
        shape = shape.add(dimension);
        size *= dimension;
      }
      NDArray values =
          workload.input() instanceof Workload.TokenInput tokens
              ? manager.randomInteger(0, tokens.vocabulary(), shape, DataType.INT64)
              : manager.randomNormal(shape);
      long labels = workload == Workload.GPT_MINI ? size : BATCH;
      TorchScript program = TorchScript.load(manager, workload.label());
      return new Training(
          manager,
          program,
          program.callInTraining("create", values).getLong(),
          values,
          manager.randomInteger(0, workload.classes(), new Shape(labels), DataType.INT64));
    }

    /** The loss before the update. */
    double step(float learningRate) {
      double loss = program.callInTraining("gradient", input, labels).getFloat();
      program.call("update", manager.create(learningRate)).close();
      return loss;
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
