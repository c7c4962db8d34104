package dev.dl.core.kernel;

import static dev.dl.core.kernel.ImageKernelCases.affine;
import static dev.dl.core.kernel.KernelCase.BATCH;
import static dev.dl.core.kernel.KernelCase.HUGE;
import static dev.dl.core.kernel.KernelCase.LARGE;

import dev.dl.core.kernel.NormalizationKernel.Affine;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The kernels of vectors, sequences and tables. */
final class SequenceKernelCases {
  private static final int LENGTH = 5;
  private static final int FEATURES = 7;
  private static final DropoutMask DROPOUT = new DropoutMask(0.25, 3, 5);

  /** Ones with gaps, nothing, and everything. */
  private static final float[] MASK = {1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1};

  private static final float[] IDS = {0, 3, 10, 3, 3, 1, 2, 4, 5, 9, 6, 3, 3, 0, 9};

  private SequenceKernelCases() {}

  static Stream<KernelCase> all() {
    return Stream.of(
        rowNormalization("layer normalization", Kernels::layerNormalization),
        rowNormalization("RMS normalization", Kernels::rmsNormalization),
        new KernelCase("dense", 2e-6, HUGE, SequenceKernelCases::dense),
        new KernelCase("transposition", 0, HUGE, SequenceKernelCases::transposition),
        new KernelCase("scaled features", 5e-7, HUGE, SequenceKernelCases::scaledFeatures),
        new KernelCase("embedding", 2e-7, HUGE, SequenceKernelCases::embedding),
        new KernelCase("dropout", 2e-7, HUGE, SequenceKernelCases::dropout),
        new KernelCase("added rows", 2e-7, HUGE, SequenceKernelCases::addedRows),
        new KernelCase("mean over sequences", 5e-7, HUGE, SequenceKernelCases::meanOverSequences),
        new KernelCase(
            "maximum over sequences", 0, HUGE, SequenceKernelCases::maximumOverSequences),
        new KernelCase("pooling by attention", 2e-6, LARGE, SequenceKernelCases::attentionPooling),
        new KernelCase("windows", 2e-7, HUGE, SequenceKernelCases::windows),
        new KernelCase("joining", 0, HUGE, SequenceKernelCases::joining),
        new KernelCase("columns with vectors", 2e-7, HUGE, SequenceKernelCases::embeddedColumns),
        new KernelCase("vectors of columns", 1e-6, HUGE, SequenceKernelCases::columnVectors),
        new KernelCase("attention", 4e-6, 10, SequenceKernelCases::attention),
        new KernelCase("last steps", 0, HUGE, SequenceKernelCases::lastSteps),
        new KernelCase("cross-entropy", 1e-7, HUGE, SequenceKernelCases::crossEntropy));
  }

  private interface RowNormalization {
    RowNormalizationKernel of(Kernels kernels, int features, double epsilon);
  }

  private static KernelCase rowNormalization(String name, RowNormalization normalization) {
    return new KernelCase(
        name,
        1e-5,
        LARGE,
        (kernels, arguments) -> {
          RowNormalizationKernel kernel = normalization.of(kernels, FEATURES, 1e-5);
          INDArray input = arguments.input(BATCH, LENGTH, FEATURES);
          Affine affine = affine(arguments, FEATURES);
          INDArray output = arguments.empty(input.shape());
          kernel.forward(input, affine.scale(), affine.shift(), output);
          INDArray gradient = arguments.gradient(input.shape());
          INDArray ofInput = arguments.empty(input.shape());
          INDArray ofScale = arguments.empty(FEATURES);
          INDArray ofShift = arguments.empty(FEATURES);
          kernel.backward(input, affine.scale(), gradient, ofInput, ofScale, ofShift);
          return new INDArray[] {output, ofInput, ofScale};
        });
  }

  private static INDArray[] dense(Kernels kernels, Arguments arguments) {
    DenseKernel kernel = kernels.dense(FEATURES, 33, Activation.NONE);
    INDArray input = arguments.input(BATCH, FEATURES);
    INDArray weights = arguments.weights(33, FEATURES);
    INDArray output = arguments.empty(BATCH, 33);
    kernel.forward(input, weights, arguments.input(33), output);
    INDArray gradient = arguments.gradient(BATCH, 33);
    INDArray ofInput = arguments.empty(input.shape());
    INDArray ofWeights = arguments.empty(weights.shape());
    INDArray ofBias = arguments.empty(33);
    kernel.backward(input, weights, output, gradient, ofInput, ofWeights, ofBias);
    return new INDArray[] {output, ofInput, ofWeights, ofBias};
  }

