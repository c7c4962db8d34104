package dev.dl.core.data;

import dev.dl.core.data.augment.Mix;
import dev.dl.core.data.augment.Mixing;
import dev.dl.core.data.augment.Transform;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.random.Draws;
import dev.dl.core.random.RandomStream;
import java.util.function.IntFunction;

/** The pictures of one split. */
public final class ImageSamples implements Samples {
  private final Dataset<Image> dataset;
  private final ImageShape shape;
  private final Filter filter;
  private final Normalization normalization;
  private final Transform transform;
  private final Mixing mixing;

  /** Pictures that are changed in training batches as the spec says. */
  ImageSamples(
      Dataset<Image> dataset, ImagePreprocessing preprocessing, AugmentationSpec augmentation) {
    this.dataset = dataset;
    this.shape = preprocessing.shape();
    this.filter = preprocessing.filter();
    this.normalization = preprocessing.normalization();
    this.transform =
        Transform.inTurn(augmentation.transforms(shape, filter, normalization.meanPixel()));
    this.mixing = augmentation.mixing();
  }

  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public float[] target(int sample) {
    return dataset.target(sample);
  }

  /** A picture as the network sees it, but for the normalization. */
  public Image image(int sample) {
    return fitted(dataset.read(sample));
  }

  @Override
  public int[][] shuffled(long seed, int epoch, int batchSize) {
    return Batches.cut(Order.shuffled(dataset, seed, epoch), batchSize);
  }

  @Override
  public Batch batch(int[] samples) {
    return assemble(samples, this::image);
  }

  @Override
  public Batch trainingBatch(int[] samples, long seed, int epoch, int number) {
    Batch batch = assemble(samples, sample -> changed(sample, seed, epoch));
    return mixing
        .draw(
            samples.length,
            shape.height(),
            shape.width(),
            Draws.of(seed, RandomStream.MIXING.at(epoch), number))
        .map(mix -> mixed(batch, mix))
        .orElse(batch);
  }

  private Batch mixed(Batch batch, Mix mix) {
    mix.apply(batch.inputs(), shape.channels(), shape.height(), shape.width());
    return new Batch(batch.inputs(), Targets.mixed(batch.targets(), mix), batch.samples());
  }

  private Image changed(int sample, long seed, int epoch) {
    Draws draws = Draws.of(seed, RandomStream.AUGMENTATION.at(epoch), sample);
    return fitted(transform.apply(dataset.read(sample), draws));
  }

  private Image fitted(Image image) {
    return image.fit(shape.height(), shape.width(), filter);
  }

  private Batch assemble(int[] samples, IntFunction<Image> imageOf) {
    float[] inputs = new float[Math.multiplyExact(samples.length, shape.size())];
    float[][] targets = new float[samples.length][];
    float[][] tables = normalization.tables();
    for (int i = 0; i < samples.length; i++) {
      byte[] pixels = imageOf.apply(samples[i]).pixels();
      normalization.apply(pixels, tables, inputs, i * shape.size());
      targets[i] = dataset.target(samples[i]);
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
