package dev.dl.core.kernel;

/**
 * How the CPU's kernels choose the algorithm of a convolution. The choice follows from the shapes
 * alone, so it is the same on every machine. A run records its rule and keeps it when it resumes,
 * for algorithms differ in the last bits: a rule that ever chooses otherwise gets a name of its
 * own.
 */
public enum ConvolutionRule {
  /** Always the direct algorithm. */
  DIRECT,

  /** Direct or Winograd's algorithm, by the lower estimated cost. */
  LEAST_COST,

  /** As {@link #LEAST_COST}, but image by image where a light convolution's batch fits no cache. */
  CACHE_AWARE;

  /** The rule of runs that begin now. */
  public static final ConvolutionRule CURRENT = CACHE_AWARE;

  /** A way to compute a pass. */
  public enum Algorithm {
    /** Each output from its window. */
    DIRECT,

    /** F(4x4, 3x3), by Lavin and Gray 2015. */
    WINOGRAD,

    /** The direct one, each thread taking its images one after the other (docs/adr/0180). */
    IMAGE_BY_IMAGE;

    /** Whether it can compute a convolution at all. */
    public boolean covers(ConvolutionGeometry geometry) {
      return switch (this) {
        case DIRECT -> true;
        case WINOGRAD -> coveredByWinograd(geometry);
        case IMAGE_BY_IMAGE ->
            geometry.depthwise() || geometry.weightsPerOutput() == geometry.input().channels();
      };
    }

    private static boolean coveredByWinograd(ConvolutionGeometry geometry) {
      Window window = geometry.window();
      Activation activation = geometry.activation();
      return window.size() == 3
          && window.rowStride() == 1
          && window.columnStride() == 1
          && window.dilation() == 1
          && window.padding() <= 2
          && geometry.groups() == 1
          && (activation == Activation.NONE || activation == Activation.RELU);
    }
  }

  /** A direction through a convolution. */
  public enum Pass {
    /** From the input to the output. */
    FORWARD,

    /** From the output's gradient to those of weights, bias and input. */
    BACKWARD
  }

  // Costs in multiplications of a matrix product, from measured times (docs/adr/0051).
  private static final double IMAGE_POINT = 40;
  private static final double KERNEL_POINT = 60;
  private static final double DIRECT_BACKWARD_PRODUCT = 1.4;

  /** What last-level caches hold, about: 32 MiB. */
  private static final long CACHE_FLOATS = 8 << 20;

  /** Values of an image, before and after, up to which taking it by itself was measured to pay. */
  private static final long IMAGE_FLOATS = 1 << 19;

  /** The algorithm for a batch of {@code batch} images. */
  public Algorithm algorithm(ConvolutionGeometry geometry, Pass pass, long batch) {
    boolean winograd =
        this != DIRECT
            && Algorithm.WINOGRAD.covers(geometry)
            && winogradCost(geometry, batch) < directCost(geometry, pass, batch);
    if (winograd) {
      return Algorithm.WINOGRAD;
    }
    boolean byImage =
        this == CACHE_AWARE
            && Algorithm.IMAGE_BY_IMAGE.covers(geometry)
            && readingAheadPays(geometry, pass, batch);
    return byImage ? Algorithm.IMAGE_BY_IMAGE : Algorithm.DIRECT;
  }

  /** Whether more is read than written, of a batch that no cache holds. */
  private static boolean readingAheadPays(ConvolutionGeometry geometry, Pass pass, long batch) {
    long input = geometry.input().size();
    long output = geometry.output().size();
    boolean forward = pass == Pass.FORWARD;
    long values = forward ? input + output : output + 2 * input;
    return (forward ? input >= output : output >= input)
        && batch * values > CACHE_FLOATS
        && input + output <= IMAGE_FLOATS;
  }

  private static double directCost(ConvolutionGeometry geometry, Pass pass, long batch) {
    double product = pass == Pass.BACKWARD ? DIRECT_BACKWARD_PRODUCT : 1;
    double pixels = (double) batch * geometry.output().height() * geometry.output().width();
    return product * 9 * kernels(geometry) * pixels;
  }

  private static double winogradCost(ConvolutionGeometry geometry, long batch) {
    double tiles =
        (double) batch * tiles(geometry.output().height()) * tiles(geometry.output().width());
    double channels = (double) geometry.input().channels() + geometry.outputs();
    return 36
        * (tiles * (kernels(geometry) + IMAGE_POINT * channels) + KERNEL_POINT * kernels(geometry));
  }

  private static double kernels(ConvolutionGeometry geometry) {
    return (double) geometry.input().channels() * geometry.outputs();
  }

  private static int tiles(int pixels) {
    return (pixels + 3) / 4;
  }
}
