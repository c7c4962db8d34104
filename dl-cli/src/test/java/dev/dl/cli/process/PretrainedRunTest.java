package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.run.RunFiles;
import dev.dl.core.tensorfile.SafeTensors;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.training.checkpoint.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin with the weights of another. */
@EnabledOnOs(OS.LINUX)
class PretrainedRunTest {
  private static final String CONFIG =
      """
      name: mine
      backend: cpu
      data: {source: idx, path: data}
      model: {name: mlp}
      training: {epochs: 2, batchSize: 40, checkpoint: {everySteps: 2, keep: 100}}
      """;

  /** With it no weight changes. */
  private static final String STILL = "optimizer.learningRate=1e-30";

  @TempDir private static Path folder;
  private static Path weights;
  private static String weightsSha256;

  @BeforeAll
  static void trainAndExport() throws Exception {
    SmallData.idx(folder.resolve("data"), 202, 60);
    Files.writeString(folder.resolve("mine.yaml"), CONFIG);
    train("first").requireExitCode(0);
    weightsSha256 = RunResult.of(folder.resolve("first")).weightsSha256();
    weights = folder.resolve("w.safetensors");
    DlProcess.Result exported =
        DlProcess.run(folder, "export", "first", "--weights", "w.safetensors").requireExitCode(0);
    assertThat(exported.out()).isEqualTo("w.safetensors\n");
  }

  private static DlProcess.Result train(String run, String... overrides) throws Exception {
    return DlProcess.run(
        folder,
        Stream.concat(Stream.of("train", "mine.yaml", "--run", run), Stream.of(overrides))
            .toArray(String[]::new));
  }

  @Test
  void beginsWithTheSameWeightsThatWereExported() throws Exception {
    train("again", STILL, "model.pretrained=w.safetensors").requireExitCode(0);
    assertThat(RunResult.of(folder.resolve("again")).weightsSha256()).isEqualTo(weightsSha256);
  }

  @Test
  void recordsWhatBecameOfEachWeight() throws Exception {
    DlProcess.Result ended = train("recorded", STILL, "model.pretrained=w.safetensors");
    ended.requireExitCode(0);
    RunFiles run = RunFiles.of(folder.resolve("recorded"));
    assertThat(run.readProvenance().pretrained().file()).endsWith("w.safetensors");
    assertThat(run.readProvenance().pretrained().sha256()).isEqualTo(Weights.sha256(weights));
    JsonNode account = new ObjectMapper().readTree(run.pretrained().toFile());
    assertThat(account).hasSize(SafeTensors.read(weights).size());
    assertThat(account).allMatch(weight -> weight.get("fate").asText().equals("LOADED"));
    assertThat(Files.readString(run.log()))
        .contains("began with the weights of w.safetensors: 6 loaded\n")
        .containsPattern("weight \\S+ \\[\\d+, \\d+\\]: loaded, ");
  }

  /** Killed between the save that the run begins with and the next. */
  @Test
  void resumesFromItsFirstStepWithoutTheFile() throws Exception {
    Path copy = Files.copy(weights, folder.resolve("copy.safetensors"));
    String given = "model.pretrained=copy.safetensors";
    train("whole", given, "training.emaDecay=0.9").requireExitCode(0);
    RunResult whole = RunResult.of(folder.resolve("whole"));
    Path run = folder.resolve("resumed");
    train("resumed", given, "training.emaDecay=0.9").requireExitCode(0);
    Files.delete(copy);
    Files.delete(run.resolve("summary.json"));
    try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
      for (Path checkpoint : checkpoints.toList()) {
        if (!checkpoint.endsWith("step-00000000")) {
          delete(checkpoint);
        }
      }
    }
    DlProcess.run(folder, "train", "--resume", "--run", "resumed").requireExitCode(0);
    assertThat(RunResult.of(run)).isEqualTo(whole);

