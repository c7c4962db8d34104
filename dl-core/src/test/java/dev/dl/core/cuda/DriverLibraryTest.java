package dev.dl.core.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverLibraryTest {
  @TempDir private Path folder;

  @Test
  void isFoundInAFolderThatTheLoaderDoesNotKnow() throws IOException {
    Path library = Files.createFile(folder.resolve("libcuda.so.1"));

    assertThat(DriverLibrary.find("libcuda.so.1", List.of("/nowhere", folder.toString()), null))
        .contains(new DriverLibrary("libcuda.so.1", library));
  }

  @Test
  void isFoundWhereOnlyTheLoaderKnowsIt() throws IOException {
    Path cache = Files.writeString(folder.resolve("cache"), "\0libcuda.so.1\0/opt/libcuda.so.1\0");

    assertThat(DriverLibrary.find("libcuda.so.1", List.of(), cache))
        .contains(new DriverLibrary("libcuda.so.1", null));
  }

  @Test
  void isNotFoundWhereThereIsNone() throws IOException {
    Path cache = Files.writeString(folder.resolve("cache"), "\0libcudart.so.11\0");

    assertThat(DriverLibrary.find("libcuda.so.1", List.of(folder.toString()), cache)).isEmpty();
  }

  @Test
  void theUsersFoldersComeFirst() {
    assertThat(DriverLibrary.folders(Map.of("LD_LIBRARY_PATH", "/mine:")))
        .startsWith("/mine", "/usr/local/nvidia/lib64")
        .contains("/usr/lib/x86_64-linux-gnu");
  }

  @Test
  void readsTheVersionFromEitherKindOfKernelModule() {
    assertThat(
            DriverLibrary.version(
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  510.47.03  Mon Jan 24\n"
                    + "GCC version:  gcc version 9.3.0"))
        .contains("510.47.03");
    assertThat(
            DriverLibrary.version(
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  560.35.03  Release"))
        .contains("560.35.03");
    assertThat(DriverLibrary.version("something else")).isEmpty();
  }
}
