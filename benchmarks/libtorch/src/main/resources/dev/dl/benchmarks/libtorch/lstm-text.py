def logits(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], tokens: Tensor, training: bool) -> Tensor:
  # Time first, which is what the LSTM works on; states start at zero.
  x = torch.embedding(__torch__.nn.weight(weights, "embedding.weight", [20000, 128], 1.), tokens.t())
  zero = torch.zeros([1, tokens.size(0), 256])
  parameters = [
    __torch__.nn.weight(weights, "lstm.weight_ih_l0", [1024, 128], 0.0625),
    __torch__.nn.weight(weights, "lstm.weight_hh_l0", [1024, 256], 0.0625),
    __torch__.nn.constant(weights, "lstm.bias_ih_l0", 1024, 0.),
    __torch__.nn.constant(weights, "lstm.bias_hh_l0", 1024, 0.)]
  states, last, cell = torch.lstm(x, [zero, zero], parameters, True, 1, 0., training, False, False)
  return __torch__.nn.linear(weights, "fc", last[0], 2)
