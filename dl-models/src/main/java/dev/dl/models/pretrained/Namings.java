package dev.dl.models.pretrained;

import dev.dl.models.graph.Architecture;
import dev.dl.models.text.Bert;
import dev.dl.models.text.Gpt;
import dev.dl.models.vision.ConvNeXt;
import dev.dl.models.vision.DenseNet;
import dev.dl.models.vision.EfficientNet;
import dev.dl.models.vision.ResNet;
import dev.dl.models.vision.Vgg;
import dev.dl.models.vision.VisionTransformer;
import java.util.Map;

/** The families whose weights others name or lay out in other ways than ours: the one list. */
final class Namings {

  /** Hugging Face's BERT, DistilBERT and models of sentences, TensorFlow's normalizations, ONNX. */
  private static final Naming BERT =
      Naming.renaming(
              "^0\\.auto_model\\.", "",
              "^(bert|distilbert)\\.", "",
              "LayerNorm\\.gamma$", "LayerNorm.weight",
              "LayerNorm\\.beta$", "LayerNorm.bias",
              "^transformer\\.layer\\.", "encoder.layer.",
              "attention\\.(q|k|v)_lin\\.", "attention.self.$1_lin.",
              "self\\.q_lin\\.", "self.query.",
              "self\\.k_lin\\.", "self.key.",
              "self\\.v_lin\\.", "self.value.",
              "attention\\.out_lin\\.", "attention.output.dense.",
              "sa_layer_norm\\.", "attention.output.LayerNorm.",
              "ffn\\.lin1\\.", "intermediate.dense.",
              "ffn\\.lin2\\.", "output.dense.",
              "output_layer_norm\\.", "output.LayerNorm.")
          .ignoring("position_ids$", "^pooler\\.dense\\.", "^cls\\.", "^vocab_")
          .numbering(
              "encoder.layer.{layer}.attention.self.query.weight",
              "encoder.layer.{layer}.attention.self.key.weight",
              "encoder.layer.{layer}.attention.self.value.weight",
              "encoder.layer.{layer}.attention.output.dense.weight",
              "encoder.layer.{layer}.intermediate.dense.weight",
              "encoder.layer.{layer}.output.dense.weight")
          .withHeads("pooler.dense", "pre_classifier");

  /** OpenAI's GPT-2: matrices as TensorFlow's convolutions have them, logits by the embeddings. */
  private static final Naming GPT =
      Naming.renaming("^(?=(wte|wpe|h|ln_f)\\.)", "transformer.")
          .ignoring("attn\\.(bias|masked_bias)$")
          .transposing("\\.(c_attn|c_proj|c_fc)\\.weight$")
          .copying("lm_head.weight", "transformer.wte.weight");

  /** Hugging Face's and torchvision's. */
  private static final Naming VISION_TRANSFORMER =
      Naming.renaming(
              "^(vit|deit)\\.", "",
              "^embeddings\\.cls_token$", "cls_token",
              "^class_token$", "cls_token",
              "^(embeddings\\.position_embeddings|encoder\\.pos_embedding)$", "pos_embed",
              "^(embeddings\\.patch_embeddings\\.projection|conv_proj)\\.", "patch_embed.proj.",
              "^encoder\\.layer\\.", "blocks.",
              "^encoder\\.layers\\.encoder_layer_", "blocks.",
              "\\.attention\\.attention\\.", ".attn.",
              "\\.attention\\.output\\.dense\\.", ".attn.proj.",
              "\\.intermediate\\.dense\\.", ".mlp.fc1.",
              "\\.output\\.dense\\.", ".mlp.fc2.",
              "\\.layernorm_before\\.", ".norm1.",
              "\\.layernorm_after\\.", ".norm2.",
              "\\.self_attention\\.in_proj_", ".attn.qkv.",
              "\\.self_attention\\.out_proj\\.", ".attn.proj.",
              "\\.mlp\\.(0|linear_1)\\.", ".mlp.fc1.",
              "\\.mlp\\.(3|linear_2)\\.", ".mlp.fc2.",
              "\\.ln_1\\.", ".norm1.",
              "\\.ln_2\\.", ".norm2.",
              "^(layernorm|encoder\\.ln)\\.", "norm.",
              "^(classifier|heads\\.head)\\.", "head.")
          .ignoring("^pooler\\.")
          .joining("attn.qkv", "attn.query", "attn.key", "attn.value");

  /** The authors' and Hugging Face's. */
  private static final Naming CONVNEXT =
      Naming.renaming(
          "^convnext\\.", "",
          "^downsample_layers\\.0\\.", "stem.",
          "^downsample_layers\\.(\\d+)\\.", "stages.$1.downsample.",
          "^embeddings\\.patch_embeddings\\.", "stem.0.",
          "^embeddings\\.layernorm\\.", "stem.1.",
          "^encoder\\.", "",
          "^(stages\\.\\d+\\.)downsampling_layer\\.", "$1downsample.",
          "^(stages\\.\\d+\\.)layers\\.", "$1blocks.",
          "^(stages\\.\\d+\\.)(?=\\d)", "$1blocks.",
          "\\.dwconv\\.", ".conv_dw.",
          "\\.layernorm\\.", ".norm.",
          "\\.pwconv1\\.", ".mlp.fc1.",
          "\\.pwconv2\\.", ".mlp.fc2.",
          "\\.layer_scale_parameter$", ".gamma",
          "^(norm|layernorm)\\.", "head.norm.",
          "^(head|classifier)\\.(?=(weight|bias)$)", "head.fc.");

