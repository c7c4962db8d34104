package dev.dl.models.block;

/** Numbers of channels that are multiples of eight, as MobileNets and EfficientNets have them. */
public final class RoundedWidth {
  private static final int MULTIPLE = 8;
  private static final double LEAST_SHARE = 0.9;

  private RoundedWidth() {}

  /** The nearest multiple, or the next where that is more than a tenth below; at least eight. */
  public static int of(double channels) {
    int nearest = (int) (channels + MULTIPLE / 2) / MULTIPLE * MULTIPLE;
    int rounded = Math.max(MULTIPLE, nearest);
    return rounded < LEAST_SHARE * channels ? rounded + MULTIPLE : rounded;
  }
}
