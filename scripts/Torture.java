import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** See the script beside this file, which starts it. */
final class Torture {
  /** Everything on that a resumed run has to find again; 16 steps an epoch, the last of nine samples. */
  private static final String CONFIG =
      """
      name: torture
      backend: cpu
      data:
        source: idx
        path: data
        augmentation: {randomCropPadding: 2, horizontalFlip: true}
      model: {name: convnet}
      optimizer: {name: adamw, learningRate: 0.01}
      schedule: {name: plateau, factor: 0.5, patience: 2, minimumRate: 0.0001, warmupEpochs: 0.5}
      training:
        epochs: 12
        batchSize: 12
        microBatchSize: 5
        emaDecay: 0.9
        loss: {labelSmoothing: 0.1, classWeights: balanced}
        maximumGradientNorm: 1
        checkpoint: {everySteps: 4}
        earlyStopping: {metric: validation.accuracy, mode: max, patience: 7, minimumChange: 0.02}
      fineTuning: {layerDecay: 0.9, unfreezeEpochs: 0.4, freeze: [stage1.0.conv.weight]}
      """;

  private static final long MAXIMUM_WAIT_NANOS = 1_000_000;
  private static final int SIZE = 12;
  private static final int CLASSES = 3;
  private static final int[] KILLS_OF_A_CASE = {1, 2, 5};
  private static final Pattern TIMES =
      Pattern.compile("\"(samplesPerSecond|dataWaitShare|seconds|waitSeconds|elapsedSeconds)\" ?: ?[^,}\\s]+");

  private enum Signal {
    KILL(137),
    TERM(143),
    INT(130);

    private final int exitCode;

