package dev.dl.core.data.rows;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Rows of Parquet whose columns have one value a row; a row group is in memory at a time. */
final class ParquetRows implements RowReader {
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final List<ParquetColumn> columns = new ArrayList<>();
  private final Problems problems;
  private List<ColumnReader> values = List.of();
  private long left;
  private long row;

  private ParquetRows(ParquetFileReader reader, Problems problems) {
    this.reader = reader;
    this.schema = reader.getFileMetaData().getSchema();
    this.problems = problems;
  }

  /** Reads the schema; empty if the file is not Parquet. */
  static Optional<RowReader> open(Path file, Problems problems) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .usePageChecksumVerification()
            .build();
    try {
      ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options);
      ParquetRows rows = new ParquetRows(reader, problems);
      rows.openColumns();
      return Optional.of(rows);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      problems.addOfFile("found no readable Parquet, expected a whole file of it");
      return Optional.empty();
    }
  }

  @Override
  public List<String> columns() {
    return schema.getFields().stream().map(Type::getName).toList();
  }

  @Override
  public Optional<Row> next() {
    try {
      if (left == 0 && !nextGroup()) {
        return Optional.empty();
      }
      List<String> cells = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        cells.add(columns.get(i).read(values.get(i)));
      }
      left--;
      row++;
      return Optional.of(new Row(row, cells));
    } catch (CharacterCodingException e) {
      problems.add(row + 1, "found bytes that are not UTF-8, expected text");
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      problems.add(row + 1, "found damaged Parquet, expected the next row");
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private void openColumns() {
    for (Type field : schema.getFields()) {
      Optional<ParquetColumn> column = ParquetColumn.of(field);
      column.ifPresent(columns::add);
      if (column.isEmpty()) {
        problems.addOfFile(
            "found the column \""
                + field.getName()
                + "\" with lists or groups in it, expected one value a row");
      }
    }
    problems.addNames(1, columns());
    reader.getFooter().getBlocks().stream()
        .flatMap(group -> group.getColumns().stream())
        .map(ColumnChunkMetaData::getCodec)
        .filter(codec -> !ParquetCodecs.READABLE.contains(codec))
        .distinct()
        .forEach(codec -> problems.addOfFile(unreadable(codec)));
  }

  private static String unreadable(CompressionCodecName codec) {
    return "found data compressed by " + codec + ", expected one of " + ParquetCodecs.READABLE;
  }

  private boolean nextGroup() throws IOException {
    PageReadStore pages = reader.readNextRowGroup();
    if (pages == null) {
      return false;
    }
    ColumnReadStore store =
        new ColumnReadStoreImpl(
            pages,
            new DummyRecordConverter(schema).getRootConverter(),
            schema,
            reader.getFileMetaData().getCreatedBy());
    values = schema.getColumns().stream().map(store::getColumnReader).toList();
    left = pages.getRowCount();
    return left > 0 || nextGroup();
  }
}
