# https://arxiv.org/abs/1801.04381, with stride 1 in the stem and in the stage of 24 channels.

def conv_norm(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], name: str, x: Tensor, channels: int, kernel: int, stride: int, groups: int, training: bool) -> Tensor:
  x = __torch__.nn.convolution(weights, name + ".0", x, channels, kernel, stride, groups)
  return __torch__.nn.batch_norm(weights, statistics, name + ".1", x, training)

def block(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], name: str, input: Tensor, channels: int, stride: int, expansion: int, training: bool) -> Tensor:
  x = input
  wide = x.size(1) * expansion
  if expansion > 1:
    x = __torch__.network.conv_norm(weights, statistics, name + ".expand", x, wide, 1, 1, 1, training).hardtanh_(0., 6.)
  x = __torch__.network.conv_norm(weights, statistics, name + ".depthwise", x, wide, 3, stride, wide, training).hardtanh_(0., 6.)
  x = __torch__.network.conv_norm(weights, statistics, name + ".project", x, channels, 1, 1, 1, training)
  if stride == 1 and input.size(1) == channels:
    x = x.add_(input)
  return x

def logits(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], images: Tensor, training: bool) -> Tensor:
  x = __torch__.network.conv_norm(weights, statistics, "features.0", images, 32, 3, 1, 1, training).hardtanh_(0., 6.)
  n = 1
  # expansion, channels, blocks, stride of the first
  for expansion, channels, blocks, stride in [(1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
    for i in range(blocks):
      x = __torch__.network.block(weights, statistics, "features." + str(n), x, channels, stride if i == 0 else 1, expansion, training)
      n += 1
  x = __torch__.network.conv_norm(weights, statistics, "features." + str(n), x, 1280, 1, 1, 1, training).hardtanh_(0., 6.)
  return __torch__.nn.linear(weights, "classifier", x.mean([2, 3]), 10)
