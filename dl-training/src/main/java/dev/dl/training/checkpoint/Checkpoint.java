package dev.dl.training.checkpoint;

import dev.dl.core.tensorfile.Tensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * A checkpoint that was read and found whole.
 *
 * @param directory it came from
 * @param weights by public name
 * @param optimizer the optimizer's state by name; moving averages of the weights too, named {@code
 *     ema.} and the weight's name
 */
public record Checkpoint(
    Path directory,
    TrainingState state,
    Map<String, Tensor> weights,
    Map<String, Tensor> optimizer) {}
