package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.ClassBalance;
import dev.dl.core.data.image.Image;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures with masks as a source has them.
 *
 * @param images the pictures, whose target is the class of a pixel; they have no targets themselves
 * @param masks of all of them
 */
record MaskData(ImageData images, Masks masks) implements SourceData {

  @Override
  public DataSplits prepare(DataSpec spec, Optional<Preprocessing> fitted) {
    if (spec.augmentation().mixes()) {
      throw new ConfigException(
          "data.augmentation", "mixup or cutMix", "neither, as they mix whole pictures", "");
    }
    List<String> told = new ArrayList<>(images.notices());
    told.addAll(images.found().skipped(spec));
    Map<Split, Dataset<Image>> held = images.held(spec, null);
    MaskPreprocessing preprocessing =
        fitted
            .map(MaskPreprocessing.class::cast)
            .orElseGet(() -> new MaskPreprocessing(images.fit(spec, held), masks.numbers()));
    Map<Split, Dataset<Image>> masked = new EnumMap<>(Split.class);
    Map<Split, Samples> samples = new EnumMap<>(Split.class);
    held.forEach(
        (split, pictures) -> {
          MaskedPictures both =
              new MaskedPictures(pictures, masks, preprocessing.pictures().shape());
          masked.put(split, both);
          samples.put(split, new MaskSamples(both, preprocessing.pictures(), spec.augmentation()));
        });
    if (fitted.isEmpty()) {
      told.addAll(Leakage.of(held).told(held, images.splits().keySet(), spec));
    }
    return new DataSplits(
        samples, preprocessing, Fingerprint.of(masked, preprocessing.classNames()), told);
  }

  /** Pictures count for every class that their masks show. */
  @Override
  public Audit audit(DataSpec spec) {
    Map<Split, Dataset<Image>> held = images.held(spec, null);
    List<String> names = images.target().outputs();
    ClassBalance balance =
        new ClassBalance(held.keySet().stream().map(Split::label).toList(), names);
    held.forEach(
        (split, pictures) -> {
          for (int i = 0; i < pictures.size(); i++) {
            for (int c = 0; c < names.size(); c++) {
              if (masks.shows(pictures.name(i), c)) {
                balance.add(split.label(), names.get(c));
              }
            }
          }
        });
    return ImageAudit.of(images, held, balance);
  }
}
