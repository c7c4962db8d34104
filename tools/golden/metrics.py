"""The figures of OtherMetricsTest, by scikit-learn and SciPy."""

import numpy as np
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import (
    accuracy_score,
    f1_score,
    jaccard_score,
    log_loss,
    mean_absolute_error,
    mean_squared_error,
    r2_score,
    roc_auc_score,
)

outputs, targets = np.array([0.5, -1, 2]), np.array([0.25, -1.5, 1])
print("rmse", 10 * mean_squared_error(targets, outputs) ** 0.5)
print("mae", 10 * mean_absolute_error(targets, outputs))
print("r2", r2_score(targets, outputs), "loss", mean_squared_error(targets, outputs))

logits = np.array([[2, -1, 0.5], [-3, 1, -0.25], [1, -1, -1]])
wanted = np.array([[1, 0, 0], [0, 1, 1], [1, 0, 0]])
said = logits > 0
print("accuracy", accuracy_score(wanted, said))
print("microF1", f1_score(wanted, said, average="micro"), "macroF1", f1_score(wanted, said, average="macro", zero_division=0))
print("loss", np.mean(np.logaddexp(0, logits) - wanted * logits))

rows, tokens = np.array([[0, 1], [2, 0]]), [1, 1]
losses = [np.logaddexp(*row) - row[token] for row, token in zip(rows, tokens)]
print("losses", losses, "perplexity", np.exp(np.mean(losses)))

rows = np.array([[2, 0, 1], [0, 0.5, 0], [1, 0, 0.5], [0, 3, 0], [0, 2, 1], [1, 1.5, 0]])
labels, said = np.array([0, 1, 2, 1, 1, 0]), rows.argmax(1)
print("meanIoU", jaccard_score(labels, said, average="macro"), "dice", f1_score(labels, said, average="macro"))
print("accuracy", accuracy_score(labels, said), "loss", log_loss(labels, np.exp(rows) / np.exp(rows).sum(1, keepdims=True)))

print("auc", roc_auc_score([1, 0, 0, 0, 1, 0], [0.5, 0.25, 0.5, 3, 4, 1e-3]))

cosines, wanted = np.array([0.5, 0.75, -0.25, 0.5, 0.0]), np.array([0.25, 1, -1, 0.5, 0.25])
print("spearman", spearmanr(cosines, wanted)[0], "pearson", pearsonr(cosines, wanted)[0])
print("loss", mean_squared_error(wanted, cosines))

first = np.array([[1, 0], [0, 1], [0.6, 0.8], [1, 0]])
second = np.array([[0.8, 0.6], [0.6, 0.8], [0, 1], [0, 1]])
scores = first @ second.T
own = np.diag(scores)[:, None]
ahead, equal = (scores > own).sum(1), (scores == own).sum(1) - 1
print("mrr", np.mean(1 / (1 + ahead + equal / 2)), "recallAt1", np.mean((ahead == 0) / (1 + equal)))
print("loss", np.mean(np.log(np.exp(20 * (scores - own)).sum(1))))
