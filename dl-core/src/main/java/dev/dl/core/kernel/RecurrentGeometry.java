package dev.dl.core.kernel;

/**
 * A recurrent layer.
 *
 * @param inputs features of each input vector
 * @param hidden features of the state, and of the output of each direction
 * @param bidirectional whether a second pass reads each sequence from its end
 */
public record RecurrentGeometry(RecurrentCell cell, int inputs, int hidden, boolean bidirectional) {

  public RecurrentGeometry {
    if (inputs < 1 || hidden < 1) {
      throw new IllegalArgumentException(
          "%s from %d to %d features, expected at least 1".formatted(cell, inputs, hidden));
    }
  }

  /** Passes over a sequence. */
  public int directions() {
    return bidirectional ? 2 : 1;
  }

  /** Features of each output vector: those of the forward direction, then those of the reverse. */
  public int outputs() {
    return directions() * hidden;
  }

  /** Rows of the weights: gates times hidden. */
  public int gateRows() {
    return cell.gates() * hidden;
  }
}