    Files.delete(run.resolve("summary.json"));
    delete(run.resolve("checkpoints"));
    assertOneLine(DlProcess.run(folder, "train", "--resume", "--run", "resumed"), 65)
        .contains("no whole checkpoint");
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> children = Files.list(path)) {
        for (Path child : children.toList()) {
          delete(child);
        }
      }
    }
    Files.delete(path);
  }

  @Test
  void endsWithOneLineWhereWeightsCannotBeHad() throws Exception {
    assertOneLine(train("none", "model.pretrained=none.safetensors"), 66)
        .contains("none.safetensors: no such file");
    assertOneLine(train("folder", "model.pretrained=data"), 2)
        .contains("model.pretrained.path: got data, a folder");
    Files.writeString(folder.resolve("text.safetensors"), "no weights at all, but text");
    assertOneLine(train("text", "model.pretrained=text.safetensors"), 65)
        .contains("text.safetensors");
    assertOneLine(train("other", "model.name=convnet", "model.pretrained=w.safetensors"), 65)
        .contains("w.safetensors: got ")
        .contains("missing (")
        .contains("unexpected (")
        .contains("expected the weights of convnet");
    assertOneLine(train("cut", "model.pretrained={path: w.safetensors, ignored: [a]}"), 2)
        .contains("did you mean model.pretrained.ignore?");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  private static AbstractStringAssert<?> assertOneLine(DlProcess.Result result, int exitCode) {
    result.requireExitCode(exitCode);
    List<String> mistakes =
        result.err().lines().filter(line -> !line.matches("dl: (training|backend) .*")).toList();
    assertThat(mistakes).hasSize(1);
    return assertThat(mistakes.get(0)).startsWith("dl: ");
  }

  @Test
  void takesBodiesAndLeavesOutWhatIsAskedFor() throws Exception {
    Map<String, Tensor> body = new LinkedHashMap<>(SafeTensors.read(weights));
    assertThat(body.remove("classifier.weight")).isNotNull();
    body.put("other.weight", new Tensor(List.of(1L), new float[1]));
    try (OutputStream out = Files.newOutputStream(folder.resolve("body.safetensors"))) {
      SafeTensors.write(out, body, Map.of());
    }
    assertOneLine(train("body-1", "model.pretrained=body.safetensors"), 65)
        .contains("1 unexpected (other.weight)");
    train("body-2", "model.pretrained={path: body.safetensors, ignore: [other]}")
        .requireExitCode(0);
    assertThat(Files.readString(folder.resolve("body-2/log.txt")))
        .contains("4 loaded, 2 reinitialized (")
        .contains("1 ignored (other.weight)");
  }

  /** The format by hand, then the same network in PyTorch. */
  @Test
  void isReadByPythonWithoutAConverter() throws Exception {
    String python = python();
    String script =
        """
        import json, struct, sys
        import numpy, torch
        with open(sys.argv[1], "rb") as file:
            header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
            data = file.read()
        assert header.pop("__metadata__") == {"format": "pt"}
        state = {}
        for name, entry in header.items():
            begin, end = entry["data_offsets"]
            values = numpy.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
            state[name] = torch.tensor(values)
        net = torch.nn.Module()
        for name in sorted(n for n in state if n.endswith("weight")):
            place, path = net, name.split(".")[:-1]
            for part in path[:-1]:
                if not hasattr(place, part):
                    place.add_module(part, torch.nn.Module())
                place = getattr(place, part)
            outputs, inputs = state[name].shape
            place.add_module(path[-1], torch.nn.Linear(inputs, outputs))
        print(net.load_state_dict(state))
        """;
    Process process =
        new ProcessBuilder(python, "-c", script, weights.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out).contains("All keys matched successfully");
  }

  private static String python() throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        Process process =
            new ProcessBuilder(python, "-c", "import numpy, torch")
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() == 0) {
          return python;
        }
      } catch (IOException e) {
        // not here: the next
      }
    }
    assumeTrue(false, "skipped: no python3 with numpy and torch");
    return "";
  }
}
