# All of a network is trained.

def trained(name: str) -> bool:
  return True

def adapted(weights: Dict[str, Tensor], name: str, x: Tensor, y: Tensor) -> Tensor:
  return y
