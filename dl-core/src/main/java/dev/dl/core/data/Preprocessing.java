package dev.dl.core.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What turns data into a network's input as in training, and its output into an answer: all that a
 * run has to keep of its data in order to predict.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = ImagePreprocessing.class, name = "image"))
public sealed interface Preprocessing permits ImagePreprocessing {

  /** Names by class index. */
  List<String> classNames();
}
