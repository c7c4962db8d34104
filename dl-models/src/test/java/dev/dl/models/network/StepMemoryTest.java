package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.Shape;
import dev.dl.models.network.StepMemory.OfNode;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** In a chain of four layers, the third also reads the first: a → b → c, a → c → d. */
final class StepMemoryTest {
  private static final long[] SHAPE = {3, 5};

  private final Node first = Node.input(Shape.of(5)).then("a", new Activate(Activation.RELU));
  private final Node second = first.then("b", new Activate(Activation.RELU));
  private final Node third = Node.join("c", new Add(Activation.NONE), first, second);
  private final Node last = third.then("d", new Activate(Activation.RELU));
  private final StepMemory memory = new StepMemory(Graph.of(last), DataType.FLOAT);
  private final OfNode a = memory.of(first);
  private final OfNode b = memory.of(second);
  private final OfNode c = memory.of(third);
  private final OfNode d = memory.of(last);

  private static INDArray forward(OfNode node, boolean training) {
    INDArray output = node.activation(SHAPE);
    node.forwardEnded(training);
    return output;
  }

  private static long address(INDArray array) {
    return array.data().address();
  }

  @Test
  void inferenceReusesAnActivationOnceItsLastReaderHasRun() {
    memory.begin();
    INDArray ofA = forward(a, false);
    INDArray ofB = forward(b, false);
    INDArray ofC = forward(c, false);
    INDArray ofD = forward(d, false);
    assertThat(address(ofB)).isNotEqualTo(address(ofA));
    assertThat(address(ofC)).isNotIn(address(ofA), address(ofB));
    assertThat(address(ofD)).isIn(address(ofA), address(ofB));
  }

  @Test
  void whatIsHandedOnLivesUntilItsReaderHasRun() {
    Node reader = second.then("e", new Activate(Activation.RELU));
    StepMemory chain = new StepMemory(Graph.of(reader), DataType.FLOAT);
    chain.begin();
    INDArray ofFirst = forward(chain.of(first), false);
    chain.of(second).handOn();
    chain.of(second).forwardEnded(false);
    INDArray ofReader = forward(chain.of(reader), false);
    assertThat(address(ofReader)).isNotEqualTo(address(ofFirst));
    assertThat(address(chain.of(reader).activation(SHAPE))).isEqualTo(address(ofFirst));
  }

  @Test
  void anOutputThatIsHandedOnIsKept() {
    memory.begin();
    forward(a, false);
    forward(b, false);
    INDArray ofC = forward(c, false);
    d.handOn();
    d.forwardEnded(false);
    assertThat(address(d.activation(SHAPE))).isNotEqualTo(address(ofC));
  }

  @Test
  void trainingKeepsEveryActivationUntilItsBackwardPass() {
    memory.begin();
    assertThat(
            new long[] {
              address(forward(a, true)),
              address(forward(b, true)),
              address(forward(c, true)),
              address(forward(d, true))
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void aGradientLivesUntilTheLayersBeforeHaveUsedIt() {
    memory.begin();
    INDArray ofA = forward(a, true);
    INDArray ofB = forward(b, true);
    forward(c, true);
    INDArray ofD = forward(d, true);
    INDArray toC = d.gradient(SHAPE);
    d.backwardEnded();
    INDArray toA = c.gradient(SHAPE);
    INDArray toB = c.gradient(SHAPE);
    assertThat(address(toA)).isEqualTo(address(ofD));
    c.backwardEnded();
    INDArray fromB = b.gradient(SHAPE);
    assertThat(address(fromB)).isNotIn(address(ofA), address(ofB), address(toA), address(toB));
    b.backwardEnded();
    INDArray free = a.gradient(SHAPE);
    assertThat(address(free)).isNotIn(address(toA), address(toB), address(fromB), address(ofA));
    assertThat(address(free)).isIn(address(ofB), address(toC));
  }

  @Test
  void anOutputGoesOverAnInputThatNothingReadsAnyMore() {
    memory.begin();
    INDArray ofA = forward(a, false);
    INDArray ofB = b.activationOver(ofA, false);
    b.forwardEnded(false);
    assertThat(ofB).as("c reads a, too").isNotSameAs(ofA);
    assertThat(c.activationOver(ofA, false)).isSameAs(ofA);
    c.forwardEnded(false);
    assertThat(d.activationOver(ofA, false)).isSameAs(ofA);
    d.forwardEnded(false);
    assertThat(d.owns(ofA)).isTrue();
    assertThat(address(a.activation(SHAPE))).as("b's has no reader left").isEqualTo(address(ofB));
  }

  @Test
  void inTrainingEachOutputHasAnArrayOfItsOwn() {
    memory.begin();
    INDArray ofA = forward(a, true);
    assertThat(b.activationOver(ofA, true)).isNotSameAs(ofA);
  }

  @Test
  void aGradientTakesThePlaceOfTheOneThatItIsMadeFrom() {
    memory.begin();
    forward(a, true);
    forward(b, true);
    forward(c, true);
    forward(d, true);
    INDArray toC = d.gradient(SHAPE).assign(1);
    d.backwardEnded();
    INDArray toA = c.gradientFrom(toC);
    INDArray toB = c.gradient(SHAPE).assign(toA);
    assertThat(toA).isSameAs(toC);
    c.backwardEnded();
    assertThat(b.gradientFrom(toB)).as("as large, of the same values").isSameAs(toB);
    b.backwardEnded();
    INDArray free = a.gradient(SHAPE);
    assertThat(address(free)).isNotIn(address(toA), address(toB));
  }

  @Test
  void aGradientOfNoLayerIsCopied() {
    memory.begin();
    INDArray ofLoss = memory.of(first).activation(SHAPE).dup().assign(3);
    INDArray copy = d.gradientFrom(ofLoss);
    assertThat(copy).isNotSameAs(ofLoss).isEqualTo(ofLoss);
  }

  @Test
  void onlyTheFirstStepAllocates() {
    for (int step = 0; step < 3; step++) {
      memory.begin();
      forward(a, true);
      forward(b, true);
      forward(c, true);
      forward(d, true);
      d.gradient(SHAPE);
      d.backwardEnded();
      c.gradient(SHAPE);
    }
    assertThat(memory.allocatedElements()).isEqualTo(5 * 15);
  }

  @Test
  void shortTextsTakeTheBuffersOfTheLongest() {
    Node embedded = Node.input(Shape.of(8)).then("embedding", Embedding.of(9, 4));
    StepMemory texts = new StepMemory(Graph.of(embedded), DataType.FLOAT);
    for (int length : new int[] {3, 8, 1, 5}) {
      texts.begin();
      assertThat(texts.of(embedded).activation(2, length, 4).shape()).containsExactly(2, length, 4);
    }
    assertThat(texts.allocatedElements()).isEqualTo(2 * 8 * 4);
  }

  @Test
  void aSmallArrayNeverTakesALargeBuffer() {
    memory.begin();
    a.activation(100);
    memory.begin();
    INDArray small = a.activation(49);
    INDArray half = a.activation(50);
    assertThat(half.length()).isEqualTo(50);
    assertThat(memory.allocatedElements()).isEqualTo(149);
    assertThat(address(small)).isNotEqualTo(address(half));
  }
}
