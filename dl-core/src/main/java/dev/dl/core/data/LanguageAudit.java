package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.Duplicates;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.audit.Preview;
import dev.dl.core.data.audit.SampleList;
import dev.dl.core.data.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Looks through plain text, as the blocks that a language model sees. */
final class LanguageAudit {
  private LanguageAudit() {}

  static Audit of(LanguageData data, DataSpec spec) {
    DataSplits splits = data.prepare(spec, Optional.empty());
    Tokenizer tokenizer = ((TextPreprocessing) splits.preprocessing()).tokenizer();
    UnknownTokens unknown = new UnknownTokens(tokenizer);
    SampleList samples = new SampleList();
    NavigableMap<Integer, BlockSamples> blocks = new TreeMap<>();
    splits
        .samples()
        .forEach(
            (split, ofSplit) -> {
              BlockSamples all = (BlockSamples) ofSplit;
              blocks.put(samples.size(), all);
              samples.begin(split.label(), block -> all.name((int) block));
              for (int i = 0; i < all.size(); i++) {
                unknown.add(split, all.tokens(i));
                samples.add(i, null, all.digest(i));
              }
            });
    Duplicates duplicates = Duplicates.exact(samples, "block");
    Arrays.stream(duplicates.shown())
        .forEach(
            number -> {
              int start = blocks.floorKey(number);
              int[] tokens = blocks.get(start).tokens(number - start);
              samples.show(number, Preview.of(tokenizer.decode(tokens)));
            });
    List<Finding> findings = new ArrayList<>(duplicates.findings());
    findings.addAll(unknown.findings());
    splits.notices().forEach(line -> findings.add(Finding.of(FindingKind.NOTICE, line)));
    return new Audit(List.of(unknown.table()), findings);
  }
}
