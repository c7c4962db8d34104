package dev.dl.core.data;

import dev.dl.core.config.Above;
import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.config.Maximum;
import dev.dl.core.config.Minimum;
import dev.dl.core.data.augment.ColorJitter;
import dev.dl.core.data.augment.HorizontalFlip;
import dev.dl.core.data.augment.Mixing;
import dev.dl.core.data.augment.PaddedRandomCrop;
import dev.dl.core.data.augment.RandAugment;
import dev.dl.core.data.augment.RandomErasing;
import dev.dl.core.data.augment.RandomResizedCrop;
import dev.dl.core.data.augment.Transform;
import dev.dl.core.data.augment.VerticalFlip;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.ImageShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Random changes to training pictures, each a function of (seed, epoch, sample); made in the order
 * in which they stand here.
 *
 * @param randomResizedCrop take a random part and resize it; {@code null}: the whole picture
 * @param randomCropPadding pixels of zero padding on each side before a random crop back to size; 0
 *     for none
 * @param horizontalFlip mirror half of the pictures
 * @param verticalFlip turn half of the pictures upside down
 * @param colorJitter change brightness, contrast, saturation and hue; {@code null}: keep them
 * @param randAugment a number of random operations; {@code null}: none
 * @param randomErasing paint over a random box; {@code null}: none
 * @param mixup alpha of the shares in which two pictures of a batch are added up; 0 for none
 * @param cutMix alpha of the shares in which a part of one is pasted into another; 0 for none
 */
public record AugmentationSpec(
    @Default("null") CropSpec randomResizedCrop,
    @Default("0") @Minimum(0) int randomCropPadding,
    @Default("false") boolean horizontalFlip,
    @Default("false") boolean verticalFlip,
    @Default("null") ColorSpec colorJitter,
    @Default("null") RandAugmentSpec randAugment,
    @Default("null") ErasingSpec randomErasing,
    @Default("0") @Minimum(0) double mixup,
    @Default("0") @Minimum(0) double cutMix) {
  /** Pictures as they are. */
  public static final AugmentationSpec NONE =
      new AugmentationSpec(null, 0, false, false, null, null, null, 0, 0);

  /**
   * @param minimumArea of the part, as a share of the picture's area
   * @param maximumArea likewise
   * @param minimumRatio of the part's width to its height
   * @param maximumRatio likewise
   */
  public record CropSpec(
      @Default("0.08") @Above(0) @Maximum(1) double minimumArea,
      @Default("1") @Above(0) @Maximum(1) double maximumArea,
      @Default("0.75") @Above(0) double minimumRatio,
      @Default("1.3333333333333333") @Above(0) double maximumRatio) {
    public CropSpec {
      requireOrder("minimumArea", minimumArea, maximumArea);
      requireOrder("minimumRatio", minimumRatio, maximumRatio);
    }
  }

  /** How far each may go, as torchvision's {@code ColorJitter} takes it. */
  public record ColorSpec(
      @Default("0") @Minimum(0) double brightness,
      @Default("0") @Minimum(0) double contrast,
      @Default("0") @Minimum(0) double saturation,
      @Default("0") @Minimum(0) @Maximum(0.5) double hue) {}

  /**
   * @param operations of each picture
   * @param magnitude of each of them
   */
  public record RandAugmentSpec(
      @Default("2") @Minimum(1) int operations,
      @Default("9") @Minimum(0) @Maximum(30) int magnitude) {}

  /**
   * @param probability share of the pictures that lose a box
   * @param minimumArea of the box, as a share of the picture's area
   * @param maximumArea likewise
   * @param minimumRatio of the box's sides; the greatest is its inverse
   */
  public record ErasingSpec(
      @Default("0.25") @Above(0) @Maximum(1) double probability,
      @Default("0.02") @Above(0) @Maximum(1) double minimumArea,
      @Default("0.33") @Above(0) @Maximum(1) double maximumArea,
      @Default("0.3") @Above(0) @Maximum(1) double minimumRatio) {
    public ErasingSpec {
      requireOrder("minimumArea", minimumArea, maximumArea);
    }
  }

  /**
   * The changes in the order in which they are made.
   *
   * @param shape of every picture when they are done
   * @param filter of resizing
   * @param mean byte of each channel, which erased boxes are filled with
   */
  List<Transform> transforms(ImageShape shape, Filter filter, List<Integer> mean) {
    List<Transform> transforms = new ArrayList<>();
    if (randomResizedCrop != null) {
      transforms.add(
          new RandomResizedCrop(
              shape.height(),
              shape.width(),
              randomResizedCrop.minimumArea,
              randomResizedCrop.maximumArea,
              randomResizedCrop.minimumRatio,
              randomResizedCrop.maximumRatio,
              filter));
    }
    if (randomCropPadding > 0) {
      transforms.add(new PaddedRandomCrop(randomCropPadding));
    }
    if (horizontalFlip) {
      transforms.add(new HorizontalFlip(0.5));
    }
    if (verticalFlip) {
      transforms.add(new VerticalFlip(0.5));
    }
    if (colorJitter != null) {
      transforms.add(
          new ColorJitter(
              colorJitter.brightness,
              colorJitter.contrast,
              colorJitter.saturation,
              colorJitter.hue));
    }
    if (randAugment != null) {
      transforms.add(new RandAugment(randAugment.operations, randAugment.magnitude));
    }
    if (randomErasing != null) {
      transforms.add(
          new RandomErasing(
              randomErasing.probability,
              randomErasing.minimumArea,
              randomErasing.maximumArea,
              randomErasing.minimumRatio,
              mean));
    }
    return transforms;
  }

  /** How the pictures of a batch are mixed with each other. */
  Mixing mixing() {
    return new Mixing(mixup, cutMix, 1);
  }

  /** Whether targets are mixes of two labels. */
  boolean mixes() {
    return mixup > 0 || cutMix > 0;
  }

  /** Whether pictures have to keep their own size until they are changed. */
  boolean takesWholePictures() {
    return randomResizedCrop != null;
  }

  private static void requireOrder(String name, double minimum, double maximum) {
    if (minimum > maximum) {
      throw new ConfigException(
          name, String.valueOf(minimum), "at most the maximum, " + maximum, "");
    }
  }
}
