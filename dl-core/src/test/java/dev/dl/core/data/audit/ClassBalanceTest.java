package dev.dl.core.data.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassBalanceTest {
  @Test
  void tellsMissingAndUnseenClassesApart() {
    ClassBalance balance = new ClassBalance(List.of("train", "test"), List.of("cat", "dog"));
    balance.add("train", "cat");
    balance.add("train", "dog");
    balance.add("test", "cat");
    balance.add("test", "cow");
    balance.add("test", "cow");

    assertThat(balance.table().rows())
        .containsExactly(
            List.of("cat", "1", "1"), List.of("dog", "1", "0"), List.of("cow", "0", "2"));
    assertThat(balance.findings())
        .extracting(Finding::kind, Finding::message)
        .containsExactly(
            tuple(FindingKind.MISSING_CLASS, "no sample of class dog in the test split"),
            tuple(
                FindingKind.UNSEEN_CLASS,
                "2 samples of class cow in the test split, none in train"));
  }

  @Test
  void notesWhenOneClassHasTenTimesTheSamplesOfAnother() {
    ClassBalance balance = new ClassBalance(List.of("train"), List.of());
    balance.add("train", "rare");
    for (int i = 0; i < 9; i++) {
      balance.add("train", "common");
    }
    assertThat(balance.findings()).isEmpty();

    balance.add("train", "common");
    assertThat(balance.findings())
        .extracting(Finding::message)
        .containsExactly("10 training samples of class common, and 1 of class rare");
  }
}
