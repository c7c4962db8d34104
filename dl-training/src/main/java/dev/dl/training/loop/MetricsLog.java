package dev.dl.training.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes metrics as the run goes: a line for every so many steps, and one an epoch. */
public final class MetricsLog implements Callback {
  private static final int LINES_PER_EPOCH = 50;

  private final List<MetricsSink> sinks;
  private double seconds;
  private double waitSeconds;
  private double loss;
  private double correct;
  private int samples;

  public MetricsLog(List<MetricsSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  @Override
  public Optional<StopReason> afterStep(StepResult result) {
    seconds += result.duration().toNanos() / 1e9;
    waitSeconds += result.dataWait().toNanos() / 1e9;
    loss += result.loss() * result.samples();
    correct += result.accuracy() * result.samples();
    samples += result.samples();
    int interval = Math.max(1, result.stepsPerEpoch() / LINES_PER_EPOCH);
    if (result.step() % interval == 0) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("kind", "step");
      line.put("step", result.step());
      line.put("epoch", result.epoch());
      line.put("train.loss", loss / samples);
      line.put("train.accuracy", correct / samples);
      line.put("learningRate", result.learningRate());
      line.put("gradientNorm", result.gradientNorm());
      line.put("samplesPerSecond", samples / seconds);
      line.put("dataWaitShare", waitSeconds / seconds);
      append(line);
      seconds = waitSeconds = loss = correct = 0;
      samples = 0;
    }
    return Optional.empty();
  }

  @Override
  public Optional<StopReason> afterEpoch(EpochResult result) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "epoch");
    line.put("epoch", result.epoch());
    line.put("step", result.step());
    line.putAll(result.metrics());
    line.put("samplesPerSecond", result.samplesPerSecond());
    line.put("dataWaitShare", result.dataWaitShare());
    line.put("seconds", result.duration().toNanos() / 1e9);
    line.put("best", result.best());
    append(line);
    return Optional.empty();
  }

  private void append(Map<String, Object> line) {
    try {
      for (MetricsSink sink : sinks) {
        sink.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
