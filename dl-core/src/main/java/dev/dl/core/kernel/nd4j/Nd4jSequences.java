package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import dev.dl.core.kernel.Ids;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** Embeddings, last steps, maxima and windows of sequences. */
final class Nd4jSequences {
  private Nd4jSequences() {}

  /** The ids are looked at on the host, before the network computes anything: one may be wrong. */
  static void embed(INDArray table, INDArray ids, INDArray output) {
    Ids.read(ids, (int) table.size(0));
    output.assign(Nd4jRows.gather(table, flat(ids)).reshape(output.shape()));
  }

  static void embedGradient(
      INDArray ids, INDArray outputGradient, int paddingId, INDArray tableGradient) {
    tableGradient.assign(0);
    INDArray rows = outputGradient.reshape(ids.length(), tableGradient.size(1));
    Nd4jRows.scatterAdd(flat(ids), rows, tableGradient);
    if (paddingId >= 0) {
      tableGradient.tensorAlongDimension(paddingId, 1).assign(0);
    }
  }

  private static INDArray flat(INDArray ids) {
    return ids.reshape(ids.length());
  }

  static void lastStep(INDArray sequences, INDArray mask, boolean bidirectional, INDArray output) {
    output.assign(Nd4jSums.overSteps(sequences.mul(selected(sequences, mask, bidirectional))));
  }

  static void lastStepGradient(
      INDArray outputGradient, INDArray mask, boolean bidirectional, INDArray inputGradient) {
    INDArray selected = selected(inputGradient, mask, bidirectional);
    inputGradient.assign(perStep(outputGradient, inputGradient).mul(selected));
  }

  /** Ones at the last step of each direction, zeros elsewhere, {@code [batch, length, width]}. */
  private static INDArray selected(INDArray sequences, INDArray mask, boolean bidirectional) {
    INDArray counted =
        mask == null ? Nd4j.ones(sequences.dataType(), sequences.size(0), sequences.size(1)) : mask;
    INDArray places = Nd4j.arange(1, sequences.size(1) + 1).castTo(sequences.dataType());
    INDArray last = atLargest(counted, places);
    long width = sequences.size(2);
    if (!bidirectional) {
      return repeated(last, width);
    }
    INDArray first = atLargest(counted, places.rsub(sequences.size(1) + 1));
    return Nd4j.concat(2, repeated(last, width / 2), repeated(first, width / 2));
  }

  /** One at the step of each sequence that counts and has the largest of the places. */
  private static INDArray atLargest(INDArray counted, INDArray places) {
    INDArray ofCounted = counted.mulRowVector(places);
    INDArray below = ofCounted.subColumnVector(ofCounted.max(true, 1));
    return below.eq(0).castTo(counted.dataType()).muli(counted);
  }

  /** {@code [batch, length]} for every feature. */
  private static INDArray repeated(INDArray ofSteps, long features) {
    return ofSteps
        .reshape(ofSteps.size(0), ofSteps.size(1), 1)
        .broadcast(ofSteps.size(0), ofSteps.size(1), features);
  }

  /** {@code [batch, features]} for every step. */
  private static INDArray perStep(INDArray ofSequences, INDArray like) {
    return ofSequences.reshape(like.size(0), 1, like.size(2)).broadcast(like.shape());
  }

  static void maximum(INDArray input, INDArray mask, INDArray output) {
    INDArray values = counted(input, mask);
    // 0 where one of them is NaN, else 1: dividing and multiplying by 0 makes NaN.
    INDArray numbers = values.isNaN().castTo(input.dataType()).max(1).rsubi(1);
    INDArray largest = values.max(1).divi(numbers).muli(numbers);
    if (mask != null) {
      // 0 where nothing counts; adding 0 makes that of -0.
      largest.muliColumnVector(mask.max(true, 1)).addi(0);
    }
    output.assign(largest);
  }

  static void maximumGradient(
      INDArray input, INDArray mask, INDArray outputGradient, INDArray inputGradient) {
    INDArray positions = counted(input, mask).argMax(1).castTo(input.dataType());
    INDArray places = Nd4j.arange(input.size(1)).castTo(input.dataType());
    INDArray at =
        places
            .reshape(1, input.size(1), 1)
            .broadcast(input.shape())
            .eq(perStep(positions, input))
            .castTo(input.dataType());
    if (mask != null) {
      at.muli(repeated(mask, input.size(2)));
    }
    inputGradient.assign(at.muli(perStep(outputGradient, input)));
  }

  /** The lowest number in place of what does not count. */
  private static INDArray counted(INDArray input, INDArray mask) {
    INDArray values = input.dup('c');
    if (mask != null) {
      INDArray lowest = repeated(mask.rsub(1).muli(-Float.MAX_VALUE), input.size(2));
      BooleanIndexing.assignIf(values, lowest, Conditions.lessThan(0));
    }
    return values;
  }

  static void windows(INDArray input, int width, INDArray output) {
    long length = input.size(1);
    long features = input.size(2);
    output.assign(0);
    for (int i = 0; i < Math.min(width, length); i++) {
      output
          .get(all(), interval(0, length - i), interval(i * features, (i + 1) * features))
          .assign(input.get(all(), interval(i, length), all()));
    }
  }

  static void windowsGradient(int width, INDArray outputGradient, INDArray inputGradient) {
    long length = inputGradient.size(1);
    long features = inputGradient.size(2);
    inputGradient.assign(0);
    for (int i = 0; i < Math.min(width, length); i++) {
      inputGradient
          .get(all(), interval(i, length), all())
          .addi(
              outputGradient.get(
                  all(), interval(0, length - i), interval(i * features, (i + 1) * features)));
    }
  }
}
