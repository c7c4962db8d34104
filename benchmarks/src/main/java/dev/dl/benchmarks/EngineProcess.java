package dev.dl.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.backend.Backend;
import dev.dl.core.backend.BackendChoice;
import java.io.IOException;
import java.time.Duration;

/** Measures one engine in this process: {@code ENGINE WORKLOAD SECONDS}; prints JSON. */
final class EngineProcess {
  private EngineProcess() {}

  public static void main(String[] arguments) throws IOException {
    Backend.select(BackendChoice.CPU);
    Engine engine = Contender.of(arguments[0]).engine().get();
    Workload workload = Workload.of(arguments[1]);
    Duration duration = Duration.ofSeconds(Long.parseLong(arguments[2]));
    engine.prepare(workload);
    Measurement measurement = Measurement.of(engine, workload.batchSize(), duration);
    System.out.println(new ObjectMapper().writeValueAsString(measurement));
    System.exit(0);
  }
}
