def convolution(weights: Dict[str, Tensor], name: str, x: Tensor, channels: int) -> Tensor:
  w = __torch__.nn.weight(weights, name + ".weight", [channels, x.size(1), 3, 3], (2. / (9 * x.size(1))) ** 0.5)
  return torch.conv2d(x, w, __torch__.nn.constant(weights, name + ".bias", channels, 0.), [1, 1], [1, 1]).relu_()

def logits(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], images: Tensor, training: bool) -> Tensor:
  x = __torch__.network.convolution(weights, "conv1", images, 32)
  x = torch.max_pool2d(__torch__.network.convolution(weights, "conv2", x, 64), [2, 2])
  x = torch.max_pool2d(__torch__.network.convolution(weights, "conv3", x, 64), [2, 2])
  x = __torch__.nn.linear(weights, "fc1", x.flatten(1), 128).relu_()
  return __torch__.nn.linear(weights, "fc2", x, 10)
