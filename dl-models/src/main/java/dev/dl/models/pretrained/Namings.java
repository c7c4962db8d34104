package dev.dl.models.pretrained;

import static java.util.Map.entry;

import dev.dl.models.graph.Architecture;
import dev.dl.models.text.Bert;
import dev.dl.models.text.Gpt;
import dev.dl.models.vision.ConvNeXt;
import dev.dl.models.vision.DenseNet;
import dev.dl.models.vision.EfficientNet;
import dev.dl.models.vision.MobileNetV2;
import dev.dl.models.vision.MobileNetV3;
import dev.dl.models.vision.ResNet;
import dev.dl.models.vision.TextDirection;
import dev.dl.models.vision.Vgg;
import dev.dl.models.vision.VisionTransformer;
import java.util.Map;
import java.util.regex.Pattern;

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

  /** The authors', Hugging Face's and torchvision's. */
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
          "^(head|classifier)\\.(?=(weight|bias)$)", "head.fc.",
          "^features\\.0\\.", "stem.",
          "^features\\.1\\.", "stages.0.blocks.",
          "^features\\.2\\.", "stages.1.downsample.",
          "^features\\.3\\.", "stages.1.blocks.",
          "^features\\.4\\.", "stages.2.downsample.",
          "^features\\.5\\.", "stages.2.blocks.",
          "^features\\.6\\.", "stages.3.downsample.",
          "^features\\.7\\.", "stages.3.blocks.",
          "\\.block\\.0\\.", ".conv_dw.",
          "\\.block\\.2\\.", ".norm.",
          "\\.block\\.3\\.", ".mlp.fc1.",
          "\\.block\\.5\\.", ".mlp.fc2.",
          "\\.layer_scale$", ".gamma",
          "^classifier\\.0\\.", "head.norm.",
          "^classifier\\.2\\.", "head.fc.");

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

  /** torchvision's first files, and Keras', whose blocks are counted from 2. */
  private static final Naming DENSENET =
      Naming.renaming(
          "(denselayer\\d+\\.(?:norm|conv))\\.(\\d\\.)", "$1$2",
          "^conv1[_/]conv\\.", "features.conv0.",
          "^conv1[_/]bn\\.", "features.norm0.",
          "^(conv|pool)2_", "$1-1_",
          "^(conv|pool)3_", "$1-2_",
          "^(conv|pool)4_", "$1-3_",
          "^conv5_", "conv-4_",
          "^conv-(\\d)_block(\\d+)_0_bn\\.", "features.denseblock$1.denselayer$2.norm1.",
          "^conv-(\\d)_block(\\d+)_1_conv\\.", "features.denseblock$1.denselayer$2.conv1.",
          "^conv-(\\d)_block(\\d+)_1_bn\\.", "features.denseblock$1.denselayer$2.norm2.",
          "^conv-(\\d)_block(\\d+)_2_conv\\.", "features.denseblock$1.denselayer$2.conv2.",
          "^pool-(\\d)_bn\\.", "features.transition$1.norm.",
          "^pool-(\\d)_conv\\.", "features.transition$1.conv.",
          "^bn\\.", "features.norm5.",
          "^(predictions|fc1000)\\.", "classifier.");

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

  /** timm's blocks of MobileNets, the first of which widens nothing. */
  private static final BlockCount MOBILE_BLOCKS =
      new BlockCount(Pattern.compile("^blocks\\.(\\d{1,4})\\.(\\d{1,4})(?=\\.)"), "features.");

  /** timm's. */
  private static final Naming MOBILE_NET_V2 =
      Naming.renaming(
              "^conv_stem\\.", "features.0.0.",
              "^bn1\\.", "features.0.1.",
              "^conv_head\\.", "features.18.0.",
              "^bn2\\.", "features.18.1.",
              "^classifier\\.(?=(weight|bias)$)", "classifier.1.",
              "^features\\.1\\.conv_dw\\.", "features.1.conv.0.0.",
              "^features\\.1\\.bn1\\.", "features.1.conv.0.1.",
              "^features\\.1\\.conv_pw\\.", "features.1.conv.1.",
              "^features\\.1\\.bn2\\.", "features.1.conv.2.",
              "\\.conv_pw\\.", ".conv.0.0.",
              "\\.bn1\\.", ".conv.0.1.",
              "\\.conv_dw\\.", ".conv.1.0.",
              "\\.bn2\\.", ".conv.1.1.",
              "\\.conv_pwl\\.", ".conv.2.",
              "\\.bn3\\.", ".conv.3.")
          .counting(MOBILE_BLOCKS);

  /** timm's, whose epsilon is PyTorch's. Blocks without squeeze and excitation have a part less. */
  private static final Naming MOBILE_NET_V3 =
      Naming.renaming(
              "^conv_stem\\.", "features.0.0.",
              "^bn1\\.", "features.0.1.",
              "^conv_head\\.", "classifier.0.",
              "^classifier\\.(?=(weight|bias)$)", "classifier.3.",
              "\\.conv_reduce\\.", ".fc1.",
              "\\.conv_expand\\.", ".fc2.",
              "^features\\.1\\.conv_dw\\.", "features.1.block.0.0.",
              "^features\\.1\\.bn1\\.", "features.1.block.0.1.",
              "^features\\.1\\.se\\.", "features.1.block.1.",
              "^features\\.1\\.conv_pw\\.", "features.1.block.2.0.",
              "^features\\.1\\.bn2\\.", "features.1.block.2.1.",
              "^features\\.1\\.block\\.2\\.", "features.1.block.1.",
              "\\.conv\\.", ".0.",
              "^(features\\.\\d+)\\.bn1\\.", "$1.1.",
              "\\.conv_pw\\.", ".block.0.0.",
              "^(features\\.\\d+)\\.1\\.", "$1.block.0.1.",
              "\\.conv_dw\\.", ".block.1.0.",
              "\\.bn2\\.", ".block.1.1.",
              "\\.se\\.", ".block.2.",
              "\\.conv_pwl\\.", ".block.3.0.",
              "\\.bn3\\.", ".block.3.1.",
              "\\.block\\.3\\.", ".block.2.")
          .counting(MOBILE_BLOCKS)
          .withEpsilon("^(bn1|blocks\\..*\\.bn\\d)\\.running_var$", 1e-5, 1e-3);

  /** PaddlePaddle's, as converted to ONNX: weights and all other constants are tensors there. */
  private static final Naming TEXT_DIRECTION =
      Naming.renaming(
              "_se_(\\d)_", "_se.fc$1_",
              "^(conv\\d+_se\\.fc\\d)_weights$", "$1.weight",
              "^(conv\\d+_se\\.fc\\d)_offset$", "$1.bias",
              "^(conv.*)_weights$", "$1.0.weight",
              "^(conv.*)_bn_scale$", "$1.1.weight",
              "^(conv.*)_bn_offset$", "$1.1.bias",
              "^(conv.*)_bn_mean$", "$1.1.running_mean",
              "^(conv.*)_bn_variance$", "$1.1.running_var",
              "^fc_0\\.w_0$", "fc.weight",
              "^fc_0\\.b_0$", "fc.bias")
          .ignoring("^Constant@\\d+$", "^fill_constant_\\d+\\.tmp_0$")
          .transposing("^fc\\.weight$");

  private static final Map<Class<? extends Architecture>, Naming> BY_FAMILY =
      Map.ofEntries(
          entry(Bert.class, BERT),
          entry(Gpt.class, GPT),
          entry(VisionTransformer.class, VISION_TRANSFORMER),
          entry(ConvNeXt.class, CONVNEXT),
          entry(ResNet.class, RESNET),
          entry(Vgg.class, VGG),
          entry(DenseNet.class, DENSENET),
          entry(MobileNetV2.class, MOBILE_NET_V2),
          entry(MobileNetV3.class, MOBILE_NET_V3),
          entry(EfficientNet.class, EFFICIENT_NET),
          entry(TextDirection.class, TEXT_DIRECTION));

  private Namings() {}

  /** The naming of a family; the plain one where others name its weights as we do. */
  static Naming of(Architecture architecture) {
    return BY_FAMILY.getOrDefault(architecture.getClass(), Naming.PLAIN);
  }
}
