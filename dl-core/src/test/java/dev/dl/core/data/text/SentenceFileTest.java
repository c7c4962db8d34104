package dev.dl.core.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentenceFileTest {
  @TempDir Path folder;

  @Test
  void readsTheFirstAndTheLastColumnOfConll() throws IOException {
    SentenceFile read =
        read(
            "a.txt",
            "-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n\n\n \nPeter\tB-PER\r\n",
            true);

    assertThat(read.problems()).isEmpty();
    assertThat(read.sentences())
        .containsExactly(
            new Sentence(3, List.of("EU", "rejects"), List.of("B-ORG", "O")),
            new Sentence(8, List.of("Peter"), List.of("B-PER")));
  }

  @Test
  void readsJsonLines() throws IOException {
    SentenceFile read =
        read(
            "a.jsonl",
            """
            {"tokens": ["New York", "#"], "tags": ["B-LOC", "O"], "id": 1}

            {"tags": [], "tokens": []}
            """,
            true);

    assertThat(read.problems()).isEmpty();
    assertThat(read.sentences())
        .containsExactly(new Sentence(1, List.of("New York", "#"), List.of("B-LOC", "O")));
  }

  @Test
  void needsNoTagsToPredict() throws IOException {
    assertThat(read("a.conll", "EU\nrejects\n\nPeter B-PER", false).sentences())
        .containsExactly(
            new Sentence(1, List.of("EU", "rejects"), List.of()),
            new Sentence(4, List.of("Peter"), List.of()));
    assertThat(read("a.jsonl", "{\"tokens\": [\"EU\"]}", false).sentences()).hasSize(1);
  }

  @Test
  void tellsOfEveryBadLine() throws IOException {
    assertThat(read("a.txt", "EU B-ORG\nrejects\n", true).problems())
        .containsExactly("a.txt:2: found the token rejects alone, expected a token and its tag");
    assertThat(
            read(
                    "a.jsonl",
                    """
                    {"tokens": ["a", "b"], "tags": ["O"]}
                    [1
                    {"tokens": ["a"]}
                    {"tokens": ["a", " "], "tags": ["O", "O"]}
                    {"tokens": [3], "tags": ["O"]}
                    """,
                    true)
                .problems())
        .hasSize(5)
        .contains(
            "a.jsonl:1: found 1 tags, expected 2, one for each token",
            "a.jsonl:3: found no tags, expected a list of texts, none of them empty",
            "a.jsonl:4: found tokens other than texts, expected a list of texts, none of them empty",
            "a.jsonl:5: found tokens other than texts, expected a list of texts, none of them empty")
        .anyMatch(problem -> problem.startsWith("a.jsonl:2: found no JSON ("));
  }

  private SentenceFile read(String name, String content, boolean tagged) throws IOException {
    SentenceFile read = SentenceFile.read(Files.writeString(folder.resolve(name), content), tagged);
    read.problems().replaceAll(problem -> problem.replace(folder + "/", ""));
    return read;
  }
}
