package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.ClassBalance;
import dev.dl.core.data.audit.Duplicates;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.audit.Lengths;
import dev.dl.core.data.audit.Preview;
import dev.dl.core.data.audit.SampleList;
import dev.dl.core.data.audit.Shingles;
import dev.dl.core.data.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks through sentences with tags. */
final class TaggedAudit {
  private final TaggedData data;
  private final TagPreprocessing preprocessing;
  private final SampleList samples = new SampleList();
  private final List<Sentence> sentences = new ArrayList<>();
  private final Lengths lengths = new Lengths();
  private final UnknownTokens unknown;

  /** Of the first sentence of each content. */
  private final List<int[]> shingles = new ArrayList<>();

  TaggedAudit(TaggedData data, TagPreprocessing preprocessing) {
    this.data = data;
    this.preprocessing = preprocessing;
    this.unknown = new UnknownTokens(preprocessing.tokenizer());
  }

  Audit look(Map<Split, List<Sentence>> splits) {
    ClassBalance balance =
        new ClassBalance(splits.keySet().stream().map(Split::label).toList(), preprocessing.tags());
    splits.forEach((split, ofSplit) -> look(split, ofSplit, balance));
    Duplicates duplicates = Duplicates.ofTexts(samples, shingles);
    for (int number : duplicates.shown()) {
      String text = String.join(" ", sentences.get(number).tokens());
      samples.show(number, Preview.of(text));
    }
    List<Finding> findings = new ArrayList<>(duplicates.findings());
    findings.addAll(balance.findings());
    findings.addAll(unknown.findings());
    data.notices().forEach(line -> findings.add(Finding.of(FindingKind.NOTICE, line)));
    return new Audit(
        List.of(balance.table(), lengths.table("Lengths in tokens"), unknown.table()), findings);
  }

  private void look(Split split, List<Sentence> ofSplit, ClassBalance balance) {
    samples.begin(split.label(), number -> data.place(split, sentences.get((int) number)));
    for (Sentence sentence : ofSplit) {
      int number = samples.add(sentences.size(), null, TaggedData.digest(sentence));
      sentences.add(sentence);
      sentence.tags().forEach(tag -> balance.add(split.label(), tag));
      lengths.add(split.label(), sentence.tokens().size());
      unknown.add(split, preprocessing.tokenizer().encodeWords(sentence.tokens()));
      if (samples.first(number) == number) {
        shingles.add(Shingles.of(String.join(" ", sentence.tokens())));
      }
    }
  }
}
