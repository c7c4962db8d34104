package dev.dl.training.preview;

import dev.dl.core.data.Batch;
import dev.dl.core.data.target.AnomalyEncoding;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.QuantityEncoding;
import dev.dl.core.data.target.TargetEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a batch says of each of its samples, in few words. */
final class Captions {
  private Captions() {}

  /** The class, or both of a mix; the labels; the number in its own unit; 0 or 1 of an anomaly. */
  static String of(Batch batch, int sample, TargetEncoding target) {
    int width = batch.targets().length / batch.size();
    float[] values = batch.part(sample, sample + 1).targets();
    List<String> names = target.outputs();
    if (target instanceof ClassEncoding) {
      String first = names.get((int) values[0]);
      return width == 1 || values[2] == 1 ? first : first + "+" + names.get((int) values[1]);
    }
    if (target instanceof QuantityEncoding quantity) {
      return String.format(Locale.ROOT, "%.4g", quantity.standardization().restore(values[0]));
    }
    if (target instanceof AnomalyEncoding) {
      return values[0] == AnomalyEncoding.UNKNOWN ? "" : String.valueOf((int) values[0]);
    }
    if (target.comparesTexts()) {
      return String.format(Locale.ROOT, "%.4g", values[0]);
    }
    List<String> given = new ArrayList<>();
    for (int label = 0; label < values.length; label++) {
      if (values[label] > 0) {
        given.add(names.get(label));
      }
    }
    return String.join("+", given);
  }
}
