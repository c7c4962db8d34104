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

  /** The algorithm of the lower estimated cost. */
  LEAST_COST;

  /** A way to compute a pass. */
  public enum Algorithm {
    /** Each output from its window. */
    DIRECT,

    /** F(4x4, 3x3), by Lavin and Gray 2015. */
    WINOGRAD
  }

  /** A direction through a convolution. */
  public enum Pass {
    /** From the input to the output. */
    FORWARD,

    /** From the output's gradient to those of weights, bias and input. */
    BACKWARD
  }

  // Costs in multiplications of a matrix product, from measured times (docs/adr/0050).
  private static final double IMAGE_POINT = 30;
  private static final double KERNEL_POINT = 60;
  private static final double DIRECT_PRODUCT = 1;
  private static final double DIRECT_BACKWARD_PRODUCT = 1.5;

  /** The algorithm for a batch of {@code batch} images. */
  public Algorithm algorithm(ConvolutionGeometry geometry, Pass pass, long batch) {
    return this == LEAST_COST
            && covered(geometry)
            && winogradCost(geometry, batch) < directCost(geometry, pass, batch)
        ? Algorithm.WINOGRAD
        : Algorithm.DIRECT;
  }

  private static boolean covered(ConvolutionGeometry geometry) {
    Window window = geometry.window();
    boolean activation =
        geometry.activation() == Activation.NONE || geometry.activation() == Activation.RELU;
    return window.size() == 3
        && window.stride() == 1
        && window.dilation() == 1
        && window.padding() <= 2
        && geometry.groups() == 1
        && activation;
  }

  private static double directCost(ConvolutionGeometry geometry, Pass pass, long batch) {
    double product = pass == Pass.BACKWARD ? DIRECT_BACKWARD_PRODUCT : DIRECT_PRODUCT;
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
