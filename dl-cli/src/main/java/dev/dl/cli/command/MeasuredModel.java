package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.models.Model;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.TextInput;
import dev.dl.training.benchmark.ModelSpeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast a model is on this machine.
 *
 * @param input shape of one sample
 * @param unit of both speeds: {@code images/s}, {@code tokens/s} or {@code rows/s}
 * @param inference {@code null}, as {@code training}, where there was too little memory
 */
record MeasuredModel(
    String name, int batchSize, String input, String unit, Double inference, Double training) {

  /**
   * Measures one after the other, telling which; those that do not fit into memory are passed over.
   */
  static List<MeasuredModel> measure(
      List<Model> models,
      MeasuringOptions.Settings settings,
      RunServices services,
      Console console) {
    List<MeasuredModel> measured = new ArrayList<>();
    for (Model model : models) {
      console.message(
          String.format(
              Locale.ROOT,
              "measuring %s, %d of %d: batches of %d",
              model.name(),
              measured.size() + 1,
              models.size(),
              settings.batchSize()));
      measured.add(measure(model, settings, services, console));
    }
    return measured;
  }

  private static MeasuredModel measure(
      Model model, MeasuringOptions.Settings settings, RunServices services, Console console) {
    try {
      ModelSpeed speed =
          services.speed(
              model.graph(), settings.batchSize(), settings.duration(), settings.backend());
      int unitsPerSample = model.input() instanceof TextInput text ? text.length() : 1;
      return of(
          model,
          settings.batchSize(),
          unitsPerSample * speed.predictionSamplesPerSecond(),
          unitsPerSample * speed.trainingSamplesPerSecond());
    } catch (OutOfMemoryError tooLarge) {
      console.message(model.name() + " does not fit into memory: " + tooLarge.getMessage());
      return of(model, settings.batchSize(), null, null);
    }
  }

  private static MeasuredModel of(Model model, int batchSize, Double inference, Double training) {
    String unit =
        model.input() instanceof TextInput
            ? "tokens/s"
            : model.input() instanceof ImageInput ? "images/s" : "rows/s";
    return new MeasuredModel(
        model.name(), batchSize, model.input().shape().toString(), unit, inference, training);
  }

  static String table(List<MeasuredModel> measured) {
    Table table = new Table("NAME", "BATCH", "INPUT", "INFERENCE", "TRAINING", "UNIT");
    for (MeasuredModel model : measured) {
      table.add(
          model.name,
          Integer.toString(model.batchSize),
          model.input,
          figure(model.inference),
          figure(model.training),
          model.tooLarge() ? "does not fit" : model.unit);
    }
    return table.text();
  }

  boolean tooLarge() {
    return training == null;
  }

  private static String figure(Double speed) {
    return speed == null ? "" : String.format(Locale.ROOT, speed < 100 ? "%.1f" : "%,.0f", speed);
  }
}
