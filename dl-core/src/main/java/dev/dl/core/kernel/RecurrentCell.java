package dev.dl.core.kernel;

/** What a recurrent layer computes at each step. */
public enum RecurrentCell {
  /**
   * Long short-term memory (Hochreiter and Schmidhuber 1997,
   * https://doi.org/10.1162/neco.1997.9.8.1735), with a forget gate. Gates in the order of their
   * weights: input, forget, cell, output.
   */
  LSTM(4),
  /**
   * Gated recurrent unit (Cho et al. 2014, https://arxiv.org/abs/1406.1078), the reset gate applied
   * after the product with the hidden weights, as PyTorch and cuDNN have it. Gates: reset, update,
   * new.
   */
  GRU(3);

  private final int gates;

  RecurrentCell(int gates) {
    this.gates = gates;
  }

  public int gates() {
    return gates;
  }
}
