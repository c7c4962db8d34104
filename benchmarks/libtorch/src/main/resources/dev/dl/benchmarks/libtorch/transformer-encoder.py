# The shape of MiniLM-L6 (https://arxiv.org/abs/2002.10957), which is BERT's (https://arxiv.org/abs/1810.04805), without padding.

def attention(weights: Dict[str, Tensor], name: str, x: Tensor, dropout: float) -> Tensor:
  projected = __torch__.tuning.adapted(weights, name, x, __torch__.nn.linear(weights, name + ".in_proj", x, 1152))
  query, key, value = __torch__.nn.heads(projected, 12)
  x = torch.scaled_dot_product_attention(query, key, value, None, dropout).transpose(1, 2).flatten(2)
  return __torch__.nn.linear(weights, name + ".out_proj", x, 384)

def logits(weights: Dict[str, Tensor], statistics: Dict[str, Tensor], tokens: Tensor, training: bool) -> Tensor:
  dropout = 0.1 if training else 0.
  positions = __torch__.nn.weight(weights, "embeddings.position.weight", [512, 384], 0.02)[:tokens.size(1)]
  types = __torch__.nn.weight(weights, "embeddings.token_type.weight", [2, 384], 0.02)[0]
  x = torch.embedding(__torch__.nn.weight(weights, "embeddings.word.weight", [30522, 384], 0.02), tokens)
  x = __torch__.nn.layer_norm(weights, "embeddings.norm", x + (positions + types), 1e-12)
  x = torch.dropout(x, dropout, training)
  for i in range(6):
    name = "layer." + str(i)
    y = torch.dropout(__torch__.network.attention(weights, name + ".attention", x, dropout), dropout, training)
    x = __torch__.nn.layer_norm(weights, name + ".norm1", y + x, 1e-12)
    y = torch.gelu(__torch__.nn.linear(weights, name + ".linear1", x, 1536))
    y = torch.dropout(__torch__.nn.linear(weights, name + ".linear2", y, 384), dropout, training)
    x = __torch__.nn.layer_norm(weights, name + ".norm2", y + x, 1e-12)
  return __torch__.nn.linear(weights, "classifier", x.mean([1]), 2)
