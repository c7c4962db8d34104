package dev.dl.training.preview;

import dev.dl.core.data.Batch;
import dev.dl.core.data.ImagePreprocessing;
import dev.dl.core.data.MaskPreprocessing;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.RowPreprocessing;
import dev.dl.core.data.TagPreprocessing;
import dev.dl.core.data.TextPreprocessing;

/**
 * The first samples of a batch as a file.
 *
 * @param ending of the file's name: {@code png}, {@code txt} or {@code csv}
 */
public record BatchPreview(String ending, byte[] content) {
  /** Samples of a batch that are shown. */
  static final int MOST = 64;

  /** Shows a batch that this preprocessing has made, whatever was changed in it after. */
  public static BatchPreview of(Batch batch, Preprocessing preprocessing) {
    Batch shown = batch.size() > MOST ? batch.part(0, MOST) : batch;
    if (preprocessing instanceof ImagePreprocessing images) {
      return new BatchPreview("png", ContactSheet.png(shown, images));
    }
    if (preprocessing instanceof MaskPreprocessing masks) {
      return new BatchPreview("png", ContactSheet.masked(shown, masks.pictures()));
    }
    if (preprocessing instanceof TagPreprocessing tagged) {
      return new BatchPreview("txt", TokenPage.tagged(shown, tagged));
    }
    return preprocessing instanceof TextPreprocessing texts
        ? new BatchPreview("txt", TokenPage.text(shown, texts))
        : new BatchPreview("csv", RowPage.csv(shown, (RowPreprocessing) preprocessing));
  }
}
