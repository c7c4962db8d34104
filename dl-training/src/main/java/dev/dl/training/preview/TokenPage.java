package dev.dl.training.preview;

import dev.dl.core.data.Batch;
import dev.dl.core.data.TagPreprocessing;
import dev.dl.core.data.TextPreprocessing;
import dev.dl.core.data.text.Tokenizer;
import java.nio.charset.StandardCharsets;

/** The texts of a batch token by token. */
final class TokenPage {
  private static final char BOUNDARY = '│';

  private TokenPage() {}

  /** A text file: what each sample is said to be, and its tokens between bars. */
  static byte[] text(Batch batch, TextPreprocessing preprocessing) {
    Tokenizer tokenizer = preprocessing.tokenizer();
    int length = batch.inputs().length / batch.inputCount();
    StringBuilder page = new StringBuilder();
    for (int text = 0; text < batch.inputCount(); text++) {
      int first = text * length;
      int end = first + length;
      while (end > first && batch.inputs()[end - 1] == tokenizer.paddingId()) {
        end--;
      }
      if (preprocessing.target() != null) {
        int sample = text / batch.inputsOfSample();
        page.append(Captions.of(batch, sample, preprocessing.target())).append('\n');
      }
      page.append(BOUNDARY);
      for (int i = first; i < end; i++) {
        int id = preprocessing.ids((int) batch.inputs()[i])[0];
        page.append(visible(tokenizer.token(id))).append(BOUNDARY);
      }
      int padding = first + length - end;
      page.append(padding == 0 ? "" : " and " + padding + " of padding").append("\n\n");
    }
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A text file: each token with its tag, an empty line after each sentence. */
  static byte[] tagged(Batch batch, TagPreprocessing preprocessing) {
    int length = batch.inputs().length / batch.size();
    StringBuilder page = new StringBuilder();
    for (int i = 0; i < batch.inputs().length; i++) {
      int tag = (int) batch.targets()[i];
      if (tag >= 0) {
        page.append(visible(preprocessing.tokenizer().token((int) batch.inputs()[i])))
            .append('\t')
            .append(visible(preprocessing.tags().get(tag)))
            .append('\n');
      }
      page.append((i + 1) % length == 0 ? "\n" : "");
    }
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A token on one line, without what a terminal would obey. */
  private static String visible(String token) {
    StringBuilder visible = new StringBuilder();
    token
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '\n' -> visible.append("\\n");
                case '\t' -> visible.append("\\t");
                case '\r' -> visible.append("\\r");
                default -> visible.appendCodePoint(Character.isISOControl(point) ? '�' : point);
              }
            });
    return visible.toString();
  }
}
