package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.RunFiles;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code dl watch} as a program, and a training that a file stops. */
@EnabledOnOs(OS.LINUX)
class WatchTest {
  @TempDir private Path folder;

  @Test
  void printsItsAddressAnswersAndEndsByASignal() throws Exception {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    try (DlProcess watch = DlProcess.start(folder, "watch", "--port", "0")) {
      watch.awaitUntil(() -> watch.out().endsWith("/\n"));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(watch.out().strip() + "api/runs")).build();
      HttpResponse<String> list =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(list.body()).startsWith("{\"runs\":[]");
      assertThat(runs).isEmptyDirectory();
      watch.signal("INT");
      watch.await().requireExitCode(130);
      assertThat(watch.err()).hasLineCount(1);
    }
  }

  @Test
  void tellsATakenPortAndAMissingFolderInALine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(DlProcess.run(folder, "watch", ".", "--port", port).requireExitCode(75).err())
          .startsWith("dl: 127.0.0.1:" + port + ": cannot be listened on")
          .hasLineCount(1);
    }
    assertThat(DlProcess.run(folder, "watch").requireExitCode(66).err())
        .isEqualTo("dl: runs: no such file or directory\n");
  }

  @Test
  void aFileStopsATrainingWhichThenGoesOn() throws Exception {
    SmallData.idx(folder.resolve("data"), 3_000, 60);
    Files.writeString(
        folder.resolve("trial.yaml"),
        """
        name: trial
        backend: cpu
        data: {source: idx, path: data}
        model: {name: convnet}
        training: {epochs: 3, batchSize: 20}
        """);
    RunFiles run = new RunFiles(folder.resolve("run"));
    try (DlProcess training = DlProcess.start(folder, "train", "trial.yaml", "--run", "run")) {
      training.awaitUntil(() -> Files.exists(run.metrics()) && run.metrics().toFile().length() > 0);
      assertThat(run.isInUse()).isTrue();
      run.askToStop();
      assertThat(training.await().requireExitCode(130).err())
          .contains("asked to stop by " + run.stop().toRealPath())
          .contains("interrupted and saved; to resume: ");
    }
    assertThat(run.isInUse()).isFalse();
    assertThat(run.readSummary().status()).isEqualTo("interrupted");
    assertThat(run.readSummary().epochs()).isLessThan(3);

    DlProcess.run(folder, "train", "--resume", "--run", "run", "--quiet").requireExitCode(0);
    assertThat(run.readSummary().status()).isEqualTo("completed");
    assertThat(run.stop()).doesNotExist();
  }
}