  private static INDArray[] transposition(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, FEATURES, LENGTH);
    kernels.transpose(arguments.input(BATCH, LENGTH, FEATURES), output);
    return new INDArray[] {output};
  }

  private static INDArray[] scaledFeatures(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(BATCH, LENGTH, FEATURES);
    INDArray output = arguments.empty(input.shape());
    kernels.scaleFeatures(input, arguments.weights(FEATURES), output);
    INDArray ofFactors = arguments.empty(FEATURES);
    kernels.scaleFeaturesGradient(input, arguments.gradient(input.shape()), ofFactors);
    return new INDArray[] {output, ofFactors};
  }

  private static INDArray[] embedding(Kernels kernels, Arguments arguments) {
    INDArray ids = arguments.of(IDS, BATCH, LENGTH);
    INDArray table = arguments.input(11, FEATURES);
    INDArray output = arguments.empty(BATCH, LENGTH, FEATURES);
    kernels.embed(table, ids, output);
    INDArray ofTable = arguments.empty(table.shape());
    kernels.embedGradient(ids, arguments.gradient(output.shape()), 9, ofTable);
    return new INDArray[] {output, ofTable};
  }

  private static INDArray[] dropout(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(2 * DropoutMask.BLOCK + 3);
    INDArray output = arguments.empty(input.shape());
    kernels.dropout(input, DROPOUT, output);
    INDArray joined = arguments.empty(input.shape());
    kernels.addDropped(arguments.input(input.shape()), input, DROPOUT, joined);
    return new INDArray[] {output, joined};
  }

  private static INDArray[] addedRows(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, LENGTH, FEATURES);
    kernels.addRows(arguments.input(output.shape()), arguments.input(LENGTH, FEATURES), output);
    INDArray ofRows = arguments.empty(LENGTH, FEATURES);
    kernels.addRowsGradient(arguments.gradient(output.shape()), ofRows);
    return new INDArray[] {output, ofRows};
  }

  private static INDArray[] meanOverSequences(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(BATCH, LENGTH, FEATURES);
    INDArray mask = arguments.of(MASK, BATCH, LENGTH);
    INDArray output = arguments.empty(BATCH, FEATURES);
    kernels.averageOverSequence(input, mask, output);
    INDArray ofInput = arguments.empty(input.shape());
    kernels.averageOverSequenceGradient(mask, arguments.gradient(output.shape()), ofInput);
    return new INDArray[] {output, ofInput};
  }

  private static INDArray[] maximumOverSequences(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(BATCH, LENGTH, FEATURES);
    INDArray mask = arguments.of(MASK, BATCH, LENGTH);
    INDArray output = arguments.empty(BATCH, FEATURES);
    kernels.maximumOverSequence(input, mask, output);
    INDArray ofInput = arguments.empty(input.shape());
    INDArray gradient = arguments.gradient(output.shape());
    kernels.maximumOverSequenceGradient(input, mask, gradient, ofInput);
    return new INDArray[] {output, ofInput};
  }

  private static INDArray[] attentionPooling(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(BATCH, LENGTH, FEATURES);
    INDArray scores = arguments.weights(BATCH, LENGTH, 1);
    INDArray mask = arguments.of(MASK, BATCH, LENGTH);
    INDArray output = arguments.empty(BATCH, FEATURES);
    kernels.poolByAttention(input, scores, mask, output);
    INDArray gradient = arguments.gradient(output.shape());
    INDArray ofInput = arguments.empty(input.shape());
    INDArray ofScores = arguments.empty(scores.shape());
    kernels.poolByAttentionGradient(input, scores, mask, gradient, ofInput, ofScores);
    return new INDArray[] {output, ofInput, ofScores};
  }

  private static INDArray[] windows(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, LENGTH, 3 * FEATURES);
    kernels.windows(arguments.input(BATCH, LENGTH, FEATURES), 3, output);
    INDArray ofInput = arguments.empty(BATCH, LENGTH, FEATURES);
    kernels.windowsGradient(3, arguments.gradient(output.shape()), ofInput);
    return new INDArray[] {output, ofInput};
  }

  private static INDArray[] joining(Kernels kernels, Arguments arguments) {
    INDArray[] parts = {
      arguments.input(BATCH, FEATURES), arguments.input(BATCH, 1), arguments.input(BATCH, LENGTH)
    };
    INDArray whole = arguments.empty(BATCH, FEATURES + 1 + LENGTH);
    kernels.join(parts, whole);
    INDArray[] again = {
      arguments.empty(BATCH, FEATURES), arguments.empty(BATCH, 1), arguments.empty(BATCH, LENGTH)
    };
    kernels.split(whole, again);
    return new INDArray[] {whole, again[0], again[1], again[2]};
  }

  private static INDArray[] embeddedColumns(Kernels kernels, Arguments arguments) {
    var geometry = new TableGeometry(0, List.of(4, 3), List.of(2, 5));
    INDArray rows = arguments.of(new float[] {0, 2, 3, 0, 3, 1}, BATCH, 2);
    INDArray tables = arguments.input(4 * 2 + 3 * 5);
    INDArray output = arguments.empty(BATCH, geometry.features());
    kernels.embedColumns(geometry, rows, tables, output);
    INDArray ofTables = arguments.empty(tables.shape());
    kernels.embedColumnsGradient(geometry, rows, arguments.gradient(output.shape()), ofTables);
    return new INDArray[] {output, ofTables};
  }

  private static INDArray[] columnVectors(Kernels kernels, Arguments arguments) {
    var geometry = new TableGeometry(1, List.of(4, 3), List.of(FEATURES, FEATURES));
    INDArray rows = arguments.of(new float[] {.5f, 0, 2, -1, 3, 0, 2, 3, 1}, BATCH, 3);
    INDArray vectors = arguments.input(1 + 4 + 3, FEATURES);
    INDArray output = arguments.empty(BATCH, 3, FEATURES);
    kernels.columnVectors(geometry, rows, vectors, output);
    INDArray ofVectors = arguments.empty(vectors.shape());
    kernels.columnVectorsGradient(geometry, rows, arguments.gradient(output.shape()), ofVectors);
    return new INDArray[] {output, ofVectors};
  }

  private static INDArray[] attention(Kernels kernels, Arguments arguments) {
    AttentionKernel kernel = kernels.attention(new AttentionGeometry(LENGTH, 2, 3, true));
    INDArray input = arguments.input(BATCH, LENGTH, 18);
    INDArray mask = arguments.of(MASK, BATCH, LENGTH);
    INDArray output = arguments.empty(BATCH, LENGTH, 6);
    kernel.forward(input, mask, DROPOUT, output);
    INDArray ofInput = arguments.empty(input.shape());
    kernel.backward(input, mask, DROPOUT, arguments.gradient(output.shape()), ofInput);
    return new INDArray[] {output, ofInput};
  }

  private static INDArray[] lastSteps(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(BATCH, LENGTH, FEATURES - 1);
    float[] first = {1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0};
    INDArray mask = arguments.of(first, BATCH, LENGTH);
    INDArray output = arguments.empty(BATCH, FEATURES - 1);
    kernels.lastStep(input, mask, true, output);
    INDArray ofInput = arguments.empty(input.shape());
    kernels.lastStepGradient(arguments.gradient(output.shape()), mask, true, ofInput);
    return new INDArray[] {output, ofInput};
  }

  private static INDArray[] crossEntropy(Kernels kernels, Arguments arguments) {
    INDArray logits = arguments.input(BATCH, LENGTH, FEATURES);
    float[] labels = {0, 6, 3, -1, 2, 1, 5, 4, -100, 0, 6, 3, 2, 1, 5};
    INDArray gradient = arguments.empty(logits.shape());
    LossResult loss =
        kernels.loss(
            new Loss.SoftmaxCrossEntropy(0.1),
            logits,
            arguments.of(labels, labels.length),
            gradient);
    return new INDArray[] {
      gradient, arguments.of(new float[] {(float) loss.sum(), loss.counted(), loss.correct()}, 3)
    };
  }
}
