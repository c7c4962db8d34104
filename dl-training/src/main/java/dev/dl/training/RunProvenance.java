package dev.dl.training;

import dev.dl.core.backend.Compute;
import dev.dl.core.backend.CpuFeatures;
import dev.dl.core.backend.TensorLibraries;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.run.Provenance;
import dev.dl.training.reproduction.Difference;
import dev.dl.training.reproduction.Reproduction;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a run comes from, written down, and compared with what another run wrote down. */
final class RunProvenance {
  private static final Logger LOG = LoggerFactory.getLogger(RunProvenance.class);

  private RunProvenance() {}

  /**
   * Of a run that begins now.
   *
   * @param pretrained what it begins with, {@code null} for fresh weights
   * @param teacher what it learns from, {@code null} for none
   */
  static Provenance of(
      TrainingRun.Start start,
      Compute compute,
      ConvolutionRule convolutions,
      String dataFingerprint,
      PretrainedStart pretrained,
      Teacher teacher) {
    Package here = RunProvenance.class.getPackage();
    return new Provenance(
        Instant.now().toString(),
        start.commandLine(),
        Provenance.Software.running(
            Optional.ofNullable(here.getImplementationVersion()).orElse("development"),
            null,
            TensorLibraries.versions()),
        new Provenance.Machine(
            CpuFeatures.detect().model(),
            Runtime.getRuntime().availableProcessors(),
            compute.threads()),
        new Provenance.Backend(
            start.backend().name(),
            start.backend().reason(),
            start.backend().devices(),
            start.backend().workers(),
            compute.kernels().name(),
            convolutions),
        dataFingerprint,
        RecordedPlugin.of(start.models(), start.spec().model().name()).orElse(null),
        pretrained == null ? null : pretrained.source(),
        teacher == null ? null : teacher.source());
  }

  /** Of the run that is to be reproduced, whose plugin must be there. */
  static Optional<Provenance> recorded(TrainingRun.Start start) throws IOException {
    if (start.recorded() == null) {
      return Optional.empty();
    }
    RecordedPlugin.requirePresent(start.recorded(), start.models());
    return Optional.of(start.recorded().readProvenance());
  }

  /**
   * Refuses other data than a run recorded; tells what else is not as it was then.
   *
   * @throws DataException if the data, or the weights to begin with, have changed
   */
  static void requireSameData(Provenance recorded, Provenance now) {
    requireSame("data", recorded.dataFingerprint(), now.dataFingerprint());
    requireSame("model.pretrained", sha256(recorded), sha256(now));
    List<Difference> others =
        Stream.of(
                Reproduction.environment(recorded, now).stream(),
                Reproduction.versions(recorded, now).stream())
            .flatMap(differences -> differences)
            .toList();
    for (Difference other : others) {
      LOG.warn(
          "{}: {}, recorded {}; the results may be others",
          other.what(),
          other.now(),
          other.recorded());
    }
  }

  private static void requireSame(String where, String recorded, String now) {
    if (!Objects.equals(recorded, now)) {
      throw new DataException(
          where,
          "files with fingerprint " + now,
          recorded + ", as the run recorded; put them back to reproduce it");
    }
  }

  private static String sha256(Provenance provenance) {
    return provenance.pretrained() == null ? null : provenance.pretrained().sha256();
  }
}
