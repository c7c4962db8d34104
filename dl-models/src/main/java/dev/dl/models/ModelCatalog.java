package dev.dl.models;

import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.TableInput;
import dev.dl.models.graph.TextInput;
import dev.dl.models.table.Autoencoder;
import dev.dl.models.table.CollaborativeFiltering;
import dev.dl.models.table.FeatureTransformer;
import dev.dl.models.table.Mlp;
import dev.dl.models.table.TableResNet;
import dev.dl.models.table.TwoTower;
import dev.dl.models.table.VariantCnn;
import dev.dl.models.text.AttentiveRecurrent;
import dev.dl.models.text.Bert;
import dev.dl.models.text.FastText;
import dev.dl.models.text.Gpt;
import dev.dl.models.text.LstmClassifier;
import dev.dl.models.text.LstmLanguageModel;
import dev.dl.models.text.TextCnn;
import dev.dl.models.text.TransformerEncoder;
import dev.dl.models.vision.AlexNet;
import dev.dl.models.vision.ConvNeXt;
import dev.dl.models.vision.ConvNet;
import dev.dl.models.vision.DenseNet;
import dev.dl.models.vision.EfficientNet;
import dev.dl.models.vision.LeNet;
import dev.dl.models.vision.MlpMixer;
import dev.dl.models.vision.MobileNetV2;
import dev.dl.models.vision.MobileNetV3;
import dev.dl.models.vision.ResNet;
import dev.dl.models.vision.TextDirection;
import dev.dl.models.vision.UNet;
import dev.dl.models.vision.Vgg;
import dev.dl.models.vision.VisionTransformer;
import dev.dl.models.vision.WideResNet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The models that a configuration can name: one line each. */
public final class ModelCatalog {
  private static final Input GREY_28 = ImageInput.of(1, 28, 28);
  private static final Input COLOUR_32 = ImageInput.of(3, 32, 32);
  private static final Input IMAGENET = ImageInput.of(3, 224, 224);
  private static final Input IMAGENET_240 = ImageInput.of(3, 240, 240);
  private static final Input IMAGENET_260 = ImageInput.of(3, 260, 260);
  private static final Input IMAGENET_300 = ImageInput.of(3, 300, 300);
  private static final Input IMAGENET_380 = ImageInput.of(3, 380, 380);
  private static final Head THOUSAND = Head.classes(1000);
  private static final Head TWO_OF_PIXELS = Head.pixels(2);
  private static final Head TWO = Head.classes(2);
  private static final Head TEN = Head.classes(10);
  private static final Head NEXT = Head.classes(96);
  private static final Input CHARACTERS = new TextInput(256, 96);
  private static final Input WORDS = new TextInput(100, 20_000);
  private static final Input PIECES = new TextInput(128, 30_522);

  /** The Adult dataset's: https://archive.ics.uci.edu/dataset/2/adult. */
  private static final Input ADULT = new TableInput(6, List.of(9, 16, 7, 15, 6, 5, 2, 42));

  /** Of as many numbers as the Landsat satellite dataset has, each to be told again. */
  private static final Input NUMBERS = new TableInput(36, List.of());

  /** Users and films of MovieLens 1M, each with an unknown one, and one to five stars. */
  private static final Input RATINGS = new TableInput(0, List.of(6041, 3707), List.of(1));

  /** 7 annotations and 128 bases, one of four or unknown. */
  private static final Input VARIANTS = new TableInput(7, Collections.nCopies(128, 5));

  private static final Head FOUR = Head.classes(4);
  private static final Head STARS = Head.classes(5);

