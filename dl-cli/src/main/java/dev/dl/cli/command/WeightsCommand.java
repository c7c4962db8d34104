package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.tensorfile.WeightEntry;
import dev.dl.core.tensorfile.WeightFile;
import dev.dl.core.tensorfile.WeightList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what a file of weights holds, whoever wrote it. */
@Command(mixinStandardHelpOptions = true)
final class WeightsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      description = "Safetensors, ONNX, Keras HDF5 or a PyTorch state dictionary.")
  private Path file;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the list as JSON.")
  private Path json;

  WeightsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    WeightList list = WeightFile.list(file);
    Table table = new Table("NAME", "SHAPE", "TYPE", "BYTES");
    long bytes = 0;
    for (WeightEntry tensor : list.tensors()) {
      table.add(tensor.name(), shape(tensor), tensor.type(), ModelRow.grouped(tensor.bytes()));
      bytes += tensor.bytes();
    }
    console.out().print(table.text());
    int count = list.tensors().size();
    String tensors = count == 1 ? " tensor, " : " tensors, ";
    console
        .out()
        .println(list.format() + ": " + count + tensors + ModelRow.grouped(bytes) + " bytes");
    if (json != null) {
      Json.write(json, list);
    }
    return ExitCode.SUCCESS.number();
  }

  /** {@code 64x3x7x7}, or {@code scalar}. */
  private static String shape(WeightEntry tensor) {
    return tensor.shape().isEmpty()
        ? "scalar"
        : tensor.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
