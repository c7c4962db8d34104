package dev.dl.training.benchmark;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.backend.Machine;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.kernel.Loss;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Learner;
import dev.dl.training.memory.MemoryDemand;
import dev.dl.training.memory.MemoryProbe;
import dev.dl.training.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures a model with random inputs and labels, and a learning rate so small that the weights
 * stay where they began: vanishing gradients would run into denormal numbers.
 */
public final class ModelBenchmark {
  private static final int BATCHES = 4;
  private static final int MINIMUM_STEPS = 3;
  private static final int STEPS_PER_EPOCH = 1_000_000;
  private static final String SPEC =
      """
      name: benchmark
      data: {source: none}
      model: {name: none}
      optimizer: {name: adam, learningRate: 1e-6, weightDecay: 0}
      training: {batchSize: %d}
      """;

  private final Graph graph;
  private final int batchSize;
  private final Duration duration;
  private final Compute compute;
  private final Network network;
  private final Learner learner;
  private final List<Batch> batches;
  private long steps;

  private ModelBenchmark(Graph graph, int batchSize, Duration duration, Compute compute) {
    this.graph = graph;
    this.batchSize = batchSize;
    this.duration = duration;
    this.compute = compute;
    this.network = Network.create(graph, new Loss.SoftmaxCrossEntropy(0), compute.kernels(), 1);
    RunSpec spec =
        ConfigReader.parse(
            SPEC.formatted(batchSize), "benchmark", List.of("model.name=mlp"), RunSpec.class);
    this.learner = Learner.of(network, spec, STEPS_PER_EPOCH, compute.updates());
    RandomBatches random = new RandomBatches(graph, batchSize);
    this.batches = Stream.generate(random::next).limit(BATCHES).toList();
  }

  /**
   * Trains and predicts for a while each.
   *
   * @param name of the model, for the result
   * @param duration of the measuring of each, after a warm-up of half of it
   */
  public static BenchmarkResult measure(
      String name, Graph graph, int batchSize, Duration duration, Backend backend) {
    // First, as our kernels leave one thread to the library that multiplies here.
    double peakGigaflops = Machine.peakGigaflops();
    return new ModelBenchmark(graph, batchSize, duration, Compute.on(backend))
        .measure(name, peakGigaflops);
  }

  /** Trains and predicts for a while each, without asking where the time goes. */
  public static ModelSpeed speed(Graph graph, int batchSize, Duration duration, Backend backend) {
    return speed(graph, batchSize, duration, Compute.on(backend));
  }

  /** As {@link #speed(Graph, int, Duration, Backend)}, on certain kernels. */
  public static ModelSpeed speed(Graph graph, int batchSize, Duration duration, Compute compute) {
    ModelBenchmark benchmark = new ModelBenchmark(graph, batchSize, duration, compute);
    double training = benchmark.samplesPerSecond(duration, benchmark::train);
    double prediction = benchmark.samplesPerSecond(duration.dividedBy(2), benchmark::predict);
    return new ModelSpeed(training, prediction);
  }

  /**
   * Takes a few steps to see what memory they need.
   *
   * @param samplesAtOnce of the batch that go through the network together
   */
  public static MeasuredMemory memory(
      Graph graph, int batchSize, int samplesAtOnce, Backend backend) {
    ModelBenchmark benchmark =
        new ModelBenchmark(graph, batchSize, Duration.ZERO, Compute.on(backend));
    benchmark.learner.setMicroBatchSize(samplesAtOnce);
    for (int step = 0; step < MINIMUM_STEPS; step++) {
      benchmark.train();
    }
    long peakMebibytes = Machine.peakResidentMebibytes();
    MemoryDemand demand =
        MemoryProbe.demand(
            benchmark.network,
            benchmark.learner,
            benchmark.batches.get(0),
            batchSize,
            samplesAtOnce);
    return new MeasuredMemory(demand.at(samplesAtOnce), peakMebibytes);
  }

  private BenchmarkResult measure(String name, double peakGigaflops) {
    double training = samplesPerSecond(duration, this::train);
    ProfiledSteps profile = profile();
    long peakMebibytes = Machine.peakResidentMebibytes();
    double prediction = samplesPerSecond(duration.dividedBy(2), this::predict);
    Map<String, Double> flops = flops();
    double flopsPerSample = flops.values().stream().mapToDouble(flop -> flop).sum() / batchSize;
    return new BenchmarkResult(
        name,
        graph.input().shape().toString(),
        batchSize,
        compute.threads(),
        graph.parameterCount(),
        training,
        prediction,
        profile.milliseconds(),
        profile.layers(graph, flops),
        profile.operations(),
        flopsPerSample * training / 1e9,
        peakGigaflops,
        peakMebibytes);
  }

  /** The median, after a warm-up of half the time. */
  private double samplesPerSecond(Duration time, Runnable step) {
    repeat(time.dividedBy(2), step);
    return batchSize / median(repeat(time, step));
  }

  private void train() {
    learner.step(batches.get((int) (steps % BATCHES)), steps);
    steps++;
  }

  private void predict() {
    network.logits(batches.get((int) (steps % BATCHES)).inputs(), batchSize);
    steps++;
  }

  /** Seconds of each call. */
  private static double[] repeat(Duration duration, Runnable work) {
    List<Double> seconds = new ArrayList<>();
    long start = System.nanoTime();
    long now = start;
    while (seconds.size() < MINIMUM_STEPS || now - start < duration.toNanos()) {
      long before = now;
      work.run();
      now = System.nanoTime();
      seconds.add((now - before) / 1e9);
    }
    return seconds.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private ProfiledSteps profile() {
    ProfiledSteps profile = new ProfiledSteps();
    network.profile(profile);
    for (double seconds : repeat(duration.dividedBy(4), this::train)) {
      profile.step((long) (seconds * 1e9));
    }
    network.profile(null);
    return profile;
  }

  /**
   * Floating-point operations of a training step by node: each product runs forward, for the
   * gradient of its weights and, unless nothing before it is trained, for that of its input.
   */
  private Map<String, Double> flops() {
    Set<Node> trained = new HashSet<>();
    Map<String, Double> flops = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.isInput()) {
        continue;
      }
      boolean inputTrained = node.inputs().stream().anyMatch(trained::contains);
      flops.put(node.name(), 2.0 * node.multiplyAdds() * (inputTrained ? 3 : 2) * batchSize);
      if (inputTrained || !node.layer().parameters(node.inputShapes()).isEmpty()) {
        trained.add(node);
      }
    }
    return flops;
  }
}