  private static final List<Model> MODELS =
      List.of(
          new Model("mlp", "MLP", Mlp.PAPER, GREY_28, TEN, Mlp.TWO_HIDDEN),
          new Model("lenet5", "LeNet", LeNet.PAPER, GREY_28, TEN, LeNet.LENET_5),
          new Model("convnet", "ConvNet", ConvNet.PAPER, GREY_28, TEN, ConvNet.SMALL),
          new Model("resnet20", "ResNet", ResNet.PAPER, COLOUR_32, TEN, ResNet.RESNET_20),
          new Model("resnet32", "ResNet", ResNet.PAPER, COLOUR_32, TEN, ResNet.RESNET_32),
          new Model("resnet44", "ResNet", ResNet.PAPER, COLOUR_32, TEN, ResNet.RESNET_44),
          new Model("resnet56", "ResNet", ResNet.PAPER, COLOUR_32, TEN, ResNet.RESNET_56),
          new Model("resnet110", "ResNet", ResNet.PAPER, COLOUR_32, TEN, ResNet.RESNET_110),
          new Model("resnet18-cifar", "ResNet", ResNet.PAPER, COLOUR_32, TEN, ResNet.RESNET_18),
          new Model("resnet34-cifar", "ResNet", ResNet.PAPER, COLOUR_32, TEN, ResNet.RESNET_34),
          new Model("resnet18", "ResNet", ResNet.PAPER, IMAGENET, THOUSAND, ResNet.IMAGENET_18),
          new Model("resnet34", "ResNet", ResNet.PAPER, IMAGENET, THOUSAND, ResNet.IMAGENET_34),
          new Model("resnet50", "ResNet", ResNet.PAPER, IMAGENET, THOUSAND, ResNet.IMAGENET_50),
          new Model("resnet101", "ResNet", ResNet.PAPER, IMAGENET, THOUSAND, ResNet.IMAGENET_101),
          new Model("resnet152", "ResNet", ResNet.PAPER, IMAGENET, THOUSAND, ResNet.IMAGENET_152),
          new Model(
              "resnext50-32x4d",
              "ResNeXt",
              ResNet.RESNEXT_PAPER,
              IMAGENET,
              THOUSAND,
              ResNet.RESNEXT_50),
          new Model(
              "wide-resnet50-2",
              "WideResNet",
              WideResNet.PAPER,
              IMAGENET,
              THOUSAND,
              ResNet.WIDE_50_2),
          new Model(
              "seresnet50", "SE-ResNet", ResNet.SQUEEZE_PAPER, IMAGENET, THOUSAND, ResNet.SE_50),
          new Model(
              "wrn-28-10", "WideResNet", WideResNet.PAPER, COLOUR_32, TEN, WideResNet.WRN_28_10),
          new Model(
              "wrn-40-4", "WideResNet", WideResNet.PAPER, COLOUR_32, TEN, WideResNet.WRN_40_4),
          new Model("alexnet", "AlexNet", AlexNet.PAPER, IMAGENET, THOUSAND, AlexNet.PUBLISHED),
          new Model("vgg11", "VGG", Vgg.PAPER, IMAGENET, THOUSAND, Vgg.VGG_11),
          new Model("vgg13", "VGG", Vgg.PAPER, IMAGENET, THOUSAND, Vgg.VGG_13),
          new Model("vgg16", "VGG", Vgg.PAPER, IMAGENET, THOUSAND, Vgg.VGG_16),
          new Model("vgg19", "VGG", Vgg.PAPER, IMAGENET, THOUSAND, Vgg.VGG_19),
          new Model(
              "vgg11-bn", "VGG", Vgg.PAPER, IMAGENET, THOUSAND, Vgg.VGG_11.withNormalization()),
          new Model(
              "vgg13-bn", "VGG", Vgg.PAPER, IMAGENET, THOUSAND, Vgg.VGG_13.withNormalization()),
          new Model(
              "vgg16-bn", "VGG", Vgg.PAPER, IMAGENET, THOUSAND, Vgg.VGG_16.withNormalization()),
          new Model(
              "vgg19-bn", "VGG", Vgg.PAPER, IMAGENET, THOUSAND, Vgg.VGG_19.withNormalization()),
          new Model(
              "mobilenetv2",
              "MobileNetV2",
              MobileNetV2.PAPER,
              IMAGENET,
              THOUSAND,
              MobileNetV2.IMAGENET),
          new Model(
              "mobilenetv2-cifar",
              "MobileNetV2",
              MobileNetV2.PAPER,
              COLOUR_32,
              TEN,
              MobileNetV2.SMALL_IMAGES),
          new Model(
              "mobilenetv3-large",
              "MobileNetV3",
              MobileNetV3.PAPER,
              IMAGENET,
              THOUSAND,
              MobileNetV3.LARGE),
          new Model(
              "mobilenetv3-small",
              "MobileNetV3",
              MobileNetV3.PAPER,
              IMAGENET,
              THOUSAND,
              MobileNetV3.SMALL),
          new Model(
              "efficientnet-b0",
              "EfficientNet",
              EfficientNet.PAPER,
              IMAGENET,
              THOUSAND,
              EfficientNet.B0),
          new Model(
              "efficientnet-b1",
              "EfficientNet",
              EfficientNet.PAPER,
              IMAGENET_240,
              THOUSAND,
              EfficientNet.B1),
          new Model(
              "efficientnet-b2",
              "EfficientNet",
              EfficientNet.PAPER,
              IMAGENET_260,
              THOUSAND,
              EfficientNet.B2),
          new Model(
              "efficientnet-b3",
              "EfficientNet",
              EfficientNet.PAPER,
              IMAGENET_300,
              THOUSAND,
              EfficientNet.B3),
          new Model(
              "efficientnet-b4",
              "EfficientNet",
              EfficientNet.PAPER,
              IMAGENET_380,
              THOUSAND,
              EfficientNet.B4),
          new Model(
              "densenet121", "DenseNet", DenseNet.PAPER, IMAGENET, THOUSAND, DenseNet.DENSENET_121),
          new Model(
              "densenet169", "DenseNet", DenseNet.PAPER, IMAGENET, THOUSAND, DenseNet.DENSENET_169),
          new Model(
              "vit-tiny",
              "ViT",
              VisionTransformer.PAPER,
              IMAGENET,
              THOUSAND,
              VisionTransformer.TINY),
          new Model(
              "vit-small",
              "ViT",
              VisionTransformer.PAPER,
              IMAGENET,
              THOUSAND,
              VisionTransformer.SMALL),
          new Model(
              "vit-base",
              "ViT",
              VisionTransformer.PAPER,
              IMAGENET,
              THOUSAND,
              VisionTransformer.BASE),
          new Model(
              "vit-cifar",
              "ViT",
              VisionTransformer.PAPER,
              COLOUR_32,
              TEN,
              VisionTransformer.SMALL_IMAGES),
          new Model("convnext-atto", "ConvNeXt", ConvNeXt.PAPER, IMAGENET, THOUSAND, ConvNeXt.ATTO),
          new Model(
              "convnext-femto", "ConvNeXt", ConvNeXt.PAPER, IMAGENET, THOUSAND, ConvNeXt.FEMTO),
          new Model("convnext-pico", "ConvNeXt", ConvNeXt.PAPER, IMAGENET, THOUSAND, ConvNeXt.PICO),
          new Model("convnext-nano", "ConvNeXt", ConvNeXt.PAPER, IMAGENET, THOUSAND, ConvNeXt.NANO),
          new Model("convnext-tiny", "ConvNeXt", ConvNeXt.PAPER, IMAGENET, THOUSAND, ConvNeXt.TINY),
          new Model(
              "convnext-small", "ConvNeXt", ConvNeXt.PAPER, IMAGENET, THOUSAND, ConvNeXt.SMALL),
          new Model("convnext-base", "ConvNeXt", ConvNeXt.PAPER, IMAGENET, THOUSAND, ConvNeXt.BASE),
          new Model(
              "convnext-cifar", "ConvNeXt", ConvNeXt.PAPER, COLOUR_32, TEN, ConvNeXt.SMALL_IMAGES),
          new Model("mixer-s16", "MLP-Mixer", MlpMixer.PAPER, IMAGENET, THOUSAND, MlpMixer.SMALL),
          new Model("mixer-b16", "MLP-Mixer", MlpMixer.PAPER, IMAGENET, THOUSAND, MlpMixer.BASE),
          new Model(
              "mixer-cifar", "MLP-Mixer", MlpMixer.PAPER, COLOUR_32, TEN, MlpMixer.SMALL_IMAGES),
          new Model(
              "text-direction",
              "PP-OCR",
              TextDirection.PAPER,
              ImageInput.of(3, 48, 192),
              TWO,
              TextDirection.PP_OCR),
          new Model(
              "unet",
              "U-Net",
              UNet.PAPER,
              ImageInput.of(3, 256, 256),
              TWO_OF_PIXELS,
              UNet.PUBLISHED),
          new Model(
              "unet-small",
              "U-Net",
              UNet.PAPER,
              ImageInput.of(3, 64, 64),
              TWO_OF_PIXELS,
              UNet.SMALL),
          new Model("mlp-bn", "MLP", Mlp.PAPER, ADULT, TWO, Mlp.NORMALIZED),
          new Model(
              "resnet-table", "ResNet", TableResNet.PAPER, ADULT, TWO, TableResNet.TWO_BLOCKS),
          new Model(
              "ft-transformer-1",
              "FT-Transformer",
              FeatureTransformer.PAPER,
              ADULT,
              TWO,
              FeatureTransformer.ONE_BLOCK),
          new Model(
              "ft-transformer-2",
              "FT-Transformer",
              FeatureTransformer.PAPER,
              ADULT,
              TWO,
              FeatureTransformer.TWO_BLOCKS),
          new Model(
              "ft-transformer",
              "FT-Transformer",
              FeatureTransformer.PAPER,
              ADULT,
              TWO,
              FeatureTransformer.THREE_BLOCKS),
          new Model(
              "fm",
              "NeuMF",
              CollaborativeFiltering.MACHINE_PAPER,
              RATINGS,
              STARS,
              CollaborativeFiltering.MACHINE),
          new Model(
              "neumf",
              "NeuMF",
              CollaborativeFiltering.PAPER,
              RATINGS,
              STARS,
              CollaborativeFiltering.NEURAL),
          new Model("two-tower", "TwoTower", TwoTower.PAPER, RATINGS, STARS, TwoTower.SMALL),
          new Model(
              "autoencoder",
              "Autoencoder",
              Autoencoder.PAPER,
              NUMBERS,
              Head.values(36),
              Autoencoder.SMALL),
          new Model("variant-cnn", "VariantCNN", VariantCnn.PAPER, VARIANTS, FOUR, VariantCnn.GATK),
          new Model("fasttext", "FastText", FastText.PAPER, WORDS, TWO, FastText.SMALL),
          new Model("textcnn", "TextCNN", TextCnn.PAPER, WORDS, TWO, TextCnn.KIM),
          new Model("lstm", "LSTM", LstmClassifier.PAPER, WORDS, TWO, LstmClassifier.LSTM),
          new Model("bilstm", "LSTM", LstmClassifier.PAPER, WORDS, TWO, LstmClassifier.BILSTM),
          new Model(
              "bilstm-attention",
              "LSTM",
              AttentiveRecurrent.PAPER,
              WORDS,
              TWO,
              AttentiveRecurrent.BILSTM),
          new Model(
              "bigru-attention",
              "GRU",
              AttentiveRecurrent.PAPER,
              WORDS,
              TWO,
              AttentiveRecurrent.BIGRU),
          new Model(
              "transformer",
              "Transformer",
              TransformerEncoder.PAPER,
              WORDS,
              TWO,
              TransformerEncoder.SMALL),
          new Model("bert-tiny", "BERT", Bert.PAPER, PIECES, TWO, Bert.TINY),
          new Model("bert-mini", "BERT", Bert.PAPER, PIECES, TWO, Bert.MINI),
          new Model("bert-small", "BERT", Bert.PAPER, PIECES, TWO, Bert.SMALL),
          new Model("bert-medium", "BERT", Bert.PAPER, PIECES, TWO, Bert.MEDIUM),
          new Model("bert-base", "BERT", Bert.PAPER, PIECES, TWO, Bert.BASE),
          new Model("distilbert", "BERT", Bert.PAPER, PIECES, TWO, Bert.DISTILBERT),
          new Model("minilm-l6", "BERT", Bert.PAPER, PIECES, TWO, Bert.MINILM_L6),
          new Model(
              "char-lstm",
              "LSTM",
              LstmLanguageModel.PAPER,
              CHARACTERS,
              NEXT,
              LstmLanguageModel.CHARACTERS),
          new Model("gpt-nano", "GPT", Gpt.PAPER, new TextInput(64, 96), NEXT, Gpt.NANO),
          new Model("char-gpt", "GPT", Gpt.PAPER, new TextInput(128, 96), NEXT, Gpt.CHARACTERS),
          new Model("gpt-mini", "GPT", Gpt.PAPER, CHARACTERS, NEXT, Gpt.MINI),
          new Model(
              "gpt2",
              "GPT",
              Gpt.PAPER,
              new TextInput(1024, 50_257),
              Head.classes(50_257),
              Gpt.SMALL));

  private ModelCatalog() {}

  /** Every model, in the order of the list. */
  public static List<Model> models() {
    return MODELS;
  }

  /** The model of that name. */
  public static Optional<Model> find(String name) {
    return MODELS.stream().filter(model -> model.name().equals(name)).findFirst();
  }
}
