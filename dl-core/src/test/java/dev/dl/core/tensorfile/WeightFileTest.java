package dev.dl.core.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WeightFileTest {
  private static final int GOLDEN_FILES = 11;
  private static final int REFUSED_FILES = 29;

  @TempDir private Path folder;

  static List<String> golden() throws IOException {
    return List.copyOf(GoldenWeights.expected().keySet());
  }

  @Test
  void everyGoldenFileIsTried() throws Exception {
    assertThat(golden()).hasSize(GOLDEN_FILES);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void readsWhatPythonWrote(String file) throws Exception {
    Map<String, Tensor> expected = GoldenWeights.expected().get(file);

    Map<String, Tensor> tensors = WeightFile.read(GoldenWeights.file(file));

    assertThat(tensors).isEqualTo(expected);
    assertThat(tensors.keySet()).containsExactlyElementsOf(expected.keySet());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void listsWhatItWouldRead(String file) throws Exception {
    Map<String, Tensor> tensors = WeightFile.read(GoldenWeights.file(file));

    List<WeightEntry> entries = WeightFile.list(GoldenWeights.file(file)).tensors();

    assertThat(entries.stream().map(WeightEntry::name)).containsExactlyElementsOf(tensors.keySet());
    assertThat(entries.stream().map(WeightEntry::shape).toList())
        .isEqualTo(tensors.values().stream().map(Tensor::shape).toList());
  }

  @Test
  void listsTypesAndBytesAsTheyAreInTheFile() throws Exception {
    assertThat(WeightFile.list(GoldenWeights.file("types.safetensors")).tensors())
        .contains(
            new WeightEntry("bf16", "BF16", List.of(2L), 4),
            new WeightEntry("f64", "F64", List.of(2L), 16));
    assertThat(WeightFile.list(GoldenWeights.file("pytorch/views.pt")).tensors())
        .contains(
            new WeightEntry("channels_last", "F32", List.of(2L, 3L, 3L, 4L), 288),
            new WeightEntry("bool", "BOOL", List.of(2L), 2));
  }

  @ParameterizedTest
  @CsvSource({
    "types.safetensors, safetensors",
    "pytorch/module.pt, PyTorch state dictionary",
    "'pytorch/module-legacy.pt', 'PyTorch state dictionary, before 1.6'",
    "onnx/all.onnx, ONNX",
    "keras/model.h5, Keras HDF5"
  })
  void tellsTheFormatFromTheContentAlone(String golden, String format) throws Exception {
    Path renamed = Files.copy(GoldenWeights.file(golden), folder.resolve("weights.txt"));

    assertThat(WeightFile.list(renamed).format()).isEqualTo(format);
  }

  @Test
  void readsSafetensors() throws Exception {
    Path file = GoldenWeights.file("types.safetensors");

    assertThat(WeightFile.read(file)).isEqualTo(SafeTensors.read(file)).hasSize(9);
  }

  @ParameterizedTest
  @CsvSource({
    "'', an empty file",
    "version https://git-lfs.github.com/spec/v1, run git lfs pull",
    "<!DOCTYPE html>, a page",
    "'{\"weight_map\": {}}', JSON",
    "GGUF, GGUF",
    "nothing known, begins with 6e 6f 74 68 69 6e 67 20"
  })
  void namesWhatIsNoFileOfWeights(String content, String found) throws Exception {
    Path file = folder.resolve("model.safetensors");
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> WeightFile.read(file))
        .isInstanceOf(TensorFileException.class)
        .hasMessageStartingWith(file + ": got ")
        .hasMessageContaining(found);
  }

  @Test
  void refusesFoldersAndSaysWhenThereIsNoFile() {
    assertThatThrownBy(() -> WeightFile.read(folder)).isInstanceOf(TensorFileException.class);
    assertThatThrownBy(() -> WeightFile.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pytorch/refused-two-places.pt     | tensors in 'model', 'ema'",
        "pytorch/refused-no-tensors.pt     | no tensors in a dictionary of [epoch]",
        "pytorch/refused-list.pt           | something other than a dictionary",
        "pytorch/refused-expanded.pt       | [1000, 1000] with the strides [0, 0]",
        "pytorch/refused-complex.pt        | torch.ComplexFloatStorage",
        "pytorch/refused-attack.pt         | the Python object posix.system",
        "pytorch/refused-attack-legacy.pt  | the Python object posix.system",
        "pytorch/refused-arguments.pt      | the Python object argparse.Namespace",
        "pytorch/refused-module.pt         | the Python object torch.nn.modules.linear.Linear",
        "pytorch/refused-inexact.pt        | 16777217",
        "pytorch/refused-script.pt         | a TorchScript program",
        "onnx/refused-external.onnx        | another file, ../../etc/passwd",
        "onnx/refused-text.onnx            | the element type 8 of ONNX",
        "onnx/refused-sparse.onnx          | a sparse initializer",
        "onnx/refused-product.onnx         | the shape [4294967296, 4294967296]",
        "onnx/refused-negative.onnx        | the shape [-1]",
        "onnx/refused-large.onnx           | the shape [1099511627776]",
        "onnx/refused-other.onnx           | got 24 bytes of numbers, expected those of [7]",
        "onnx/refused-twice.onnx           | two tensors named 'twice'",
        "keras/refused-lambda.h5           | a Lambda layer",
        "keras/refused-external-link.h5    | the link 'kernel:0' to another file",
        "keras/refused-soft-link.h5        | the soft link 'kernel:0'",
        "keras/refused-external-data.h5    | with its numbers in another file",
        "keras/refused-compressed.h5       | 'dense/kernel:0', which is compressed",
        "keras/refused-big-endian.h5       | none of little-endian numbers",
        "keras/refused-text.h5             | none of little-endian numbers",
        "keras/refused-missing.h5          | nothing where 'kernel:0' is announced",
        "keras/refused-newest.h5           | a superblock of version 3",
        "keras/refused-other.h5            | no attribute layer_names",
      })
  void refusesByNameWhatIsNotReadOrMeantIll(String name, String found) {
    Path file = GoldenWeights.file(name);

    assertThatThrownBy(() -> WeightFile.read(file))
        .isInstanceOf(TensorFileException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(found)
        .hasMessageContaining("expected ")
        .hasMessageNotContaining("\n");
    assertThat(Path.of("attacked")).doesNotExist();
  }

  @Test
  void everyRefusedFileIsTried() throws Exception {
    List<String> refused = new ArrayList<>(GoldenWeights.names("pytorch", "refused"));
    refused.addAll(GoldenWeights.names("onnx", "refused"));
    refused.addAll(GoldenWeights.names("keras", "refused"));

    assertThat(refused).hasSize(REFUSED_FILES);
  }
}
