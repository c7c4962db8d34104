package dev.dl.core.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsCacheTest {
  private static final List<String> KEY = List.of("driver 535", "jar");
  private static final CudaFindings FINDINGS =
      new CudaFindings(
          "535.104.05",
          "12.2",
          List.of(new CudaDevice(0, "NVIDIA RTX A4000", 16117, 8, 6)),
          0,
          "8.3.2",
          null);
  private static final CudaFindings IN_VAIN =
      CudaFindings.without(null, new CudaObstacle("it hangs", "restart"));

  @TempDir private Path folder;

  @Test
  void givesBackWhatWasStoredUnderTheSameKeyForTheSameDevice() {
    FindingsCache cache = new FindingsCache(folder.resolve("not/yet"));
    cache.store(null, KEY, FINDINGS);
    cache.store(1, KEY, IN_VAIN);

    assertThat(cache.find(null, KEY)).contains(FINDINGS);
    assertThat(cache.find(1, KEY)).contains(IN_VAIN);
    assertThat(cache.find(0, KEY)).isEmpty();
    assertThat(cache.find(null, List.of("driver 550", "jar"))).isEmpty();
  }

  @Test
  void passesOverAFileThatIsDamaged() throws IOException {
    FindingsCache cache = new FindingsCache(folder);
    Files.writeString(folder.resolve("any.json"), "{\"key\":");

    assertThat(cache.find(null, KEY)).isEmpty();
  }

  @Test
  void doesWithoutAFolderThatCannotBeMade() throws IOException {
    FindingsCache cache = new FindingsCache(Files.createFile(folder.resolve("file")));
    cache.store(null, KEY, FINDINGS);

    assertThat(cache.find(null, KEY)).isEmpty();
  }

  @Test
  void theKeyChangesWithDriverLibraryAndVisibleDevices() throws IOException {
    Path library = Files.writeString(folder.resolve("libcuda.so.1"), "old");
    List<String> key = key(library, "535.104.05", "0,1");

    assertThat(key(library, "535.104.05", "0,1")).isEqualTo(key);
    assertThat(key(library, "550.54.14", "0,1")).isNotEqualTo(key);
    assertThat(key(library, "535.104.05", "1")).isNotEqualTo(key);
    Files.writeString(library, "another");
    assertThat(key(library, "535.104.05", "0,1")).isNotEqualTo(key);
  }

  private static List<String> key(Path library, String driver, String visible) {
    return FindingsCache.key(
        new DriverLibrary("libcuda.so.1", library),
        Optional.of(driver),
        Map.of("CUDA_VISIBLE_DEVICES", visible));
  }
}
