package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs on texts and tables, and what is done with them from their directories alone. */
@EnabledOnOs(OS.LINUX)
class TextAndTableTest {
  private static final int ROWS = 240;

  @TempDir private Path folder;

  @Test
  void learnsToTellTextsApartAndTellsFilesAsItWasMeasured() throws Exception {
    StringBuilder csv = new StringBuilder("label,text\n");
    for (int i = 0; i < ROWS; i++) {
      String text = i % 2 == 0 ? "what a fine tea number %d" : "what a stale tea number %d";
      csv.append(i % 2 == 0 ? "great" : "other").append(",\"").append(text.formatted(i % 7));
      csv.append("\"\n");
    }
    Files.writeString(folder.resolve("texts.csv"), csv);
    train(
        "{source: text, train: texts.csv, test: texts.csv, allowLeakage: true}",
        "{name: fasttext}",
        "{epochs: 6, batchSize: 16, loss: {name: focal, classWeights: balanced}}");

    assertThat(json("run/summary.json").at("/test/accuracy").asDouble()).isGreaterThan(0.95);
    DlProcess.run(folder, "evaluate", "run", "--json", "e.json").requireExitCode(0);
    assertThat(json("e.json").get("loss")).isEqualTo(json("run/summary.json").at("/test/loss"));
    DlProcess.run(folder, "predict", "run", "--prompt", "a tea").requireExitCode(2);
    DlProcess.run(folder, "predict", "run", "texts.csv", "--json", "p.json").requireExitCode(0);
    int right = 0;
    for (int i = 0; i < ROWS; i++) {
      JsonNode answer = json("p.json").get(i);
      assertThat(answer.get("file").asText()).isEqualTo("texts.csv:" + (i + 2));
      right += answer.get("label").asText().equals(i % 2 == 0 ? "great" : "other") ? 1 : 0;
    }
    assertThat((double) right / ROWS).isEqualTo(json("e.json").get("accuracy").asDouble());
  }

  @Test
  void tellsPairsApartByWhatBothTextsSay() throws Exception {
    StringBuilder csv = new StringBuilder("one,other,label\n");
    for (int i = 0; i < ROWS; i++) {
      String drink = i % 2 == 0 ? "tea" : "ale";
      String vessel = i / 2 % 2 == 0 ? "cup" : "jug";
      csv.append("some %s of day %d,a %s,%s-%s%n".formatted(drink, i, vessel, drink, vessel));
    }
    Files.writeString(folder.resolve("pairs.csv"), csv);
    train(
        "{source: text, train: pairs.csv, text: {column: one, secondColumn: other}}",
        "{name: fasttext}",
        "{epochs: 10, batchSize: 16}");

    assertThat(json("run/summary.json").at("/validation/accuracy").asDouble()).isGreaterThan(0.95);
    Files.writeString(
        folder.resolve("new.jsonl"),
        """
        {"one": "some ale of day 9", "other": "a cup"}
        {"other": "a jug", "one": "some tea of day 8"}
        """);
    DlProcess.run(folder, "predict", "run", "new.jsonl", "--json", "p.json").requireExitCode(0);
    assertThat(json("p.json").get(0).get("label").asText()).isEqualTo("ale-cup");
    assertThat(json("p.json").get(1).get("label").asText()).isEqualTo("tea-jug");
    assertThat(Files.readString(folder.resolve("run/samples/train-batch-1.txt")))
        .contains("│<separator>│a│");
    DlProcess.Result refused = DlProcess.run(folder, "predict", "run", "new.jsonl", "--embed", "v");
    assertThat(refused.requireExitCode(2).err())
        .contains(
            "--embed: got a run that tells classes, expected one whose network gives vectors");
    assertThat(folder.resolve("v")).doesNotExist();
  }

