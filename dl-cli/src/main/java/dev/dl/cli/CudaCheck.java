package dev.dl.cli;

import dev.dl.cli.command.ExitCode;
import dev.dl.cli.terminal.Console;
import dev.dl.core.cuda.Cuda;
import dev.dl.core.cuda.CudaFindings;

/**
 * Whether a build with CUDA could use a device of this machine: the launcher asks a build without
 * before it downloads one.
 */
public final class CudaCheck {

  private CudaCheck() {}

  /** Ends with 0, or says why it would be in vain. */
  public static void main(String[] arguments) {
    CudaFindings cuda = Cuda.examine(null);
    if (cuda.lacksOnlyTheBuild()) {
      System.exit(ExitCode.SUCCESS.number());
    }
    String remedy = cuda.obstacle().remedy();
    Console.system().message("backend cuda: " + cuda.obstacle().found() + "; " + remedy);
    System.exit(ExitCode.UNAVAILABLE.number());
  }
}
