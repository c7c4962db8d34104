package dev.dl.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelCatalogTest {

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    assertThat(ModelCatalog.models())
        .hasSize(87)
        .allSatisfy(model -> assertThat(names.add(model.name())).isTrue());
  }

  /**
   * LeNet-5: 61,706 with full connections (6·26 + 16·151 + 120·401 + 84·121 + 10·85). Residual
   * networks: He et al. 2015, table 6, give 0.27M, 0.46M and 0.85M; the exact numbers are those of
   * the reference implementation with option A
   * (https://github.com/akamaster/pytorch_resnet_cifar10). ResNet-18 and -34 for small images:
   * https://github.com/kuangliu/pytorch-cifar. Residual networks for ImageNet, VGG and AlexNet:
   * torchvision's (https://pytorch.org/vision/stable/models.html); SE-ResNet-50: timm's; those and
   * wide residual networks also of the modules of tools/golden/convolutional_architectures.py.
   * MobileNets, EfficientNets and DenseNets: torchvision's, and those of the modules of
   * tools/golden/compact_architectures.py. Vision transformers, ConvNeXts and mixers: timm's, and
   * those of the modules of tools/golden/modern_architectures.py; so those of U-Nets, and those for
   * tables of table_architectures.py. The others by hand: 785·512 + 513·256 + 257·10, and 9·32 +
   * 9·32·64 + 9·64·64 + 9·64·128 + 2·(32 + 64 + 64 + 128) + 129·10. Of texts: 20,000·64 + 65·2;
   * 20,000·128 + (3 + 4 + 5)·128·100 + 3·100 + 301·2; 96·128 + 4·256·(128 + 256 + 2) + 4·256·(256 +
   * 256 + 2) + 257·96; (96 + 64)·48 + 3·(2·96 + 49·144 + 49·48 + 49·192 + 193·48) + 96 + 48·96.
   * With attention: 2·4·256·(128 + 256 + 2) or 2·3·256·(128 + 256 + 2) beside 20,000·128 + 513·128
   * + 128 + 513·2. BERT's, of https://huggingface.co/google/bert_uncased_L-2_H-128_A-2 and its
   * like, are those with pooler, published as 4,385,920, 11,170,560, 28,763,648, 41,373,184 and
   * 109,482,240, and a classifier; DistilBERT's is https://huggingface.co/distilbert-base-uncased's
   * 66,362,880 with 769·768 + 769·2. GPT-2's is 124,439,808 and, as its logits have a matrix of
   * their own, 50,257·768. The classifier of lines of text and the network of variants: those of
   * their files, which PublishedModelsTest reads.
   */
  @ParameterizedTest
  @CsvSource({
    "mlp, 535818",
    "lenet5, 61706",
    "convnet, 131178",
    "resnet20, 269722",
    "resnet32, 464154",
    "resnet44, 658586",
    "resnet56, 853018",
    "resnet110, 1727962",
    "resnet18-cifar, 11173962",
    "resnet34-cifar, 21282122",
    "resnet18, 11689512",
    "resnet34, 21797672",
    "resnet50, 25557032",
    "resnet101, 44549160",
    "resnet152, 60192808",
    "resnext50-32x4d, 25028904",
    "wide-resnet50-2, 68883240",
    "seresnet50, 28088024",
    "wrn-28-10, 36479194",
    "wrn-40-4, 8949210",
    "alexnet, 61100840",
    "vgg11, 132863336",
    "vgg13, 133047848",
    "vgg16, 138357544",
    "vgg19, 143667240",
    "vgg11-bn, 132868840",
    "vgg13-bn, 133053736",
    "vgg16-bn, 138365992",
    "vgg19-bn, 143678248",
    "mobilenetv2, 3504872",
    "mobilenetv2-cifar, 2236682",
    "mobilenetv3-large, 5483032",
    "mobilenetv3-small, 2542856",
    "efficientnet-b0, 5288548",
    "efficientnet-b1, 7794184",
    "efficientnet-b2, 9109994",
    "efficientnet-b3, 12233232",
    "efficientnet-b4, 19341616",
    "densenet121, 7978856",
    "densenet169, 14149480",
    "vit-tiny, 5717416",
    "vit-small, 22050664",
    "vit-base, 86567656",
    "vit-cifar, 3722250",
    "convnext-atto, 3695520",
    "convnext-femto, 5217784",
    "convnext-pico, 9045672",
    "convnext-nano, 15593560",
    "convnext-tiny, 28589128",
    "convnext-small, 50223688",
    "convnext-base, 88591464",
    "convnext-cifar, 3376290",
    "mixer-s16, 18528264",
    "mixer-b16, 59880472",
    "mixer-cifar, 4360970",
    "text-direction, 129356",
    "unet, 31037698",
    "unet-small, 482754",
    "mlp-bn, 165336",
    "resnet-table, 310360",
    "ft-transformer-1, 86850",
    "ft-transformer-2, 280618",
    "ft-transformer, 915458",
    "fm, 828580",
    "neumf, 679625",
    "two-tower, 227684",
    "autoencoder, 9452",
    "variant-cnn, 1681142",
    "fasttext, 1280130",
    "textcnn, 2714502",
    "lstm, 2955778",
    "bilstm, 3351554",
    "bilstm-attention, 3417346",
    "bigru-attention, 3219714",
    "transformer, 2956802",
    "bert-tiny, 4386178",
    "bert-mini, 11171074",
    "bert-small, 28764674",
    "bert-medium, 41374210",
    "bert-base, 109483778",
    "distilbert, 66955010",
    "minilm-l6, 22566146",
    "char-lstm, 958560",
    "gpt-nano, 97200",
    "char-gpt, 947968",
    "gpt2, 163037184",
    "gpt-mini, 10819584"
  })
  void hasAsManyParametersAsPublished(String name, long parameters) {
    assertThat(ModelCatalog.find(name).orElseThrow().parameterCount()).isEqualTo(parameters);
  }

  /**
   * In 10⁹, to three digits, as torchvision's weights tell them in {@code meta["_ops"]}
   * (https://github.com/pytorch/vision, torchvision/models); ViT-Base is its {@code vit_b_16}.
   */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 1.814",
    "resnet34, 3.664",
    "resnet50, 4.089",
    "resnet101, 7.801",
    "resnet152, 11.514",
    "resnext50-32x4d, 4.23",
    "wide-resnet50-2, 11.398",
    "alexnet, 0.714",
    "vgg11, 7.609",
    "vgg13, 11.308",
    "vgg16, 15.47",
    "vgg19, 19.632",
    "vgg16-bn, 15.47",
    "vit-base, 17.564",
    "convnext-tiny, 4.456",
    "convnext-small, 8.684",
    "convnext-base, 15.355"
  })
  void takesAsManyMultiplyAddsAsPublished(String name, double billions) {
    assertThat(ModelCatalog.find(name).orElseThrow().graph().multiplyAdds() / 1e9)
        .isCloseTo(billions, within(0.0006));
  }

  /**
   * By hand: an LSTM takes 4·256·(128 + 256) for each of 100 tokens and the classifier 256·2; a
   * block of GPT-2's 12·48² for each token in its dense layers and 2·64²·48 in attention, and the
   * logits 48·96 for each; attention over two directions 512·128 + 128 + 512 for each token.
   */
  @ParameterizedTest
  @CsvSource({"lstm, 39322112", "gpt-nano, 6782976", "bilstm-attention, 85261824"})
  void countsRecurrenceAndAttention(String name, long multiplyAdds) {
    assertThat(ModelCatalog.find(name).orElseThrow().graph().multiplyAdds())
        .isEqualTo(multiplyAdds);
  }
}
