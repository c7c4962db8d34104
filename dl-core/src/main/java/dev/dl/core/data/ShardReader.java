package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.tar.TarFileException;
import dev.dl.core.data.tar.TarMember;
import dev.dl.core.data.tar.TarReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads through tar shards in which samples are named as <a
 * href="https://github.com/webdataset/webdataset">WebDataset</a> does: neighbouring members that
 * share their name up to the first point are one, {@code 0001.jpg} with {@code 0001.cls} or {@code
 * 0001.json}. Only names and labels are read, contents of pictures are passed over.
 */
final class ShardReader {
  private static final int LARGEST_PICTURE = 1 << 30;
  private static final int LONGEST_LABEL = 1 << 20;

  private final TargetSpec target;
  private final List<String> columns;
  private final ShardIndex index = new ShardIndex();
  private final List<String> problems = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  private ShardReader(TargetSpec target) {
    this.target = target;
    this.columns = target.target().columns();
  }

  /**
   * Finds the pictures of shards.
   *
   * @param notices where members that are no files are told, and samples left out
   * @throws DataException if a shard is damaged or a sample incomplete
   */
  static Shards read(List<Path> files, DataSpec spec, List<String> notices) throws IOException {
    ShardReader reading = new ShardReader(spec.target());
    for (int shard = 0; shard < files.size(); shard++) {
      try (TarReader archive = TarReader.open(files.get(shard))) {
        reading.read(archive, files.get(shard), shard);
      } catch (TarFileException e) {
        throw new DataException(List.of(e.getMessage()));
      }
    }
    reading.skipped.forEach(line -> notices.add("skipped " + line));
    spec.onBadSample().tell(reading.problems, notices);
    if (reading.index.size() == 0) {
      throw new DataException(files.get(0), "no pictures", "KEY.jpg with KEY.cls or KEY.json");
    }
    return new Shards(files, reading.columns, reading.index);
  }

  private void read(TarReader archive, Path file, int shard) throws IOException {
    ShardSample sample = null;
    for (Optional<TarMember> next = archive.next(); next.isPresent(); next = archive.next()) {
      TarMember member = next.get();
      String ending = ShardSample.ending(member.name());
      if (member.kind() == TarMember.Kind.FOLDER || ending.isEmpty()) {
        continue;
      }
      if (member.kind() != TarMember.Kind.FILE) {
        skipped.add(place(file, member) + "not a file but " + member.kind().description());
        continue;
      }
      String key = ShardSample.key(member.name());
      if (sample == null || !sample.key().equals(key)) {
        end(sample, file, shard);
        sample = new ShardSample(key, target);
      }
      add(sample, archive, member, ending);
    }
    end(sample, file, shard);
  }

  private static void add(ShardSample sample, TarReader archive, TarMember member, String ending)
      throws IOException {
    if (ShardSample.isLabel(ending)) {
      sample.addLabel(ending, archive.content(member, LONGEST_LABEL));
    } else if (ShardSample.isPicture(ending)) {
      sample.addPicture(member);
    }
  }

  private void end(ShardSample sample, Path file, int shard) {
    if (sample == null) {
      return;
    }
    TarMember picture = sample.picture();
    String problem =
        picture != null && picture.size() > LARGEST_PICTURE
            ? "a picture of " + picture.size() + " bytes"
            : sample.problem();
    if (problem == null) {
      index.add(shard, picture.offset(), (int) picture.size(), sample.cells(columns));
    } else {
      problems.add(
          file + ": " + sample.key() + ": found " + problem + ", expected a picture and its label");
    }
  }

  private static String place(Path file, TarMember member) {
    return file + ": " + member.name() + ": ";
  }
}
