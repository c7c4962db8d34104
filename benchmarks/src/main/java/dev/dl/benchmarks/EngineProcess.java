package dev.dl.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.backend.Backend;
import dev.dl.core.backend.BackendChoice;
import dev.dl.core.backend.Machine;
import java.time.Duration;

/**
 * One engine on one workload, {@code ENGINE WORKLOAD}. Asked for {@code PHASE SECONDS}, it answers
 * with the samples per second of whole steps; asked for {@link #DESCRIPTION}, with that as JSON.
 */
final class EngineProcess {
  static final String DESCRIPTION = "description";

  private EngineProcess() {}

  public static void main(String[] arguments) {
    Backend.select(BackendChoice.CPU);
    Engine engine = Contender.of(arguments[0]).engine().get();
    Workload workload = Workload.of(arguments[1]);
    engine.prepare(workload);
    JavaProcess.answer(
        question ->
            question.equals(DESCRIPTION)
                ? description(engine)
                : Double.toString(measure(engine, workload.batchSize(), question.split(" ", 2))));
  }

  private static double measure(Engine engine, int batchSize, String[] question) {
    Runnable step = Phase.valueOf(question[0]) == Phase.TRAINING ? engine::step : engine::infer;
    long nanos = Duration.ofSeconds(Long.parseLong(question[1])).toNanos();
    long start = System.nanoTime();
    long elapsed;
    int steps = 0;
    do {
      step.run();
      steps++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return steps * batchSize * 1e9 / elapsed;
  }

  private static String description(Engine engine) {
    Double optimizerShare =
        engine.optimizerShare().isPresent() ? engine.optimizerShare().getAsDouble() : null;
    Description description =
        new Description(
            engine.version(),
            engine.parameterCount(),
            Machine.peakResidentMebibytes(),
            optimizerShare);
    try {
      return new ObjectMapper().writeValueAsString(description);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a process tells about itself.
   *
   * @param engine name and version of the libraries that do the work
   * @param parameters trained values of the network
   * @param peakMebibytes most resident memory of the process so far; -1 where the system does not
   *     tell
   * @param optimizerShare of the time of training; null where the engine cannot tell
   */
  record Description(String engine, long parameters, long peakMebibytes, Double optimizerShare) {}
}
