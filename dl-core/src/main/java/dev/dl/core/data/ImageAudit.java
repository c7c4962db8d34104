package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.AuditTable;
import dev.dl.core.data.audit.ClassBalance;
import dev.dl.core.data.audit.Duplicates;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.audit.Preview;
import dev.dl.core.data.audit.SampleList;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Looks through pictures, each of which is decoded once more at most. */
final class ImageAudit {
  private static final int MOST_SHOWN = 100;

  private final ImageData data;
  private final SampleList samples = new SampleList();

  /** The pictures by the number of the first of them. */
  private final NavigableMap<Integer, Dataset<Image>> pictures = new TreeMap<>();

  private ImageAudit(ImageData data) {
    this.data = data;
  }

  static Audit of(ImageData data, DataSpec spec) {
    Map<Split, Dataset<Image>> splits = HoldOut.of(data.splits(), data.target(), spec);
    List<String> names = data.target().outputs();
    ClassBalance balance =
        new ClassBalance(splits.keySet().stream().map(Split::label).toList(), names);
    ImageAudit audit = new ImageAudit(data);
    splits.forEach(
        (split, dataset) ->
            audit.list(
                split.label(),
                dataset,
                sample -> {
                  String name = names.get((int) dataset.target(sample)[0]);
                  balance.add(split.label(), name);
                  return name;
                }));
    return audit.look(balance);
  }

  /**
   * Looks through pictures that have no labels of their own.
   *
   * @param splits with what is held out
   * @param balance of whatever they show
   */
  static Audit of(ImageData data, Map<Split, Dataset<Image>> splits, ClassBalance balance) {
    ImageAudit audit = new ImageAudit(data);
    splits.forEach((split, dataset) -> audit.list(split.label(), dataset, sample -> null));
    return audit.look(balance);
  }

  private Audit look(ClassBalance balance) {
    // By the first picture of each content; each element is written by one thread.
    boolean[] ofOneColour = new boolean[samples.size()];
    Duplicates duplicates =
        Duplicates.ofPictures(
            samples,
            number -> {
              Image picture = picture(number);
              ofOneColour[number] = picture.isOfOneColour();
              return picture;
            });
    show(duplicates.shown());
    List<Finding> findings = new ArrayList<>(duplicates.findings());
    findings.addAll(ofOneColour(ofOneColour));
    findings.addAll(balance.findings());
    data.found()
        .unreadable()
        .forEach(line -> findings.add(Finding.of(FindingKind.UNREADABLE, line)));
    data.notices().forEach(line -> findings.add(Finding.of(FindingKind.NOTICE, line)));
    return new Audit(List.of(balance.table(), sizes()), findings);
  }

  private void list(String split, Dataset<Image> dataset, IntFunction<String> labels) {
    pictures.put(samples.size(), dataset);
    samples.begin(split, position -> dataset.name((int) position));
    for (int i = 0; i < dataset.size(); i++) {
      samples.add(i, labels.apply(i), dataset.digest(i));
    }
  }

  private Image picture(int number) {
    Map.Entry<Integer, Dataset<Image>> split = pictures.floorEntry(number);
    return split.getValue().read(number - split.getKey());
  }

  private void show(int... numbers) {
    for (int number : numbers) {
      samples.show(number, Preview.of(picture(number)));
    }
  }

  private List<Finding> ofOneColour(boolean[] firsts) {
    List<Finding> findings = new ArrayList<>();
    for (int number = 0; number < samples.size(); number++) {
      if (firsts[samples.first(number)]) {
        if (findings.size() < MOST_SHOWN) {
          show(number);
        }
        String name = samples.sample(number).name();
        findings.add(
            new Finding(
                FindingKind.ONE_COLOUR,
                name + " is of one colour",
                List.of(samples.sample(number))));
      }
    }
    return findings;
  }

  private AuditTable sizes() {
    List<List<String>> rows = new ArrayList<>();
    data.found()
        .sizes()
        .forEach((size, count) -> rows.add(List.of(size.toString(), String.valueOf(count))));
    if (rows.isEmpty()) {
      ImageShape shape = data.shape();
      rows.add(List.of(shape.height() + "x" + shape.width(), String.valueOf(samples.size())));
    }
    return new AuditTable("Sizes of pictures", List.of("height x width", "pictures"), rows);
  }
}
