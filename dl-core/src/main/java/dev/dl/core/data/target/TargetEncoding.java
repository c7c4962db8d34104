package dev.dl.core.data.target;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.dl.core.data.cell.RowEncoder;
import java.nio.file.Path;
import java.util.List;

/** How a target becomes numbers: learnt from the training rows, kept with the run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClassEncoding.class, name = "class"),
  @JsonSubTypes.Type(value = LabelEncoding.class, name = "labels"),
  @JsonSubTypes.Type(value = IndicatorEncoding.class, name = "indicators"),
  @JsonSubTypes.Type(value = QuantityEncoding.class, name = "quantity"),
  @JsonSubTypes.Type(value = AnomalyEncoding.class, name = "anomaly"),
  @JsonSubTypes.Type(value = MatchEncoding.class, name = "match"),
  @JsonSubTypes.Type(value = SimilarityEncoding.class, name = "similarity")
})
public sealed interface TargetEncoding
    permits ClassEncoding,
        LabelEncoding,
        IndicatorEncoding,
        QuantityEncoding,
        AnomalyEncoding,
        MatchEncoding,
        SimilarityEncoding {
  /** More classes or labels than this are taken for a wrong column. */
  int MOST_NAMES = 100_000;

  /** A longer name is taken for a text in the wrong column. */
  int LONGEST_NAME = 256;

  /** Names of its columns. */
  List<String> columns();

  /** What each number of an encoded target is about. */
  List<String> names();

  /** What each output of a network stands for: a class, a label, or the quantity. */
  default List<String> outputs() {
    return names();
  }

  /** Whether it is about two texts, each of which a network reads by itself. */
  default boolean comparesTexts() {
    return false;
  }

  /** Whether the numbers stand for classes or labels, and not for a quantity. */
  boolean discrete();

  /**
   * Encodes rows of a file in which the target is known.
   *
   * @param header names of all columns of the file, in any order
   * @throws dev.dl.core.data.cell.CellException if a column of the target is not among them
   */
  RowEncoder encoder(Path file, List<String> header);
}
