package dev.dl.core.run;

import dev.dl.core.kernel.ConvolutionRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where a run came from: {@code provenance.json}.
 *
 * @param startedAt time in UTC, ISO 8601
 * @param commandLine words as given
 * @param dataFingerprint SHA-256 over the data, null when not known yet
 * @param plugin that the model is from, null for a model of dl
 * @param pretrained the weights that training began with, null for fresh ones
 * @param teacher the run that this one learnt from, null for none
 */
public record Provenance(
    String startedAt,
    List<String> commandLine,
    Software software,
    Machine machine,
    Backend backend,
    String dataFingerprint,
    Plugin plugin,
    Pretrained pretrained,
    Teacher teacher) {

  public Provenance {
    commandLine = List.copyOf(commandLine);
    software = software == null ? Software.UNKNOWN : software;
    machine = machine == null ? new Machine("unknown", 0, 0) : machine;
    Objects.requireNonNull(backend, "backend");
  }

  /**
   * A jar of the user's.
   *
   * @param file its name
   * @param sha256 of the jar
   * @param model what the run took from it
   */
  public record Plugin(String file, String sha256, String model) {

    public Plugin {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(sha256, "sha256");
      Objects.requireNonNull(model, "model");
    }
  }

  /**
   * Someone's weights.
   *
   * @param file where they were
   * @param sha256 of the file
   */
  public record Pretrained(String file, String sha256) {}

  /**
   * A run whose network another one learns from.
   *
   * @param run its directory
   * @param weightsSha256 of its weights, as its summary has it
   */
  public record Teacher(String run, String weightsSha256) {}

  /**
   * What ran.
   *
   * @param version of dl
   * @param commit of its sources, null when not known
   * @param libraries versions of what did the tensor math, by name; runs from before they were
   *     recorded name none
   */
  public record Software(
      String version,
      String commit,
      String java,
      String operatingSystem,
      Map<String, String> libraries) {

    private static final Software UNKNOWN =
        new Software("unknown", null, "unknown", "unknown", Map.of());

    public Software {
      libraries =
          libraries == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(libraries));
    }

    /** This version of dl on the Java and the operating system that run it. */
    public static Software running(String version, String commit, Map<String, String> libraries) {
      return new Software(
          version,
          commit,
          property("java.vm.name") + " " + property("java.vm.version"),
          property("os.name") + " " + property("os.version") + " " + property("os.arch"),
          libraries);
    }

    private static String property(String name) {
      return System.getProperty(name, "unknown");
    }
  }

  /**
   * What it ran on.
   *
   * @param cores that the process may use
   * @param threads that tensor math uses
   */
  public record Machine(String processor, int cores, int threads) {

    /** This machine. */
    public static Machine current(int threads) {
      return new Machine(processorName(), Runtime.getRuntime().availableProcessors(), threads);
    }

    private static String processorName() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown");
      } catch (IOException e) {
        return System.getProperty("os.arch", "unknown");
      }
    }
  }

  /**
   * What did the tensor math.
   *
   * @param name {@code cpu} or {@code cuda}
   * @param reason why it was chosen
   * @param device the GPU, as its driver describes it; null for the CPU, and in runs from before it
   *     was recorded
   * @param kernels the kernels in use, such as {@code onednn}
   * @param convolutions how the CPU chose their algorithms; runs from before there was a choice
   *     name none
   */
  public record Backend(
      String name,
      String reason,
      String device,
      Integer workers,
      String kernels,
      ConvolutionRule convolutions) {

    public Backend {
      Objects.requireNonNull(name, "name");
      workers = workers == null ? 1 : workers;
      convolutions = convolutions == null ? ConvolutionRule.DIRECT : convolutions;
    }
  }
}
