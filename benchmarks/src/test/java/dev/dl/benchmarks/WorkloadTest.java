package dev.dl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.Batch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The literals, derived once more: multiply-adds of one sample. */
final class WorkloadTest {
  @Test
  void countsTheMultiplyAddsOfCnn28() {
    long adds =
        convolution(28, 3, 1, 32)
            + convolution(28, 3, 32, 64)
            + convolution(14, 3, 64, 64)
            + (7 * 7 * 64 * 128 + 128 * 10);
    assertThat(Workload.CNN28.inferenceFlops()).isEqualTo(2 * adds);
    assertThat(Workload.CNN28.trainingFlops()).isEqualTo(6 * adds);
  }

  @Test
  void countsTheMultiplyAddsOfResnet18() {
    long adds = convolution(32, 3, 3, 64) + 4 * convolution(32, 3, 64, 64) + 512 * 10;
    for (int channels = 128, pixels = 16; channels <= 512; channels *= 2, pixels /= 2) {
      adds += convolution(pixels, 3, channels / 2, channels);
      adds += convolution(pixels, 1, channels / 2, channels);
      adds += 3 * convolution(pixels, 3, channels, channels);
    }
    assertThat(Workload.RESNET18_CIFAR.inferenceFlops()).isEqualTo(2 * adds);
  }

  @Test
  void countsTheMultiplyAddsOfMobilenetV2() {
    int[][] stages = { // expansion, channels, blocks, stride of the first
      {1, 16, 1, 1},
      {6, 24, 2, 1},
      {6, 32, 3, 2},
      {6, 64, 4, 2},
      {6, 96, 3, 1},
      {6, 160, 3, 2},
      {6, 320, 1, 1}
    };
    int pixels = 32;
    int channels = 32;
    long adds = convolution(pixels, 3, 3, channels);
    for (int[] stage : stages) {
      for (int block = 0; block < stage[2]; block++) {
        int wide = channels * stage[0];
        adds += stage[0] == 1 ? 0 : convolution(pixels, 1, channels, wide);
        pixels /= block == 0 ? stage[3] : 1;
        adds += convolution(pixels, 3, 1, wide) + convolution(pixels, 1, wide, stage[1]);
        channels = stage[1];
      }
    }
    adds += convolution(pixels, 1, channels, 1_280) + 1_280 * 10;
    assertThat(Workload.MOBILENETV2_CIFAR.inferenceFlops()).isEqualTo(2 * adds);
  }

  @Test
  void countsTheMultiplyAddsOfTheLstm() {
    long adds = 100L * 4 * 256 * (128 + 256) + 256 * 2;
    assertThat(Workload.LSTM_TEXT.inferenceFlops()).isEqualTo(2 * adds);
  }

  @Test
  void countsTheMultiplyAddsOfTheTransformers() {
    assertThat(Workload.TRANSFORMER_ENCODER.inferenceFlops())
        .isEqualTo(2 * (6 * transformerLayer(128) + 384 * 2));
    assertThat(Workload.MINILM_FROZEN.inferenceFlops())
        .isEqualTo(Workload.TRANSFORMER_ENCODER.inferenceFlops());
    assertThat(Workload.MINILM_LORA.inferenceFlops())
        .isEqualTo(Workload.TRANSFORMER_ENCODER.inferenceFlops() + 2 * 6 * 2 * 128 * 2 * 384 * 8);
    assertThat(Workload.GPT_MINI.inferenceFlops())
        .isEqualTo(2 * (6 * transformerLayer(256) + 256 * 384 * 96));
  }

  /** Square output; for a depthwise convolution {@code inputs} is 1. */
  private static long convolution(int pixels, int kernel, int inputs, int outputs) {
    return (long) pixels * pixels * kernel * kernel * inputs * outputs;
  }

  /** Query, key, value and output; feed-forward; scores and weighted values of all pairs. */
  private static long transformerLayer(long tokens) {
    return tokens * (4 * 384 * 384 + 2 * 384 * 1_536) + 2 * tokens * tokens * 384;
  }

  @ParameterizedTest
  @EnumSource
  void drawsTheSameDataAgainAndAgain(Workload workload) {
    Batch batch = workload.batches().get(3);
    assertThat(batch.inputs()).isEqualTo(workload.batches().get(3).inputs());
    assertThat(batch.labels()).isEqualTo(workload.batches().get(3).labels());
    assertThat(Arrays.stream(batch.labels()))
        .allMatch(label -> label >= 0 && label < workload.classes());
  }

  @Test
  void labelsEveryTokenOfALanguageModelAndEverySampleElsewhere() {
    assertThat(Workload.GPT_MINI.batches().get(0).labels()).hasSize(8 * 256);
    assertThat(Workload.LSTM_TEXT.batches().get(0).labels()).hasSize(64);
    assertThat(Workload.LSTM_TEXT.batches().get(0).inputs()).hasSize(64 * 100);
  }
}
