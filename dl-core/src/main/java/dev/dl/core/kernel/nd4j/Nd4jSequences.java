package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import dev.dl.core.kernel.Ids;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Embeddings and last steps, a row at a time. */
final class Nd4jSequences {
  private Nd4jSequences() {}

  static void embed(INDArray table, INDArray ids, INDArray output) {
    int[] rows = Ids.read(ids, (int) table.size(0));
    INDArray flat = output.reshape(rows.length, table.size(1));
    for (int i = 0; i < rows.length; i++) {
      flat.putRow(i, table.getRow(rows[i]));
    }
  }

  static void embedGradient(
      INDArray ids, INDArray outputGradient, int paddingId, INDArray tableGradient) {
    int[] rows = Ids.read(ids, (int) tableGradient.size(0));
    INDArray flat = outputGradient.reshape(rows.length, tableGradient.size(1));
    tableGradient.assign(0);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != paddingId) {
        tableGradient.getRow(rows[i]).addi(flat.getRow(i));
      }
    }
  }

  static void lastStep(INDArray sequences, INDArray mask, boolean bidirectional, INDArray output) {
    output.assign(sequences.mul(selected(sequences, mask, bidirectional)).sum(1));
  }

  static void lastStepGradient(
      INDArray outputGradient, INDArray mask, boolean bidirectional, INDArray inputGradient) {
    INDArray selected = selected(inputGradient, mask, bidirectional);
    long[] shape = inputGradient.shape();
    inputGradient.assign(
        outputGradient.reshape(shape[0], 1, shape[2]).broadcast(shape).mul(selected));
  }

  /** Ones at the last step of each direction, zeros elsewhere. */
  private static INDArray selected(INDArray sequences, INDArray mask, boolean bidirectional) {
    INDArray selected = Nd4j.zeros(sequences.dataType(), sequences.shape());
    long length = sequences.size(1);
    long width = sequences.size(2);
    long forward = bidirectional ? width / 2 : width;
    for (int n = 0; n < sequences.size(0); n++) {
      int first = -1;
      int last = -1;
      for (int t = 0; t < length; t++) {
        if (mask == null || mask.getDouble(n, t) != 0) {
          first = first < 0 ? t : first;
          last = t;
        }
      }
      if (last >= 0) {
        selected.get(point(n), point(last), interval(0, forward)).assign(1);
      }
      if (last >= 0 && bidirectional) {
        selected.get(point(n), point(first), interval(forward, width)).assign(1);
      }
    }
    return selected;
  }
}
