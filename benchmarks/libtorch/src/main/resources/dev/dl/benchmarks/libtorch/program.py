class Program(Module):
  # What trains a network; network.py is the workload's. The weights are made by the first pass.
  training : bool
  weights : Dict[str, Tensor]
  statistics : Dict[str, Tensor]
  trained : List[Tensor]
  gradients : List[Tensor]
  means : List[Tensor]
  squares : List[Tensor]
  steps : List[Tensor]

  def create(self, input: Tensor) -> Tensor:
    # Returns the number of values of all weights. The containers of the archive know no types.
    self.weights = annotate(Dict[str, Tensor], {})
    self.statistics = annotate(Dict[str, Tensor], {})
    self.trained = annotate(List[Tensor], [])
    self.means = annotate(List[Tensor], [])
    self.squares = annotate(List[Tensor], [])
    self.steps = annotate(List[Tensor], [])
    torch.manual_seed(1)
    __torch__.network.logits(self.weights, self.statistics, input, True)
    channels_last = input.dim() == 4 and input.is_contiguous(memory_format=2)
    count = 0
    for name in list(self.weights.keys()):
      weight = self.weights[name]
      if channels_last and weight.dim() == 4:
        weight = weight.contiguous(memory_format=2)
      count += weight.numel()
      if __torch__.tuning.trained(name):
        weight = weight.requires_grad_()
        self.trained.append(weight)
        self.means.append(torch.zeros_like(weight))
        self.squares.append(torch.zeros_like(weight))
        self.steps.append(torch.zeros([]))
      self.weights[name] = weight
    return torch.tensor(count)

  def channels_last(self, images: Tensor) -> Tensor:
    return images.contiguous(memory_format=2)

  def gradient(self, input: Tensor, labels: Tensor) -> Tensor:
    # Returns the loss.
    logits = __torch__.network.logits(self.weights, self.statistics, input, True)
    loss = torch.cross_entropy_loss(logits, labels)
    self.gradients = [unchecked_cast(Tensor, g) for g in torch.grad([loss], self.trained)]
    return loss.detach()

  def update(self, learning_rate: Tensor) -> Tensor:
    # PyTorch's Adam(fused=True).
    torch._foreach_add_(self.steps, 1)
    torch._fused_adam_(self.trained, self.gradients, self.means, self.squares, annotate(List[Tensor], []), self.steps, lr=learning_rate, beta1=0.9, beta2=0.999, weight_decay=0., eps=1e-8, amsgrad=False, maximize=False)
    self.gradients = annotate(List[Tensor], [])
    return learning_rate

  def infer(self, input: Tensor) -> Tensor:
    return __torch__.network.logits(self.weights, self.statistics, input, False)
