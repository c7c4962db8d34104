# Adapters of rank 8 beside queries and values are trained, and the head (LoRA, https://arxiv.org/abs/2106.09685).

def trained(name: str) -> bool:
  return "lora" in name or name.startswith("classifier")

def adapter(weights: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
  down = __torch__.nn.weight(weights, name + ".lora_A", [8, x.size(-1)], x.size(-1) ** -0.5)
  up = __torch__.nn.weight(weights, name + ".lora_B", [x.size(-1), 8], 0.)
  return torch.linear(torch.linear(x, down), up) * 2.

def adapted(weights: Dict[str, Tensor], name: str, x: Tensor, y: Tensor) -> Tensor:
  query, key, value = torch.chunk(y, 3, -1)
  query = query + __torch__.tuning.adapter(weights, name + ".query", x)
  value = value + __torch__.tuning.adapter(weights, name + ".value", x)
  return torch.cat([query, key, value], -1)