    Signal(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  /** When a process is to be killed: so long after its nth save began, or after its start. */
  private record Kill(Signal signal, int save, int afterMicros) {
    private static final int SAVE_MICROS = 4000;

    static Kill random(SplittableRandom random, long longestMillis) {
      int draw = random.nextInt(4);
      Signal signal = draw < 2 ? Signal.KILL : draw == 2 ? Signal.TERM : Signal.INT;
      boolean inSave = random.nextInt(3) == 0;
      return inSave
          ? new Kill(signal, 1 + random.nextInt(12), random.nextInt(SAVE_MICROS))
          : new Kill(signal, 0, random.nextInt((int) longestMillis * 1000));
    }

    @Override
    public String toString() {
      String start = save > 0 ? " of save " + save : "";
      return "%s after %,d us%s".formatted(signal, afterMicros, start);
    }
  }

  /** All that a run came to which does not depend on how fast it went, by the name of its place. */
  private record Result(Map<String, String> values) {
    static Result of(Path run) throws IOException {
      Map<String, String> values = new LinkedHashMap<>();
      String summary = Files.readString(run.resolve("summary.json"));
      for (String key : List.of("status", "epochs", "steps", "weightsSha256")) {
        values.put(key, field(summary, key));
      }
      Path newest = newest(run);
      String manifest = Files.readString(newest.resolve("manifest.json"));
      for (String file : List.of("weights.safetensors", "optimizer.safetensors")) {
        values.put("last " + file, field(manifest.substring(manifest.indexOf(file)), "sha256"));
      }
      values.put("last state.json", timeless(Files.readString(newest.resolve("state.json"))));
      values.put("metrics.jsonl", timeless(Files.readString(run.resolve("metrics.jsonl"))));
      values.put("report.html", String.valueOf(Files.exists(run.resolve("report.html"))));
      return new Result(values);
    }

    private static Path newest(Path run) throws IOException {
      try (Stream<Path> children = Files.list(run.resolve("checkpoints"))) {
        return children
            .filter(child -> child.getFileName().toString().startsWith("step-"))
            .max(Comparator.naturalOrder())
            .orElseThrow();
      }
    }

    private static String field(String json, String key) {
      Matcher matcher = Pattern.compile("\"" + key + "\" ?: ?\"?([^\",}\\s]+)").matcher(json);
      return matcher.find() ? matcher.group(1) : "none";
    }

    private static String timeless(String json) {
      return TIMES.matcher(json).replaceAll("");
    }

    List<String> differencesTo(Result expected) {
      return expected.values.entrySet().stream()
          .filter(entry -> !entry.getValue().equals(values.get(entry.getKey())))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  private final Path folder;
  private final String dl = Path.of(System.getenv("DL")).toAbsolutePath().toString();
  private final Map<Signal, Integer> kills = new EnumMap<>(Signal.class);
  private final List<String> differing = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private int aimedAtSaves;
  private int insideSaves;
  private int runs;

  private Torture(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 1 || arguments.length > 2) {
      System.err.println("usage: scripts/torture KILLS [SEED]");
      System.exit(2);
    }
    String given = System.getenv("TORTURE_DIR");
    Path folder =
        given == null
            ? Files.createTempDirectory("torture-")
            : Files.createDirectories(Path.of(given));
    Torture torture = new Torture(folder);
    boolean same =
        torture.run(
            Integer.parseInt(arguments[0]),
            arguments.length > 1 ? Long.parseLong(arguments[1]) : 1);
    if (same && given == null) {
      delete(folder);
    }
    System.exit(same ? 0 : 1);
  }

  private boolean run(int atLeast, long seed) throws Exception {
    writeData();
    Files.writeString(folder.resolve("torture.yaml"), CONFIG);
    long start = System.nanoTime();
    Process unbroken = start("unbroken");
    if (unbroken.waitFor() != 0) {
      throw new IllegalStateException("the run without kills ended with " + unbroken.exitValue());
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    Result expected = Result.of(folder.resolve("unbroken"));
    System.out.printf(
        "runs in %s; unbroken: %d ms, %s after %s steps, weights %.12s%n",
        folder,
        millis,
        expected.values.get("status"),
        expected.values.get("steps"),
        expected.values.get("weightsSha256"));
    for (long number = seed; count() < atLeast; number++) {
      tortureCase(number, millis, expected);
    }
    System.out.printf(
        "%d kills (%d KILL, %d TERM, %d INT; %d aimed at saves, %d with a save half done), %d runs, %d differences,"
            + " %d unreadable run directories%n",
        count(),
        kills.getOrDefault(Signal.KILL, 0),
        kills.getOrDefault(Signal.TERM, 0),
        kills.getOrDefault(Signal.INT, 0),
        aimedAtSaves,
        insideSaves,
        runs,
        differing.size(),
        unreadable.size());
    return differing.isEmpty() && unreadable.isEmpty();
  }

  private int count() {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void tortureCase(long number, long millis, Result expected) throws Exception {
    runs++;
    String name = "case-" + number;
    List<String> told = new ArrayList<>();
    int exitCode = killUntilComplete(name, number, millis, told);
    String killed = name + ": " + told;
    if (exitCode != 0) {
      System.out.println(killed + " UNREADABLE: ended with " + exitCode + lastLine(name));
      unreadable.add(name);
      return;
    }
    List<String> differences;
    try {
      differences = Result.of(folder.resolve(name)).differencesTo(expected);
    } catch (IOException | RuntimeException e) {
      differences = List.of(e.toString());
    }
    if (differences.isEmpty()) {
      System.out.println(killed);
      delete(folder.resolve(name));
    } else {
      System.out.println(killed + " DIFFERS in " + differences);
      differing.add(name);
    }
  }

  /** The exit code of the last process: 0 unless one did not end as it was killed. */
  private int killUntilComplete(String name, long number, long millis, List<String> told)
      throws Exception {
    SplittableRandom random = new SplittableRandom(number); // unlike Random, of any seed
    int planned = KILLS_OF_A_CASE[(int) Math.floorMod(number, (long) KILLS_OF_A_CASE.length)];
    for (int i = 0; i < planned; i++) {
      Kill kill = Kill.random(random, millis * 2 / 3);
      Process process = start(name);
      boolean sent = send(kill, process, folder.resolve(name));
      int exitCode = process.waitFor();
      if (!sent || exitCode != kill.signal.exitCode) {
        return exitCode;
      }
      count(kill, folder.resolve(name), told);
    }
    return start(name).waitFor();
  }

  private void count(Kill kill, Path run, List<String> told) throws IOException {
    kills.merge(kill.signal, 1, Integer::sum);
    boolean halfDone = isSaving(run);
    aimedAtSaves += kill.save > 0 ? 1 : 0;
    insideSaves += halfDone ? 1 : 0;
    told.add(kill + (halfDone ? " (half saved)" : ""));
  }

  /** Waits for the instant of a kill; false if the process ends before. */
  private static boolean send(Kill kill, Process process, Path run) throws Exception {
    int saves = 0;
    boolean saving = false;
    while (saves < kill.save) {
      if (!process.isAlive()) {
        return false;
      }
      boolean now = isSaving(run);
      saves += now && !saving ? 1 : 0;
      saving = now;
    }
    long instant = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(kill.afterMicros);
    for (long left = 1; left > 0; left = instant - System.nanoTime()) {
      if (!process.isAlive()) {
        return false;
      }
      LockSupport.parkNanos(Math.min(left, MAXIMUM_WAIT_NANOS));
    }
    switch (kill.signal) {
      case KILL -> process.destroyForcibly();
      case TERM -> process.destroy();
      case INT ->
          new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    }
    return true;
  }

  /** Whether a checkpoint is being written, or was when the process died. */
  private static boolean isSaving(Path run) throws IOException {
    try (Stream<Path> children = Files.list(run.resolve("checkpoints"))) {
      return children.anyMatch(child -> child.getFileName().toString().startsWith(".step-"));
    } catch (NoSuchFileException | UncheckedIOException e) {
      return false; // not begun, or a name that went while it was listed
    }
  }

  /** Begins a run, or goes on with it. */
  private Process start(String run) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(dl, "train", "torture.yaml", "--resume", "--run", run);
    builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
    builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
    builder.environment().putIfAbsent("DL_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(run + ".txt").toFile())
        .start();
  }

  private String lastLine(String run) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(run + ".txt"));
    return lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1);
  }

  /** Noise, brighter in one place by class, in the format of MNIST. */
  private void writeData() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    for (Map.Entry<String, Integer> split : Map.of("train", 210, "t10k", 60).entrySet()) {
      int count = split.getValue();
      Random random = new Random(count);
      try (DataOutputStream images = open(data, split.getKey() + "-images-idx3-ubyte");
          DataOutputStream labels = open(data, split.getKey() + "-labels-idx1-ubyte")) {
        for (int number : new int[] {0x803, count, SIZE, SIZE}) {
          images.writeInt(number);
        }
        labels.writeInt(0x801);
        labels.writeInt(count);
        for (int i = 0; i < count; i++) {
          labels.write(i % CLASSES);
          byte[] pixels = new byte[SIZE * SIZE];
          random.nextBytes(pixels);
          for (int pixel = 0; pixel < pixels.length; pixel++) {
            int bright = pixel / SIZE / 4 == i % CLASSES ? 30 : 0;
            pixels[pixel] = (byte) Math.min(255, (pixels[pixel] & 0xff) + bright);
          }
          images.write(pixels);
        }
      }
    }
  }

  private static DataOutputStream open(Path folder, String name) throws IOException {
    return new DataOutputStream(
        new java.io.BufferedOutputStream(Files.newOutputStream(folder.resolve(name))));
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