  /** Hugging Face's. */
  private static final Naming RESNET =
      Naming.renaming(
          "^resnet\\.", "",
          "^embedder\\.embedder\\.convolution\\.", "conv1.",
          "^embedder\\.embedder\\.normalization\\.", "bn1.",
          "^encoder\\.stages\\.0\\.layers\\.", "layer1.",
          "^encoder\\.stages\\.1\\.layers\\.", "layer2.",
          "^encoder\\.stages\\.2\\.layers\\.", "layer3.",
          "^encoder\\.stages\\.3\\.layers\\.", "layer4.",
          "\\.shortcut\\.convolution\\.", ".downsample.0.",
          "\\.shortcut\\.normalization\\.", ".downsample.1.",
          "\\.layer\\.0\\.convolution\\.", ".conv1.",
          "\\.layer\\.0\\.normalization\\.", ".bn1.",
          "\\.layer\\.1\\.convolution\\.", ".conv2.",
          "\\.layer\\.1\\.normalization\\.", ".bn2.",
          "\\.layer\\.2\\.convolution\\.", ".conv3.",
          "\\.layer\\.2\\.normalization\\.", ".bn3.",
          "^classifier\\.1\\.", "fc.");

  /** timm's, whose dense layers are convolutions. */
  private static final Naming VGG =
      Naming.renaming(
          "^pre_logits\\.fc1\\.", "classifier.0.",
          "^pre_logits\\.fc2\\.", "classifier.3.",
          "^head\\.fc\\.", "classifier.6.");

  /** torchvision's first files. */
  private static final Naming DENSENET =
      Naming.renaming("(denselayer\\d+\\.(?:norm|conv))\\.(\\d\\.)", "$1$2");

  /** timm's, whose stages are counted from 0 and in whose blocks each part has a name. */
  private static final Naming EFFICIENT_NET =
      Naming.renaming(
          "^conv_stem\\.", "features.0.0.",
          "^bn1\\.", "features.0.1.",
          "^conv_head\\.", "features.8.0.",
          "^bn2\\.", "features.8.1.",
          "^classifier\\.(?=(weight|bias)$)", "classifier.1.",
          "^(blocks\\.0\\.\\d+)\\.conv_dw\\.", "$1.block.0.0.",
          "^(blocks\\.0\\.\\d+)\\.bn1\\.", "$1.block.0.1.",
          "^(blocks\\.0\\.\\d+)\\.se\\.", "$1.block.1.",
          "^(blocks\\.0\\.\\d+)\\.conv_pw\\.", "$1.block.2.0.",
          "^(blocks\\.0\\.\\d+)\\.bn2\\.", "$1.block.2.1.",
          "^(blocks\\.\\d+\\.\\d+)\\.conv_pw\\.", "$1.block.0.0.",
          "^(blocks\\.\\d+\\.\\d+)\\.bn1\\.", "$1.block.0.1.",
          "^(blocks\\.\\d+\\.\\d+)\\.conv_dw\\.", "$1.block.1.0.",
          "^(blocks\\.\\d+\\.\\d+)\\.bn2\\.", "$1.block.1.1.",
          "^(blocks\\.\\d+\\.\\d+)\\.se\\.", "$1.block.2.",
          "^(blocks\\.\\d+\\.\\d+)\\.conv_pwl\\.", "$1.block.3.0.",
          "^(blocks\\.\\d+\\.\\d+)\\.bn3\\.", "$1.block.3.1.",
          "\\.conv_reduce\\.", ".fc1.",
          "\\.conv_expand\\.", ".fc2.",
          "^blocks\\.0\\.", "features.1.",
          "^blocks\\.1\\.", "features.2.",
          "^blocks\\.2\\.", "features.3.",
          "^blocks\\.3\\.", "features.4.",
          "^blocks\\.4\\.", "features.5.",
          "^blocks\\.5\\.", "features.6.",
          "^blocks\\.6\\.", "features.7.");

  private static final Map<Class<? extends Architecture>, Naming> BY_FAMILY =
      Map.of(
          Bert.class, BERT,
          Gpt.class, GPT,
          VisionTransformer.class, VISION_TRANSFORMER,
          ConvNeXt.class, CONVNEXT,
          ResNet.class, RESNET,
          Vgg.class, VGG,
          DenseNet.class, DENSENET,
          EfficientNet.class, EFFICIENT_NET);

  private Namings() {}

  /** The naming of a family; the plain one where others name its weights as we do. */
  static Naming of(Architecture architecture) {
    return BY_FAMILY.getOrDefault(architecture.getClass(), Naming.PLAIN);
  }
}
