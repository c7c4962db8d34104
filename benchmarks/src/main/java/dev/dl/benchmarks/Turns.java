package dev.dl.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How engines are measured on a workload: a process each, all of them there at once, of which one
 * works at a time (A B, B A, A B). What else the machine does, how it drifts, and who comes first,
 * falls on all alike.
 *
 * @param count turns of each engine in training, and again in inference
 * @param seconds of a turn; a step that takes longer is taken once
 * @param threads of every engine
 */
record Turns(int count, int seconds, int threads) {

  Comparison compare(Workload workload, List<Contender> contenders)
      throws IOException, InterruptedException {
    Map<String, JavaProcess> engines = new LinkedHashMap<>();
    try (JavaProcess machine = peak()) {
      for (Contender contender : contenders) {
        engines.put(contender.name(), start(contender, workload));
      }
      List<Double> peaks = new ArrayList<>();
      machine.ask("peak");
      Map<String, List<Double>> training = measure(Phase.TRAINING, engines, machine, peaks);
      Map<String, EngineProcess.Description> descriptions = new LinkedHashMap<>();
      for (var engine : engines.entrySet()) {
        String description = engine.getValue().ask(EngineProcess.DESCRIPTION);
        descriptions.put(
            engine.getKey(),
            new ObjectMapper().readValue(description, EngineProcess.Description.class));
      }
      Map<String, List<Double>> inference = measure(Phase.INFERENCE, engines, machine, peaks);
      Map<String, Measurement> measurements = new LinkedHashMap<>();
      descriptions.forEach(
          (name, process) ->
              measurements.put(
                  name, new Measurement(process, training.get(name), inference.get(name))));
      return new Comparison(workload, peaks, measurements);
    } finally {
      engines.values().forEach(JavaProcess::close);
    }
  }

  private JavaProcess peak() throws IOException {
    return JavaProcess.start(PeakProcess.class, Contender.TUNED, threads, List.of());
  }

  private JavaProcess start(Contender contender, Workload workload) throws IOException {
    return JavaProcess.start(
        EngineProcess.class,
        contender.settings(),
        threads,
        List.of(contender.name(), workload.label()));
  }

  private Map<String, List<Double>> measure(
      Phase phase, Map<String, JavaProcess> engines, JavaProcess machine, List<Double> peaks)
      throws IOException, InterruptedException {
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    for (var engine : engines.entrySet()) {
      figures.put(engine.getKey(), new ArrayList<>());
      engine.getValue().ask(phase + " " + 2 * seconds);
    }
    List<String> order = new ArrayList<>(engines.keySet());
    for (int turn = 0; turn < count; turn++) {
      peaks.add(Double.parseDouble(machine.ask("peak")));
      for (String engine : order) {
        String answer = engines.get(engine).ask(phase + " " + seconds);
        figures.get(engine).add(Double.parseDouble(answer));
      }
      Collections.reverse(order);
    }
    figures.forEach(
        (name, samplesPerSecond) ->
            System.err.printf(
                Locale.ROOT,
                "%s: %.1f samples/s in %s%n",
                name,
                Samples.of(samplesPerSecond).median(),
                phase.title().toLowerCase(Locale.ROOT)));
    return figures;
  }
}
