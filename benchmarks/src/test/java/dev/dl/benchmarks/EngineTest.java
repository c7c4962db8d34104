package dev.dl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.models.graph.Graph;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

final class EngineTest {
  static Stream<Workload> ours() {
    return new DlEngine().workloads().stream();
  }

  @ParameterizedTest
  @MethodSource("ours")
  void ourNetworksHaveTheParametersOfTheWorkload(Workload workload) {
    Engine engine = new DlEngine();
    engine.prepare(workload);
    assertThat(engine.parameterCount()).isEqualTo(workload.parameterCount());
  }

  @ParameterizedTest
  @MethodSource("ours")
  void ourNetworksHaveTheMultiplyAddsOfTheWorkload(Workload workload) {
    Graph graph = DlNetworks.of(workload);
    assertThat(2 * graph.multiplyAdds()).isEqualTo(workload.inferenceFlops());
  }

  /**
   * Deeplearning4j counts the running statistics, two for each of 4,800 channels, and its LSTM has
   * one bias of 1,024 where PyTorch's has two.
   */
  @ParameterizedTest
  @CsvSource({"CNN28, 0", "RESNET18_CIFAR, 9600", "LSTM_TEXT, -1024"})
  void stockNetworksHaveTheParametersOfTheWorkload(Workload workload, long more) {
    Engine engine = new StockEngine();
    engine.prepare(workload);
    assertThat(engine.parameterCount()).isEqualTo(workload.parameterCount() + more);
  }

  @Test
  void stockTrainsAndInfers() {
    Engine engine = new StockEngine();
    engine.prepare(Workload.LSTM_TEXT);
    engine.step();
    engine.infer();
  }

  @Test
  void oursTrainsAndInfers() {
    Engine engine = new DlEngine();
    engine.prepare(Workload.CNN28);
    engine.step();
    engine.infer();
  }

  @ParameterizedTest
  @CsvSource({"MINILM_FROZEN, 6", "MINILM_LORA, 200"})
  void oursFineTunesAFewWeights(Workload workload, int atMostOneIn) {
    DlEngine engine = new DlEngine();
    engine.prepare(workload);
    INDArray before = engine.parameters().dup();
    engine.step();
    long changed = engine.parameters().neq(before).castTo(DataType.LONG).sumNumber().longValue();
    assertThat(changed).isBetween(1L, workload.parameterCount() / atMostOneIn);
  }

  @Test
  void namesWhatItKnowsWhenAskedForAnotherEngineOrWorkload() {
    assertThatThrownBy(() -> Contender.of("jax"))
        .hasMessage(
            "engine: got jax, expected one of [libtorch, libtorch-tuned, stock, stock-tuned, dl]");
    assertThatThrownBy(() -> Workload.of("cnn"))
        .hasMessage(
            "workload: got cnn, expected one of [cnn28, resnet18-cifar, mobilenetv2-cifar,"
                + " lstm-text, transformer-encoder, gpt-mini, minilm-frozen, minilm-lora]");
  }

  @Test
  void saysHowToGetAPeerThatIsNotThere() {
    assertThatThrownBy(() -> Contender.of("libtorch").engine().get())
        .hasMessage("libtorch is not on the class path; start benchmarks/run, which fetches it");
  }
}
