package dev.dl.core.data;

import dev.dl.core.data.augment.Transform;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.random.Draws;
import dev.dl.core.random.RandomStream;
import java.util.List;
import java.util.function.IntFunction;

/** The pictures of one split with a class for each pixel; what moves a picture moves its mask. */
public final class MaskSamples implements Samples {
  private final MaskedPictures dataset;
  private final ImageShape shape;
  private final Filter filter;
  private final Normalization normalization;
  private final List<Transform> transforms;

  /** Pictures that are changed in training batches as the spec says. */
  MaskSamples(
      MaskedPictures dataset, ImagePreprocessing preprocessing, AugmentationSpec augmentation) {
    this.dataset = dataset;
    this.shape = preprocessing.shape();
    this.filter = preprocessing.filter();
    this.normalization = preprocessing.normalization();
    this.transforms = augmentation.transforms(shape, filter, normalization.meanPixel());
  }

  /** A picture, and its mask as classes. */
  private record Masked(Image picture, Image mask) {}

  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public float[] target(int sample) {
    return dataset.target(sample);
  }

  @Override
  public int[][] shuffled(long seed, int epoch, int batchSize) {
    return Batches.cut(Order.shuffled(dataset, seed, epoch), batchSize);
  }

  @Override
  public Batch batch(int[] samples) {
    return assemble(samples, this::masked);
  }

  @Override
  public Batch trainingBatch(int[] samples, long seed, int epoch, int number) {
    return assemble(samples, sample -> changed(masked(sample), sample, seed, epoch));
  }

  private Masked masked(int sample) {
    Image picture = dataset.read(sample);
    return new Masked(picture, dataset.mask(sample, picture));
  }

  /** Both by the same draws, of which each change has its own. */
  private Masked changed(Masked masked, int sample, long seed, int epoch) {
    Image picture = masked.picture;
    Image mask = masked.mask;
    for (int i = 0; i < transforms.size(); i++) {
      long stream = RandomStream.AUGMENTATION.at(epoch, i);
      picture = transforms.get(i).apply(picture, Draws.of(seed, stream, sample));
      mask = transforms.get(i).ofMask().apply(mask, Draws.of(seed, stream, sample));
    }
    return new Masked(picture, mask);
  }

  private Batch assemble(int[] samples, IntFunction<Masked> maskedOf) {
    float[] inputs = new float[Math.multiplyExact(samples.length, shape.size())];
    float[][] targets = new float[samples.length][];
    float[][] tables = normalization.tables();
    for (int i = 0; i < samples.length; i++) {
      Masked masked = maskedOf.apply(samples[i]);
      Image picture = masked.picture.fit(shape.height(), shape.width(), filter);
      normalization.apply(picture.pixels(), tables, inputs, i * shape.size());
      targets[i] = Masks.targets(masked.mask.fit(shape.height(), shape.width(), Filter.NEAREST));
    }
    return new Batch(inputs, Targets.joined(targets), samples);
  }

  @Override
  public byte[] digest(int sample) {
    return dataset.digest(sample);
  }

  @Override
  public String name(int sample) {
    return dataset.name(sample);
  }
}
