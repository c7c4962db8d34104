package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose batches several devices share, which are parts of the processor here. */
@EnabledOnOs(OS.LINUX)
class DevicesTest {
  private static final String CONFIG =
      """
      name: shared
      backend: cpu:0,1
      data: {source: idx, path: data, augmentation: {randomCropPadding: 2}}
      model: {name: fragile}
      optimizer: {name: adamw, learningRate: 0.01}
      training: {epochs: 2, batchSize: 12, emaDecay: 0.9, checkpoint: {everySteps: 4}}
      """;

  /** A network with dropout, whose second device fails in its 20th pass where a file says so. */
  private static final String PLUGIN =
      """
      package fragile;
      import dev.dl.core.kernel.Activation;
      import dev.dl.models.*;
      import dev.dl.models.graph.*;
      import dev.dl.models.layer.*;
      import java.nio.file.*;
      import java.util.List;
      import org.nd4j.linalg.api.ndarray.INDArray;
      public final class Fragile implements ModelProvider {
        record Layered() implements Layer {
          @Override public Shape outputShape(List<Shape> inputs) { return inputs.get(0); }
          @Override public Operation operation(OperationContext context) {
            return new Operation() {
              private int passes;
              @Override public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
                if (Thread.currentThread().getName().equals("worker-1") && ++passes == 20
                    && Files.exists(Path.of("fails"))) {
                  throw new IllegalStateException("no answer");
                }
                INDArray output = memory.activation(inputs[0].shape());
                output.assign(inputs[0]);
                return output;
              }
              @Override public INDArray[] backward(INDArray outputGradient, Memory memory) {
                return new INDArray[] {null};
              }
            };
          }
        }
        @Override public List<Model> models() {
          Input input = ImageInput.of(1, 12, 12);
          Architecture architecture = (shape, head) -> Graph.of(
              Node.input(shape.shape())
                  .then("fragile", new Layered())
                  .then("flat", new Flatten())
                  .then("fc1", new Dense(16, Activation.RELU))
                  .then("dropout", new Dropout(0.2))
                  .then("fc2", Dense.linear(head.outputs())));
          return List.of(new Model("fragile", "Fragile", "", input, Head.classes(3), architecture));
        }
      }
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void trainOnTwo() throws Exception {
    Path sources = Files.createDirectories(folder.resolve("sources/fragile"));
    Files.writeString(sources.resolve("Fragile.java"), PLUGIN);
    PluginJar.of(folder.resolve("sources"), "fragile.Fragile", folder.resolve("fragile.jar"));
    SmallData.idx(folder.resolve("data"), 125, 30);
    Files.writeString(folder.resolve("shared.yaml"), CONFIG);
    dl(0, "train", "shared.yaml", "--run", "two");
  }

  private static DlProcess.Result dl(int exitCode, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--plugins", "fragile.jar"));
    return DlProcess.run(folder, all.toArray(String[]::new)).requireExitCode(exitCode);
  }

  private static JsonNode json(String file) throws Exception {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  @Test
  void aDeviceThatDiesEndsTheRunWhichThenGoesOnToTheSameBits() throws Exception {
    Files.createFile(folder.resolve("fails"));
    DlProcess.Result died = dl(69, "train", "shared.yaml", "--run", "dies");
    Files.delete(folder.resolve("fails"));

    assertThat(died.err().lines())
        .last()
        .asString()
        .startsWith("dl: worker cpu:1 failed: java.lang.IllegalStateException: no answer; ")
        .contains("resume the run");
    assertThat(died.err()).doesNotContain("\tat ");
    assertThat(RunResult.newestStep(folder.resolve("dies"))).isGreaterThanOrEqualTo(4);
    dl(0, "train", "--resume", "--run", "dies");
    assertThat(RunResult.of(folder.resolve("dies"))).isEqualTo(RunResult.of(folder.resolve("two")));
  }

  @Test
  void theyTrainToTheResultsOfOneDeviceWithinRounding() throws Exception {
    dl(0, "train", "shared.yaml", "backend=cpu", "--run", "one");
    JsonNode two = json("two/summary.json");
    JsonNode one = json("one/summary.json");

    assertThat(two.at("/steps")).isEqualTo(one.at("/steps"));
    assertThat(two.at("/validation/loss").asDouble())
        .isCloseTo(one.at("/validation/loss").asDouble(), within(1e-4));
    assertThat(json("two/provenance.json").at("/backend/workers").asInt()).isEqualTo(2);
    assertThat(json("one/provenance.json").at("/backend/workers").asInt()).isEqualTo(1);
  }

  @Test
  void aRunIsReproducedOnAsMany() throws Exception {
    assertThat(dl(0, "reproduce", "two", "--run", "again").out()).contains("bit-identical");
    assertThat(json("again/provenance.json").at("/backend/workers").asInt()).isEqualTo(2);
  }

  @Test
  void aRunThatGoesOnOnFewerSaysSo() throws Exception {
    dl(0, "train", "shared.yaml", "training.maximumDuration=1ms", "--run", "fewer");
    String[] onOne = {
      "train", "--resume", "--run", "fewer", "backend=cpu", "training.maximumDuration=null"
    };
    assertThat(dl(0, onOne).err()).contains("the devices that share a batch were 2 and are 1 now");
  }
}
