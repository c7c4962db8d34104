"""Prints the golden values of ClassificationMetricsTest, calculated by scikit-learn and NumPy.

    pip install numpy scikit-learn && python3 dl-core/src/test/python/metric_golden.py

Logit j of sample i is ((37 i + 59 j + 11 i j) mod 101) / 10 - 5 + j / 100,
its label (3 i + floor(i / 7)) mod 5.
"""

import numpy as np
from sklearn import metrics

SAMPLES, CLASSES = 60, 5
i, j = np.arange(SAMPLES)[:, None], np.arange(CLASSES)
logits = ((37 * i + 59 * j + 11 * i * j) % 101 / 10 - 5 + j / 100).astype(np.float32).astype(np.float64)
labels = ((3 * i + i // 7) % CLASSES).ravel()
probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
predicted = probabilities.argmax(1)

print("loss", metrics.log_loss(labels, probabilities, labels=j))
print("accuracy", metrics.accuracy_score(labels, predicted))
print("top 2", metrics.top_k_accuracy_score(labels, logits, k=2, labels=j))
precision, recall, f1, support = metrics.precision_recall_fscore_support(
    labels, predicted, labels=j, zero_division=0
)
print("precision", precision.tolist(), "recall", recall.tolist(), "f1", f1.tolist(), support.tolist())
print("macro f1", metrics.f1_score(labels, predicted, average="macro", zero_division=0))
print("confusion", metrics.confusion_matrix(labels, predicted, labels=j).tolist())
confidence = np.where(predicted == labels, -1, probabilities.max(1))
for sample in np.argsort(-confidence, kind="stable")[:3]:
    print("mistake", sample, labels[sample], predicted[sample], confidence[sample])
