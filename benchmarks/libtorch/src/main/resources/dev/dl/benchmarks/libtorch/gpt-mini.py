# GPT-2's block (https://openai.com/index/better-language-models), with a head of its own.

def attention(weights: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
  query, key, value = __torch__.nn.heads(__torch__.nn.linear(weights, name + ".c_attn", x, 1152), 6)
  x = torch.scaled_dot_product_attention(query, key, value, None, 0., True).transpose(1, 2).flatten(2)
  return __torch__.nn.linear(weights, name + ".c_proj", x, 384)

def logits(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], tokens: Tensor, training: bool) -> Tensor:
  # [batch, time] to [batch x time, 96]
  x = torch.embedding(__torch__.nn.weight(weights, "wte.weight", [96, 384], 0.02), tokens)
  x = x + __torch__.nn.weight(weights, "wpe.weight", [256, 384], 0.02)
  for i in range(6):
    name = "h." + str(i)
    x = x + __torch__.network.attention(weights, name + ".attn", __torch__.nn.layer_norm(weights, name + ".ln_1", x, 1e-5))
    y = __torch__.nn.linear(weights, name + ".mlp.c_fc", __torch__.nn.layer_norm(weights, name + ".ln_2", x, 1e-5), 1536)
    x = x + __torch__.nn.linear(weights, name + ".mlp.c_proj", torch.gelu(y, approximate="tanh"), 384)
  x = __torch__.nn.layer_norm(weights, "ln_f", x, 1e-5).flatten(0, 1)
  return torch.linear(x, __torch__.nn.weight(weights, "lm_head.weight", [96, 384], 0.02))
