package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.AuditTable;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.audit.Sample;
import dev.dl.core.data.audit.Severity;
import dev.dl.core.data.image.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {
  @TempDir Path folder;

  @Test
  void findsPicturesThatAreInTwoSplitsAndThoseTwiceInOne() throws IOException {
    clothes("train", 20);
    clothes("val", 0);
    copy("train/0/0.png", "val/0/again.png");
    copy("train/0/10.png", "train/0/same.png");
    compress("train/1/1.png", "val/1/compressed.jpg");
    compress("train/1/11.png", "train/1/compressed.jpg");
    Audit audit = pictures("validationFraction=0");

    assertThat(named(audit, FindingKind.LEAK)).containsExactly("train/0/0.png val/0/again.png");
    assertThat(named(audit, FindingKind.NEAR_LEAK))
        .containsExactly("train/1/1.png val/1/compressed.jpg");
    assertThat(named(audit, FindingKind.DUPLICATE))
        .containsExactly("train/0/10.png train/0/same.png");
    assertThat(named(audit, FindingKind.NEAR_DUPLICATE))
        .containsExactly("train/1/11.png train/1/compressed.jpg");
    assertThat(audit.findings(FindingKind.LABEL_CONFLICT)).isEmpty();
    assertThat(audit.findings(FindingKind.LEAK).get(0).samples())
        .allMatch(sample -> sample.picture() != null)
        .extracting(Sample::split)
        .containsExactly("train", "validation");
  }

  @Test
  void findsLeaksIntoTheSplitThatIsHeldOut() throws IOException {
    clothes("", 40);
    for (int i = 0; i < 40; i += 10) {
      copy("0/" + i + ".png", "0/copy" + i + ".png");
    }
    Audit audit = pictures("validationFraction=0.5", "splitSeed=3");

    assertThat(audit.findings(FindingKind.LEAK)).isNotEmpty();
    assertThat(audit.findings(FindingKind.LEAK).size())
        .isEqualTo(4 - audit.findings(FindingKind.DUPLICATE).size());
  }

  @Test
  void findsOneLookWithTwoLabels() throws IOException {
    clothes("", 20);
    copy("0/0.png", "1/wrong.png");

    Audit audit = pictures("validationFraction=0");

    assertThat(named(audit, FindingKind.LABEL_CONFLICT)).containsExactly("0/0.png 1/wrong.png");
    assertThat(audit.findings(FindingKind.LABEL_CONFLICT).get(0).message())
        .endsWith("are the same picture, labelled 0, 1");
  }

  @Test
  void listsDamagedPicturesAndGoesOn() throws IOException {
    clothes("", 20);
    copy("0/0.png", "0/same.png");
    Files.write(
        folder.resolve("1/cut.png"),
        Arrays.copyOf(Files.readAllBytes(folder.resolve("1/1.png")), 200));
    Files.writeString(folder.resolve("1/page.jpg"), "<html>");
    Files.writeString(folder.resolve("1/notes.txt"), "");

    Audit audit = pictures("validationFraction=0");

    assertThat(messages(audit, FindingKind.UNREADABLE))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("cut.png: found a picture that cannot be decoded"),
            line -> assertThat(line).contains("page.jpg: found another kind of content"));
    assertThat(named(audit, FindingKind.DUPLICATE)).containsExactly("0/0.png 0/same.png");
    assertThat(messages(audit, FindingKind.NOTICE))
        .singleElement()
        .asString()
        .contains("notes.txt: does not end in");
    assertThat(audit.count(Severity.ERROR)).isEqualTo(2);
  }

  @Test
  void findsPicturesOfOneColourTheSizesAndTheBalance() throws IOException {
    clothes("train", 30);
    plain("train/0/grey.png", 9, 7);
    plain("test/0/grey.png", 5, 5);
    Files.delete(folder.resolve("train/9/9.png"));
    Files.delete(folder.resolve("train/9/19.png"));
    for (int i = 0; i < 8; i++) {
      distinct("train/0/more" + i + ".png", i);
    }
    Audit audit = pictures("validationFraction=0", "image.size=28");

    assertThat(messages(audit, FindingKind.ONE_COLOUR))
        .hasSize(2)
        .allMatch(line -> line.endsWith("grey.png is of one colour"));
    assertThat(table(audit, "Sizes of pictures").rows())
        .containsExactly(List.of("28x28", "36"), List.of("5x5", "1"), List.of("9x7", "1"));
    assertThat(table(audit, "Classes").header()).containsExactly("class", "train", "test");
    assertThat(table(audit, "Classes").rows())
        .hasSize(10)
        .startsWith(List.of("0", "12", "1"), List.of("1", "3", "0"))
        .endsWith(List.of("9", "1", "0"));
    assertThat(messages(audit, FindingKind.IMBALANCE))
        .containsExactly("12 training samples of class 0, and 1 of class 9");
    assertThat(messages(audit, FindingKind.MISSING_CLASS))
        .hasSize(9)
        .contains("no sample of class 1 in the test split");
  }

  @Test
  void findsWhatIsWrongWithTexts() throws IOException {
    String text = "the coffee that I ordered last week came late and tasted of cardboard";
    lines(
        "train.csv",
        "text,label",
        text + ",bad",
        "a dog of mine ate all of these treats at once and was happy,good",
        "A DOG of mine ate all of these treats at once; and was happy!,bad",
        "\"  \",good",
        "sweet and sour,good",
        "sweet and sour,bad",
        "one two three four five six seven eight nine ten eleven,good");
    lines(
        "test.csv",
        "label,text",
        "bad," + text,
        "bad,The dog of mine ate all of these treats at once and was happy",
        "ugly,something else",
        "good,\"\"");
    Audit audit =
        DataCheck.of(
            Specs.data(
                "text",
                "train=train.csv",
                "test=test.csv",
                "validationFraction=0",
                "text.length=10",
                "text.tokenizer.minimumCount=1"),
            folder);

    assertThat(named(audit, FindingKind.LEAK)).containsExactly("train.csv:2 test.csv:2");
    assertThat(named(audit, FindingKind.NEAR_LEAK))
        .containsExactly("train.csv:3 train.csv:4 test.csv:3");
    assertThat(named(audit, FindingKind.DUPLICATE)).containsExactly("train.csv:6 train.csv:7");
    assertThat(named(audit, FindingKind.LABEL_CONFLICT))
        .containsExactlyInAnyOrder("train.csv:6 train.csv:7", "train.csv:3 train.csv:4 test.csv:3");
    assertThat(messages(audit, FindingKind.UNSEEN_CLASS))
        .containsExactly("1 samples of class ugly in the test split, none in train");
    assertThat(named(audit, FindingKind.EMPTY_TEXT)).containsExactly("train.csv:5", "test.csv:5");
    assertThat(named(audit, FindingKind.TRUNCATED_TEXT))
        .containsExactly(
            "train.csv:2 train.csv:3 train.csv:4 train.csv:8", "test.csv:2 test.csv:3");
    assertThat(table(audit, "Lengths in tokens").rows().get(0))
        .containsExactly("train", "7", "0", "3", "11", "14", "16", "60");
    assertThat(audit.findings(FindingKind.LEAK).get(0).samples().get(0).text()).isEqualTo(text);
  }

  @Test
  void findsPairsThatAreCut() throws IOException {
    lines(
        "train.csv",
        "text,other,label",
        "one two three four,five six seven,a",
        "one two three four,five six seven eight,b",
        "one,\" \",a",
        "two,one,b");
    Audit audit =
        DataCheck.of(
            Specs.data(
                "text",
                "train=train.csv",
                "validationFraction=0",
                "text={secondColumn: other, length: 8}",
                "text.tokenizer.minimumCount=1"),
            folder);

    assertThat(named(audit, FindingKind.TRUNCATED_TEXT)).containsExactly("train.csv:3");
    assertThat(messages(audit, FindingKind.TRUNCATED_TEXT))
        .containsExactly("train: 1 pairs are cut to 8 tokens");
    assertThat(messages(audit, FindingKind.EMPTY_TEXT))
        .containsExactly("train: 1 pairs have a text without a token");
    assertThat(table(audit, "Lengths in tokens").rows().get(0)).contains("4", "2", "9");
  }

  @Test
  void namesTextsOfAFolderByTheirFiles() throws IOException {
    for (String label : List.of("a", "b")) {
      Files.createDirectories(folder.resolve(label));
      Files.writeString(folder.resolve(label + "/1.txt"), "the same words in two files");
      Files.writeString(folder.resolve(label + "/2.txt"), "but not these of " + label);
    }
    Audit audit = DataCheck.of(Specs.data("text", "train=.", "validationFraction=0"), folder);

    assertThat(named(audit, FindingKind.DUPLICATE)).containsExactly("a/1.txt b/1.txt");
    assertThat(named(audit, FindingKind.LABEL_CONFLICT)).containsExactly("a/1.txt b/1.txt");
  }

  @Test
  void findsWhatIsWrongWithTables() throws IOException {
    List<String> rows = new ArrayList<>(List.of("width,answer,unit,colour,label"));
    for (int i = 0; i < 40; i++) {
      String label = i % 2 == 0 ? "yes" : "no";
      rows.add((i * 7 % 41) + "," + (i % 2) + ",mm," + (i % 3 == 0 ? "red" : "blue") + "," + label);
    }
    rows.add(rows.get(1));
    lines("train.csv", rows.toArray(String[]::new));
    lines("test.csv", rows.get(0), rows.get(2), "99,1,mm,red,maybe");
    Audit audit =
        DataCheck.of(
            Specs.data("table", "train=train.csv", "test=test.csv", "validationFraction=0"),
            folder);

    assertThat(named(audit, FindingKind.DUPLICATE)).containsExactly("train.csv:2 train.csv:42");
    assertThat(named(audit, FindingKind.LEAK)).containsExactly("train.csv:3 test.csv:2");
    assertThat(messages(audit, FindingKind.CONSTANT_COLUMN))
        .containsExactly("column 'unit' is ignored: it is always 'mm'");
    assertThat(messages(audit, FindingKind.LEAKING_COLUMN))
        .singleElement()
        .asString()
        .startsWith("'answer' determines 'label' alone");
    assertThat(messages(audit, FindingKind.UNSEEN_CLASS)).hasSize(1);
    assertThat(table(audit, "Columns").rows())
        .hasSize(5)
        .contains(List.of("answer", "numeric", "2", "0", "0.0 to 1.0", "every value is a number"));
    assertThat(table(audit, "Classes").rows())
        .containsExactly(
            List.of("yes", "21", "0"), List.of("no", "20", "1"), List.of("maybe", "0", "1"));
  }

  @Test
  void listsWhatCannotBeReadInEveryFileOfRows() throws IOException {
    lines("train.csv", "text,label", "fine,a", "a,b,c", "good,b");
    lines("test.csv", "text,label", "lonely");
    Audit audit =
        DataCheck.of(
            Specs.data("text", "train=train.csv", "test=test.csv", "validationFraction=0"), folder);

    assertThat(messages(audit, FindingKind.UNREADABLE))
        .satisfiesExactly(
            line -> assertThat(line).contains("train.csv:3"),
            line -> assertThat(line).contains("test.csv:2"));
  }

  @Test
  void listsTargetsThatCannotBeUsed() throws IOException {
    lines("train.csv", "text,label", "a b,1.5", "c d,2");
    lines("test.csv", "text,label", "e f,much");
    Audit audit =
        DataCheck.of(
            Specs.data(
                "text",
                "train=train.csv",
                "test=test.csv",
                "validationFraction=0",
                "target.kind=quantity"),
            folder);

    assertThat(messages(audit, FindingKind.UNREADABLE))
        .singleElement()
        .asString()
        .contains("test.csv:2:2")
        .contains("'much', expected a number");
  }

  @Test
  void countsTheTokensOfPlainTextAndFindsRepeatedBlocks() throws IOException {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, 600).forEach(i -> text.append("word").append(i % 9).append(' '));
    Files.writeString(folder.resolve("train.txt"), text.append('\n'));
    Files.writeString(folder.resolve("test.txt"), "never seen before\n".repeat(20));
    Audit audit =
        DataCheck.of(
            Specs.data(
                "language",
                "train=train.txt",
                "test=test.txt",
                "validationFraction=0",
                "text.length=8"),
            folder);

    assertThat(table(audit, "Tokens").rows())
        .satisfiesExactly(
            row -> assertThat(row).startsWith("train").endsWith("0.0%"),
            row -> assertThat(row).startsWith("test").endsWith("100.0%"));
    assertThat(messages(audit, FindingKind.UNKNOWN_TOKENS))
        .containsExactly("test: 100.0% of the tokens are unknown");
    assertThat(messages(audit, FindingKind.DUPLICATE))
        .anyMatch(line -> line.startsWith("train 0 (train) and train "));
  }

  /** Pictures of Fashion-MNIST, the first of each class, then the second, and so on. */
  private void clothes(String split, int count) throws IOException {
    Image[] clothes = clothes();
    int first = split.equals("val") ? 100 : 0;
    for (int i = 0; i < Math.max(10, count); i++) {
      write(split + "/" + i % 10 + "/" + i + ".png", clothes[first + i]);
    }
  }

  private Image[] clothes() throws IOException {
    ImageSamples all =
        (ImageSamples)
            DataSplits.open(Specs.data("fashion-mnist-10k", "validationFraction=0"), folder)
                .train();
    int[] seen = new int[10];
    Image[] clothes = new Image[200];
    for (int i = 0; i < all.size(); i++) {
      int label = (int) all.target(i)[0];
      if (seen[label] < 20) {
        clothes[10 * seen[label]++ + label] = all.image(i);
      }
    }
    return clothes;
  }

  private Audit pictures(String... settings) throws IOException {
    return DataCheck.of(
        Specs.data(
            "image-folder",
            Stream.concat(Stream.of("path=."), Stream.of(settings)).toArray(String[]::new)),
        folder);
  }

  private List<String> named(Audit audit, FindingKind kind) {
    return audit.findings(kind).stream()
        .map(
            finding ->
                finding.samples().stream()
                    .map(sample -> folder.relativize(Path.of(sample.name())).toString())
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static List<String> messages(Audit audit, FindingKind kind) {
    return audit.findings(kind).stream().map(Finding::message).toList();
  }

  private static AuditTable table(Audit audit, String title) {
    return audit.tables().stream()
        .filter(table -> table.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private void lines(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(folder.resolve(from), folder.resolve(to));
  }

  private void compress(String from, String to) throws IOException {
    ImageIO.write(ImageIO.read(folder.resolve(from).toFile()), "jpg", folder.resolve(to).toFile());
  }

  private void plain(String name, int height, int width) throws IOException {
    byte[] pixels = new byte[height * width];
    Arrays.fill(pixels, (byte) 77);
    write(name, new Image(1, height, width, pixels));
  }

  private void distinct(String name, int index) throws IOException {
    write(name, clothes()[110 + 10 * index]);
  }

  private void write(String name, Image image) throws IOException {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    buffered.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
    Path file = folder.resolve(name.startsWith("/") ? name.substring(1) : name);
    Files.createDirectories(file.getParent());
    ImageIO.write(buffered, "png", file.toFile());
  }
}
