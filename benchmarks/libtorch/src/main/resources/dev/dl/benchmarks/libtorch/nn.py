# Layers as functions, with torch.nn.functional's operations. A weight is made when its layer is first met.

def weight(weights: Dict[str, Tensor], name: str, shape: List[int], deviation: float) -> Tensor:
  if name not in weights:
    weights[name] = torch.randn(shape) * deviation
  return weights[name]

def constant(weights: Dict[str, Tensor], name: str, size: int, value: float) -> Tensor:
  if name not in weights:
    weights[name] = torch.full([size], value)
  return weights[name]

def linear(weights: Dict[str, Tensor], name: str, x: Tensor, size: int) -> Tensor:
  w = __torch__.nn.weight(weights, name + ".weight", [size, x.size(-1)], x.size(-1) ** -0.5)
  return torch.linear(x, w, __torch__.nn.constant(weights, name + ".bias", size, 0.))

def convolution(weights: Dict[str, Tensor], name: str, x: Tensor, channels: int, kernel: int, stride: int, groups: int) -> Tensor:
  shape = [channels, x.size(1) // groups, kernel, kernel]
  w = __torch__.nn.weight(weights, name + ".weight", shape, (2. / (shape[1] * kernel * kernel)) ** 0.5)
  pad = kernel // 2
  return torch.conv2d(x, w, None, [stride, stride], [pad, pad], [1, 1], groups)

def batch_norm(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], name: str, x: Tensor, training: bool) -> Tensor:
  gain = __torch__.nn.constant(weights, name + ".weight", x.size(1), 1.)
  bias = __torch__.nn.constant(weights, name + ".bias", x.size(1), 0.)
  mean = __torch__.nn.constant(statistics, name + ".running_mean", x.size(1), 0.)
  variance = __torch__.nn.constant(statistics, name + ".running_var", x.size(1), 1.)
  return torch.batch_norm(x, gain, bias, mean, variance, training, 0.1, 1e-5, True)

def layer_norm(weights: Dict[str, Tensor], name: str, x: Tensor, epsilon: float) -> Tensor:
  gain = __torch__.nn.constant(weights, name + ".weight", x.size(-1), 1.)
  bias = __torch__.nn.constant(weights, name + ".bias", x.size(-1), 0.)
  return torch.layer_norm(x, [x.size(-1)], gain, bias, epsilon)

def heads(x: Tensor, count: int) -> List[Tensor]:
  # [batch, time, 3 size] to query, key and value, each [batch, heads, time, size / heads]
  return x.view([x.size(0), x.size(1), 3, count, -1]).permute([2, 0, 3, 1, 4]).unbind(0)
