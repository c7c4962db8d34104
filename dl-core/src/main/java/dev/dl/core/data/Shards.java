package dev.dl.core.data;

import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures of tar shards. Each is read from its place, by a file opened for it: threads need no
 * lock, and interrupting one closes nothing that others read.
 *
 * @param files the archives
 * @param columns of the target
 * @param index where in them the pictures lie
 */
record Shards(List<Path> files, List<String> columns, ShardIndex index) implements Pictures {
  Shards {
    files = List.copyOf(files);
    columns = List.copyOf(columns);
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public String name(int picture) {
    return files.get(index.shard(picture)) + ": picture at byte " + index.offset(picture);
  }

  @Override
  public byte[] content(int picture) throws IOException {
    byte[] content = new byte[index.length(picture)];
    Path shard = files.get(index.shard(picture));
    try (RandomAccessFile file = new RandomAccessFile(shard.toFile(), "r")) {
      file.seek(index.offset(picture));
      file.readFully(content);
      return content;
    } catch (EOFException e) {
      throw new IOException(name(picture) + ": the shard was cut since it was opened", e);
    }
  }

  @Override
  public Rows targets() {
    Path place = files.size() == 1 ? files.get(0) : files.get(0).toAbsolutePath().getParent();
    return new ListedRows(place, columns, index.size(), i -> new Row(i + 1L, index.target(i)));
  }

  @Override
  public boolean streamed() {
    return true;
  }
}