  @Test
  void learnsVectorsByWhichTextsFindEachOther() throws Exception {
    StringBuilder csv = new StringBuilder("question,answer\n");
    for (int i = 0; i < ROWS; i++) {
      csv.append("what about w%d,it is v%d and u%d%n".formatted(i % 40, i % 40, i));
    }
    Files.writeString(folder.resolve("pairs.csv"), csv);
    train(
        "{source: text, train: pairs.csv, target: {kind: match},"
            + " text: {column: question, secondColumn: answer}}",
        "{name: fasttext}",
        "{epochs: 20, batchSize: 16, microBatchSize: 8}");

    JsonNode validation = json("run/summary.json").get("validation");
    assertThat(validation.get("recallAt1").asDouble()).isGreaterThan(0.5);
    assertThat(validation.get("mrr").asDouble())
        .isGreaterThanOrEqualTo(validation.get("recallAt1").asDouble());
    Files.writeString(
        folder.resolve("new.csv"),
        "question,answer\nwhat about w3,it is v3\nwhat about w3,it is v9\n");
    DlProcess.run(folder, "predict", "run", "new.csv", "--json", "p.json").requireExitCode(0);
    assertThat(Double.parseDouble(json("p.json").get(0).get("label").asText()))
        .isGreaterThan(Double.parseDouble(json("p.json").get(1).get("label").asText()));
    DlProcess.run(folder, "predict", "run", "--embed", "v.jsonl").requireExitCode(2);
    DlProcess.run(folder, "predict", "run", "new.csv", "--json", "p", "--embed", "v.jsonl")
        .requireExitCode(2);
    assertThat(folder.resolve("v.jsonl")).doesNotExist();
    DlProcess.run(folder, "predict", "run", "new.csv", "--embed", "v.jsonl").requireExitCode(0);
    JsonNode first =
        new ObjectMapper().readTree(Files.readAllLines(folder.resolve("v.jsonl")).get(0));
    assertThat(first.get("file").asText()).isEqualTo("new.csv:2");
    double squares = 0;
    for (JsonNode value : first.get("vector")) {
      squares += value.asDouble() * value.asDouble();
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
  }

  @Test
  void refusesToTrainOnWhatItIsTestedWith() throws Exception {
    Files.writeString(folder.resolve("texts.csv"), "text,label\nfine,a\nstale,b\nnew,a\nold,b\n");
    Files.writeString(folder.resolve("more.csv"), "text,label\nrare,a\nstale,b\n");
    write(
        "{source: text, train: texts.csv, test: more.csv, validationFraction: 0}",
        "{name: fasttext}",
        "{}");

    DlProcess.Result refused =
        DlProcess.run(folder, "train", "run.yaml", "--run", "run").requireExitCode(65);
    assertThat(refused.err())
        .contains("dl: data: found 1 of 2 test samples among those of train (more.csv:3 is ")
        .contains("texts.csv:3), expected each in one split")
        .endsWith("or set data.allowLeakage=true\n");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void refusesALossThatDoesNotFitTheTask() throws Exception {
    Files.writeString(folder.resolve("texts.csv"), "text,label\nfine,a\nstale,b\nnew,a\nold,b\n");
    write(
        "{source: text, train: texts.csv, validationFraction: 0}",
        "{name: fasttext}",
        "{loss: {name: huber}}");

    DlProcess.Result refused =
        DlProcess.run(folder, "train", "run.yaml", "--run", "run").requireExitCode(2);
    assertThat(refused.err())
        .endsWith(
            "dl: training.loss.name: got huber for a network that tells classes, expected one of"
                + " cross-entropy, focal; leave it out for cross-entropy\n");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void refusesToGoOnWithDataThatHasChanged() throws Exception {
    Files.writeString(folder.resolve("text.txt"), "to be or not to be\n".repeat(200));
    train(
        "{source: language, train: text.txt, text: {length: 16, tokenizer: {kind: character}}}",
        "{name: gpt-nano}",
        "{epochs: 500, batchSize: 16, maximumDuration: 1s}");
    Files.writeString(folder.resolve("text.txt"), "to be or not to bee\n".repeat(200));

    DlProcess.Result refused =
        DlProcess.run(folder, "train", "--resume", "--run", "run").requireExitCode(2);
    assertThat(refused.err())
        .contains("dl: data: got files with fingerprint ")
        .contains("as when the run began; put the data back, or train in a new run directory");
  }

  @Test
  void learnsANumberOfATableAndTellsItInItsOwnUnit() throws Exception {
    StringBuilder csv = new StringBuilder("size,town,price\n");
    for (int i = 0; i < ROWS; i++) {
      int town = i % 3;
      csv.append("%d,t%d,%d%n".formatted(i, town, 1000 + 10 * i + 500 * town));
    }
    Files.writeString(folder.resolve("table.csv"), csv);
    train(
        "{source: table, train: table.csv, target: {column: price, kind: quantity}}",
        "{name: mlp}",
        "{epochs: 40, batchSize: 16}");

    JsonNode summary = json("run/summary.json");
    assertThat(summary.at("/validation/r2").asDouble()).isGreaterThan(0.9);
    Files.writeString(folder.resolve("new.csv"), "town,size\nt0,100\nt2,100\n");
    DlProcess.run(folder, "predict", "run", "new.csv", "--json", "p.json").requireExitCode(0);
    double low = Double.parseDouble(json("p.json").get(0).get("label").asText());
    double high = Double.parseDouble(json("p.json").get(1).get("label").asText());
    assertThat(low).isBetween(1500.0, 2500.0);
    assertThat(high - low).isBetween(400.0, 1600.0);
  }

  /** Stars are what the user usually gives, and the item usually gets, and a little chance. */
  @Test
  void learnsWhoIsStrictAndWhatIsGoodAndKnowsOfStrangers() throws Exception {
    StringBuilder csv = new StringBuilder("user,item,stars\n");
    for (int i = 0; i < 2400; i++) {
      int user = i % 40;
      int item = (i * 7 + i / 40) % 30;
      double stars = 3 + user % 5 * 0.5 - 1 + item % 3 - 1 + i * 31 % 11 * 0.05;
      csv.append(String.format(Locale.ROOT, "%d,%d,%.2f%n", user, item, stars));
    }
    Files.writeString(folder.resolve("stars.csv"), csv);
    write(
        "{source: table, train: stars.csv, testFraction: 0.2, allowLeakage: true,"
            + " target: {column: stars, kind: quantity}, table: {categorical: [user, item]}}",
        "{name: fm}",
        "{epochs: 30, batchSize: 64}");
    String[] decayed = {"optimizer.name=adam", "optimizer.weightDecay=0.002"};
    DlProcess.run(folder, "train", "run.yaml", decayed[0], decayed[1], "--run", "run")
        .requireExitCode(0);

    double ofTheMean = Math.sqrt(0.5 + 2.0 / 3);
    assertThat(json("run/summary.json").at("/test/rmse").asDouble()).isLessThan(0.3 * ofTheMean);
    Files.writeString(folder.resolve("new.csv"), "user,item\n4,2\n0,0\nstranger,2\nstranger,0\n");
    DlProcess.run(folder, "predict", "run", "new.csv", "--json", "p.json").requireExitCode(0);
    double[] told = new double[4];
    for (int i = 0; i < told.length; i++) {
      told[i] = Double.parseDouble(json("p.json").get(i).get("label").asText());
    }
    assertThat(told[0]).isCloseTo(5.25, within(0.4));
    assertThat(told[1]).isCloseTo(1.25, within(0.4));
    assertThat(told[2]).as("what people in general give").isCloseTo(4.25, within(0.5));
    assertThat(told[3]).as("what people in general give").isCloseTo(2.25, within(0.5));
  }

  /** Rows lie on a line but for one in twelve, which lies beside it though no number is unusual. */
  @Test
  void tellsRowsThatAreUnlikeTheOthers() throws Exception {
    StringBuilder csv = new StringBuilder("x,y,z,odd\n");
    for (int i = 0; i < 480; i++) {
      double x = i * 37 % 101 / 50.0 - 1;
      boolean odd = i % 12 == 5;
      double y = odd ? -x + 0.3 : x + i % 7 * 0.01;
      csv.append(String.format(Locale.ROOT, "%.3f,%.3f,%.3f,%d%n", x, y, -2 * x, odd ? 1 : 0));
    }
    Files.writeString(folder.resolve("table.csv"), csv);
    train(
        "{source: table, train: table.csv, testFraction: 0.25, allowLeakage: true,"
            + " target: {kind: anomaly, columns: [odd]}}",
        "{name: autoencoder}",
        "{epochs: 40, batchSize: 32, earlyStopping: {metric: validation.auc, patience: 20}}");

    assertThat(json("run/summary.json").at("/test/auc").asDouble()).isGreaterThan(0.9);
    Files.writeString(folder.resolve("new.csv"), "x,y,z\n0.8,0.8,-1.6\n0.8,-0.6,-1.6\n");
    DlProcess.run(folder, "predict", "run", "new.csv", "--json", "p.json").requireExitCode(0);
    double usual = Double.parseDouble(json("p.json").get(0).get("label").asText());
    double odd = Double.parseDouble(json("p.json").get(1).get("label").asText());
    assertThat(odd).isGreaterThan(10 * usual);
  }

  @Test
  void writesAfterEachEpochOfALanguageModelAndResumesIt() throws Exception {
    Files.writeString(folder.resolve("text.txt"), "to be or not to be\n".repeat(200));
    train(
        "{source: language, train: text.txt, text: {length: 16, tokenizer: {kind: character}}}",
        "{name: gpt-nano}",
        "{epochs: 2, batchSize: 16}");

    assertThat(Files.readString(folder.resolve("run/samples/epoch-002.txt"))).startsWith("to be");
    assertThat(json("run/summary.json").at("/validation/perplexity").asDouble())
        .isBetween(1.0, 12.0);
    DlProcess.run(folder, "evaluate", "run", "--split", "validation", "--json", "e.json")
        .requireExitCode(0);
    assertThat(json("e.json").get("loss"))
        .isEqualTo(json("run/summary.json").at("/validation/loss"));
    assertThat(DlProcess.run(folder, "predict", "run", "text.txt").requireExitCode(2).err())
        .isEqualTo(
            "dl: FILE: got text.txt, expected --prompt TEXT, for the run of a language model\n");
    assertThat(written("one.json", "0", "1")).hasSize(60).matches("[a-z\\n ]+");
    assertThat(written("two.json", "1", "1"))
        .isEqualTo(written("three.json", "1", "1"))
        .isNotEqualTo(written("four.json", "1", "2"));
  }

  @Test
  void refusesToTellTheNextTokenByAModelOfWholeTexts() throws Exception {
    Files.writeString(folder.resolve("text.txt"), "to be or not to be\n".repeat(200));
    write(
        "{source: language, train: text.txt, text: {length: 16, tokenizer: {kind: character}}}",
        "{name: lstm}",
        "{}");

    assertThat(DlProcess.run(folder, "train", "run.yaml", "--run", "run").requireExitCode(2).err())
        .contains("dl: model.name: got lstm for texts of 16 tokens of ")
        .contains("(it gives 10, expected 16x10)");
  }

  private String written(String file, String temperature, String seed) throws Exception {
    String[] asked = {
      "predict",
      "run",
      "--prompt",
      "to be or",
      "--tokens",
      "60",
      "--json",
      file,
      "--temperature",
      temperature,
      "--seed",
      seed
    };
    DlProcess.run(folder, asked).requireExitCode(0);
    return json(file).get("text").asText();
  }

  private void train(String data, String model, String training) throws Exception {
    write(data, model, training);
    DlProcess.run(folder, "train", "run.yaml", "--run", "run").requireExitCode(0);
  }

  private void write(String data, String model, String training) throws IOException {
    Files.writeString(
        folder.resolve("run.yaml"),
        String.format(
            Locale.ROOT,
            "name: run%nbackend: cpu%ndata: %s%nmodel: %s%noptimizer: {learningRate: 0.01}%n"
                + "training: %s%n",
            data,
            model,
            training));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
