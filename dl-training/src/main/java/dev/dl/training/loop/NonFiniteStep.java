package dev.dl.training.loop;

import dev.dl.training.checkpoint.TrainingState.Position;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A step that was not finite, in words.
 *
 * @param before where the run stood
 * @param batch numbers of the samples
 * @param names of samples by their number
 */
record NonFiniteStep(
    Position before,
    Learner.Update update,
    Diagnosis diagnosis,
    int[] batch,
    IntFunction<String> names) {
  private static final int SAMPLES_NAMED = 8;

  /**
   * What ends the run.
   *
   * @param saved whether the state before the step is
   */
  String ends(boolean saved) {
    return cause()
        + (saved
            ? "; the update was not made, the state before it is saved"
            : "; the update was not made, the last checkpoint stays as the weights are not finite")
        + ". Lower optimizer.learningRate, set training.maximumGradientNorm, mend the data, or set"
        + " training.onNonFinite to skip or rollback";
  }

  /**
   * How the run goes on.
   *
   * @param step after which it does
   * @param times that it had to go on so
   */
  String goesOn(long step, int times, int atMost) {
    String back = step == before.step() ? "" : ", back to step " + step;
    String passed =
        diagnosis.samples().isEmpty()
            ? step == before.step() ? "passing over this batch" : "passing over all batches since"
            : "passing over the samples from now on";
    return "%s; the update was not made%s, %s (%d of at most %d times)"
        .formatted(cause(), back, passed, times, atMost);
  }

  private String cause() {
    return "step %d: loss %s, gradient norm %s; first not finite is %s, %s"
        .formatted(
            before.step() + 1, update.loss(), update.gradientNorm(), diagnosis.place(), samples());
  }

  private String samples() {
    if (diagnosis.samples().isEmpty()) {
      return "by no sample alone of " + named(batch);
    }
    return "by "
        + named(diagnosis.samples().stream().mapToInt(sample -> sample).toArray())
        + " alone";
  }

  private String named(int[] samples) {
    String some =
        Arrays.stream(samples)
            .limit(SAMPLES_NAMED)
            .mapToObj(names)
            .collect(Collectors.joining(", "));
    int more = samples.length - SAMPLES_NAMED;
    return more > 0 ? some + " and " + more + " more" : some;
  }
}
