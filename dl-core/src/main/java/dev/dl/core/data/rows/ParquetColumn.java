package dev.dl.core.data.rows;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** A column of Parquet whose values can be written as texts. */
final class ParquetColumn {
  private static final String ZERO_OFFSET = "+0000";

  private final PrimitiveType type;
  private final int presentLevel;

  private ParquetColumn(PrimitiveType type) {
    this.type = type;
    this.presentLevel = type.isRepetition(Type.Repetition.OPTIONAL) ? 1 : 0;
  }

  /** The column of a field; empty for lists, groups and rare kinds of bytes. */
  static Optional<ParquetColumn> of(Type field) {
    if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    PrimitiveType type = field.asPrimitiveType();
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    boolean writable =
        switch (type.getPrimitiveTypeName()) {
          case BOOLEAN, INT32, INT64, FLOAT, DOUBLE, BINARY -> true;
          case FIXED_LEN_BYTE_ARRAY ->
              meaning instanceof DecimalLogicalTypeAnnotation
                  || meaning instanceof UUIDLogicalTypeAnnotation;
          case INT96 -> false;
        };
    return writable ? Optional.of(new ParquetColumn(type)) : Optional.empty();
  }

  /**
   * The value of the row that a reader is at, and goes to the next one.
   *
   * @throws CharacterCodingException if bytes of a text are not UTF-8
   */
  String read(ColumnReader values) throws CharacterCodingException {
    String text = values.getCurrentDefinitionLevel() < presentLevel ? null : text(values);
    values.consume();
    return text;
  }

  private String text(ColumnReader values) throws CharacterCodingException {
    PrimitiveTypeName kind = type.getPrimitiveTypeName();
    return switch (kind) {
      case BOOLEAN -> Boolean.toString(values.getBoolean());
      // as the double of the same value: JDKs differ in the digits of a float
      case FLOAT -> Double.toString(values.getFloat());
      case DOUBLE -> Double.toString(values.getDouble());
      case INT32 -> type.stringifier().stringify(values.getInteger());
      case INT64 -> wholeNumber(values.getLong());
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(values);
      case INT96 -> throw new IllegalStateException("column of " + kind);
    };
  }

  private String wholeNumber(long value) {
    String text = type.stringifier().stringify(value);
    boolean time = type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation;
    return time && text.endsWith(ZERO_OFFSET)
        ? text.substring(0, text.length() - ZERO_OFFSET.length()) + "Z"
        : text;
  }

  private String bytes(ColumnReader values) throws CharacterCodingException {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    if (meaning instanceof DecimalLogicalTypeAnnotation
        || meaning instanceof UUIDLogicalTypeAnnotation) {
      return type.stringifier().stringify(values.getBinary());
    }
    ByteBuffer bytes = values.getBinary().toByteBuffer();
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
