package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.TargetEncoding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Labelled pictures as a source has them.
 *
 * @param splits there is always a training split
 * @param shape of every picture, once it is prepared
 * @param target how what a picture shows is encoded
 * @param notices what the user should know about the data, one line each
 * @param found where the pictures come from
 */
record ImageData(
    Map<Split, Dataset<Image>> splits,
    ImageShape shape,
    TargetEncoding target,
    List<String> notices,
    FoundPictures found)
    implements SourceData {

  ImageData {
    splits = new EnumMap<>(splits);
    notices = List.copyOf(notices);
  }

  /** Pictures of one shape each, which is what they are brought to unless the spec has a size. */
  static ImageData of(
      Map<Split, Dataset<Image>> splits, DataSpec spec, List<String> classNames, Object where) {
    Image first = splits.get(Split.TRAIN).read(0);
    ImageShape shape = new ImageShape(first.channels(), first.height(), first.width());
    splits.forEach(
        (split, dataset) -> {
          Image image = dataset.read(0);
          ImageShape found = new ImageShape(image.channels(), image.height(), image.width());
          if (!found.equals(shape)) {
            throw new DataException(
                where,
                found + " pictures in the " + split.label() + " split",
                shape + " as in the train split");
          }
        });
    Integer size = spec.image().size();
    return new ImageData(
        splits,
        size == null ? shape : new ImageShape(shape.channels(), size, size),
        new ClassEncoding(spec.target().column(), classNames),
        List.of(),
        FoundPictures.NONE);
  }

  @Override
  public DataSplits prepare(DataSpec spec, Optional<Preprocessing> fitted) {
    if (spec.augmentation().mixes() && !(target instanceof ClassEncoding)) {
      throw new ConfigException(
          "data.augmentation",
          "mixup or cutMix",
          "neither, as they mix classes",
          "leave them out, or see data.target.kind");
    }
    List<String> told = new ArrayList<>(notices);
    told.addAll(found.skipped(spec));
    Map<Split, Dataset<Image>> held = held(spec, target);
    ImagePreprocessing preprocessing =
        fitted.map(ImagePreprocessing.class::cast).orElseGet(() -> fit(spec, held));
    Map<Split, Samples> samples = new EnumMap<>(Split.class);
    held.forEach(
        (split, dataset) ->
            samples.put(split, new ImageSamples(dataset, preprocessing, spec.augmentation())));
    if (fitted.isEmpty()) {
      told.addAll(Leakage.of(held).told(held, splits.keySet(), spec));
    }
    return new DataSplits(samples, preprocessing, Fingerprint.of(held, target.outputs()), told);
  }

  @Override
  public Audit audit(DataSpec spec) {
    return ImageAudit.of(this, spec);
  }

  /** The splits with what is held out, as {@link HoldOut} does it. */
  Map<Split, Dataset<Image>> held(DataSpec spec, TargetEncoding stratified) {
    Map<Split, Dataset<Image>> held = HoldOut.of(splits, stratified, spec);
    if (!spec.augmentation().takesWholePictures()) {
      held.replaceAll((split, dataset) -> resized(dataset, spec.image().filter()));
    }
    return held;
  }

  /** What is learnt of the training split. */
  ImagePreprocessing fit(DataSpec spec, Map<Split, Dataset<Image>> held) {
    Filter filter = spec.image().filter();
    Normalization normalization =
        spec.image().normalize()
            ? Normalization.fit(held.get(Split.TRAIN), shape, filter)
            : Normalization.none(shape.channels());
    return new ImagePreprocessing(shape, filter, normalization, target);
  }

  /** Pictures in memory at their final size at once, so that no batch has to resize them. */
  private Dataset<Image> resized(Dataset<Image> dataset, Filter filter) {
    Image first = dataset.read(0);
    if (dataset.access() != Access.MEMORY
        || first.height() == shape.height() && first.width() == shape.width()) {
      return dataset;
    }
    List<String> names = IntStream.range(0, dataset.size()).mapToObj(dataset::name).toList();
    return new MemoryDataset<>(
        IntStream.range(0, dataset.size())
            .parallel()
            .mapToObj(i -> dataset.read(i).fit(shape.height(), shape.width(), filter))
            .toList(),
        IntStream.range(0, dataset.size()).mapToObj(dataset::target).toList(),
        Content.IMAGE,
        names::get);
  }
}
