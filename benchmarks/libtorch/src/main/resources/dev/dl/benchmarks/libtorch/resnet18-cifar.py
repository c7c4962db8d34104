# https://arxiv.org/abs/1512.03385, with a 3x3 stem and without its pooling.

def conv_norm(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], conv: str, norm: str, x: Tensor, channels: int, kernel: int, stride: int, training: bool) -> Tensor:
  x = __torch__.nn.convolution(weights, conv, x, channels, kernel, stride, 1)
  return __torch__.nn.batch_norm(weights, statistics, norm, x, training)

def block(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], name: str, x: Tensor, channels: int, stride: int, training: bool) -> Tensor:
  shortcut = x
  if stride > 1:
    shortcut = __torch__.network.conv_norm(weights, statistics, name + ".downsample.0", name + ".downsample.1", x, channels, 1, stride, training)
  x = __torch__.network.conv_norm(weights, statistics, name + ".conv1", name + ".bn1", x, channels, 3, stride, training).relu_()
  x = __torch__.network.conv_norm(weights, statistics, name + ".conv2", name + ".bn2", x, channels, 3, 1, training)
  return x.add_(shortcut).relu_()

def logits(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], images: Tensor, training: bool) -> Tensor:
  x = __torch__.network.conv_norm(weights, statistics, "conv1", "bn1", images, 64, 3, 1, training).relu_()
  for stage in range(4):
    for i in range(2):
      name = "layer" + str(stage + 1) + "." + str(i)
      x = __torch__.network.block(weights, statistics, name, x, 64 << stage, 2 if stage > 0 and i == 0 else 1, training)
  return __torch__.nn.linear(weights, "fc", x.mean([2, 3]), 10)
