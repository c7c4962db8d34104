package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

final class InputFeedTest {
  private static final ImageShape IMAGE = new ImageShape(1, 28, 28);

  private final List<String> writers = new ArrayList<>();
  private final CountDownLatch mayArrive = new CountDownLatch(1);

  /** Notes which thread filled which array. */
  private final InputFeed feed =
      new InputFeed(
          new InputFeed.Arrays() {
            @Override
            public INDArray allocate(int samples, int size) {
              return DenseArrays.allocate(DataType.FLOAT, samples, size);
            }

            @Override
            public void write(float[] values, INDArray array) {
              String thread = Thread.currentThread().getName();
              if (thread.equals("dl-feed")) {
                await(mayArrive);
              }
              synchronized (writers) {
                writers.add(thread + " " + values[0]);
              }
              DenseArrays.write(values, array);
            }
          });

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static float[] values(float value, int samples) {
    float[] values = new float[samples * 3];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void whatWasAnnouncedTravelsWhileThePassBeforeKeepsItsOwn() {
    float[] first = values(1, 2);
    float[] second = values(2, 2);
    feed.announce(second, 2);
    INDArray before = feed.of(first, 2);
    assertThat(DenseArrays.read(before)).containsExactly(first);
    mayArrive.countDown();
    INDArray after = feed.of(second, 2);

    assertThat(DenseArrays.read(after)).containsExactly(second);
    assertThat(DenseArrays.read(before)).containsExactly(first);
    assertThat(writers).hasSize(2).last().isEqualTo("dl-feed 2.0");
  }

  @Test
  void anythingElseMayComeInstead() {
    mayArrive.countDown();
    float[] announced = values(2, 2);
    feed.announce(announced, 2);
    feed.of(values(1, 2), 2);
    float[] other = values(3, 2);
    assertThat(DenseArrays.read(feed.of(other, 2))).containsExactly(other);
    float[] larger = values(4, 5);
    assertThat(DenseArrays.read(feed.of(larger, 5))).containsExactly(larger);
    assertThat(DenseArrays.read(feed.of(announced, 2))).containsExactly(announced);
    feed.announce(values(5, 2), 2);
    feed.of(other, 2);
    feed.release();
    assertThat(DenseArrays.read(feed.of(other, 2))).containsExactly(other);
  }

  /** By ND4J's operations, as on a GPU; ragged at the end, measured in between. */
  @Test
  void networksComputeTheSameWhateverWasAnnounced() {
    Network plain = network();
    Network fed = network();
    Random random = new Random(1);
    List<float[]> batches = new ArrayList<>();
    for (int samples : new int[] {4, 4, 4, 2, 4}) {
      float[] values = new float[samples * IMAGE.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      batches.add(values);
    }
    for (int i = 0; i < batches.size(); i++) {
      float[] batch = batches.get(i);
      int samples = batch.length / IMAGE.size();
      float[] labels = new float[samples];
      if (i + 1 < batches.size()) {
        float[] next = batches.get(i + 1);
        fed.announce(next, next.length / IMAGE.size());
      }
      plain.gradient(batch, samples, labels, i, 0);
      fed.gradient(batch, samples, labels, i, 0);
      assertThat(DenseArrays.read(fed.gradients()))
          .containsExactly(DenseArrays.read(plain.gradients()));
      if (i == 1) {
        assertThat(fed.logits(batches.get(0), 4)).containsExactly(plain.logits(batches.get(0), 4));
      }
      if (i == 3) {
        fed.releaseMemory();
      }
    }
  }

  private static Network network() {
    return Network.create(
        ModelCatalog.find("lenet5")
            .orElseThrow()
            .architecture()
            .define(new ImageInput(IMAGE), Head.classes(10)),
        new Loss.SoftmaxCrossEntropy(0),
        new Nd4jKernels(DataType.FLOAT),
        1);
  }
}
