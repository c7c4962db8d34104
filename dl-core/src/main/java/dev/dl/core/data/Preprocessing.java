package dev.dl.core.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What turns data into a network's input as in training, and its output into an answer: all that a
 * run has to keep of its data in order to predict.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ImagePreprocessing.class, name = "image"),
  @JsonSubTypes.Type(value = MaskPreprocessing.class, name = "masks"),
  @JsonSubTypes.Type(value = TextPreprocessing.class, name = "text"),
  @JsonSubTypes.Type(value = TagPreprocessing.class, name = "tags"),
  @JsonSubTypes.Type(value = RowPreprocessing.class, name = "table")
})
public sealed interface Preprocessing
    permits ImagePreprocessing,
        MaskPreprocessing,
        TextPreprocessing,
        TagPreprocessing,
        RowPreprocessing {

  /** Names by class index. */
  List<String> classNames();

  /**
   * Turns what a file holds into inputs: a picture, a text, or the rows of a file in their order.
   *
   * @throws DataException if it cannot be read as such
   */
  void read(Path file, Consumer<Item> use) throws IOException;

  /**
   * One sample.
   *
   * @param where it comes from: a file, or a file and a line
   * @param values of the network's inputs
   * @param inputs how many there are: 2 of pairs whose texts are read each by itself
   */
  record Item(String where, float[] values, int inputs) {

    /** A sample of one input. */
    public Item(String where, float[] values) {
      this(where, values, 1);
    }
  }

  /** Files that belong to it, by their names in the run directory. */
  default Map<String, byte[]> files() {
    return Map.of();
  }

  /** This, with what its files say. */
  default Preprocessing completed(Path folder) throws IOException {
    return this;
  }
}
