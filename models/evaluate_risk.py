#!/usr/bin/python3
"""Measures the liquidation-risk model on the test positions that train_risk.py wrote, next to two baselines.

    /usr/bin/python3 models/evaluate_risk.py                            # the float model
    vml quantize models/liquidation-risk.onnx --calibration models/liquidation-risk-calibration.npy --input-maximum 127
    vml run liquidation-risk.vml --input models/data/risk-test.npy --json > outputs.json
    /usr/bin/python3 models/evaluate_risk.py --quantized outputs.json   # and the integers that are proven
    /usr/bin/python3 models/evaluate_risk.py --positions monotony.npy   # positions whose margins grow, for vml run
    /usr/bin/python3 models/evaluate_risk.py --monotony outputs.json    # whether a larger margin ever shows a larger risk

Needs NumPy, onnx, scikit-learn (Debian: python3-onnx, python3-sklearn).
"""

import argparse
import json
from math import erfc
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

import risk_market

FOLDER = Path(__file__).parent
STATES, MARGINS = 400, 128


def float_logits(path, rows):
    """Three Gemm layers with Relu between them, in float64: an executor of its own."""
    tensors = {t.name: numpy_helper.to_array(t).astype(np.float64) for t in onnx.load(str(path)).graph.initializer}
    x = rows.astype(np.float64)
    for layer in (1, 2, 3):
        x = x @ tensors[f"fc{layer}.weight"].T + tensors[f"fc{layer}.bias"]
        x = np.maximum(x, 0) if layer < 3 else x
    return x[:, 0]


def quantized_logits(path):
    """What `vml run --json` printed."""
    return np.array([sample["values"][0] for sample in json.load(open(path))["outputs"]])


def probability(logits):
    return 1 / (1 + np.exp(-logits))


def closed_form(rows, volatilities):
    """Chance that a driftless Brownian motion of last week's volatility falls below the limit: 2 Phi(-d) by reflection."""
    distance = -np.log1p(-rows[:, 7] * risk_market.MARGIN_STEP)
    return np.array([erfc(d / (v * np.sqrt(2 * risk_market.HORIZON))) for d, v in zip(distance, volatilities)])


def logistic(rows, liquidated):
    """A logistic regression of the features as they are, fitted on the even paths' half of the test positions and judged, as all others, on the rest."""
    half = np.arange(len(rows)) % 2 == 0
    return LogisticRegression(max_iter=2000).fit(rows[half] / 127, liquidated[half]).predict_proba(rows / 127)[:, 1]


def report(name, p, liquidated):
    """Discrimination, distance, and calibration in ten groups of equal size by predicted probability."""
    q = np.clip(p, 1e-9, 1 - 1e-9)
    groups = np.array_split(np.argsort(p), 10)
    gaps = [abs(p[g].mean() - liquidated[g].mean()) for g in groups]
    loss = -np.mean(np.where(liquidated, np.log(q), np.log(1 - q)))
    print(f"{name:34} AUC {roc_auc_score(liquidated, p):.4f}  Brier {np.mean((p - liquidated) ** 2):.4f}  log loss {loss:.4f}"
          f"  calibration: mean gap {np.mean(gaps):.4f}, worst {np.max(gaps):.4f}")
    return groups


def decisions(name, p, liquidated):
    """What a lender who refuses above a probability would have seen."""
    for limit in (0.02, 0.05, 0.10):
        granted = p <= limit
        print(f"{name:34} risk up to {limit:.0%}: {granted.mean():.1%} granted, of which {liquidated[granted].mean():.2%} are liquidated; "
              f"of those refused {liquidated[~granted].mean():.1%}")


def monotony_positions():
    """Each of some test states of the market with all margins from 0 to 127."""
    rows = np.load(FOLDER / "data" / "risk-test.npy")
    chosen = rows[:: len(rows) // STATES][:STATES, :7]
    return np.concatenate([np.repeat(chosen, MARGINS, 0), np.tile(np.arange(MARGINS, dtype=np.int8), len(chosen))[:, None]], 1)


def monotony(name, logits):
    """The greatest rise of the logit over any wider margin."""
    table = logits.reshape(STATES, MARGINS)
    rise = np.maximum.accumulate(table[:, ::-1], axis=1)[:, ::-1] - table
    at = np.unravel_index(rise.argmax(), rise.shape)
    print(f"{name:34} greatest rise of the logit as the margin grows: {rise.max():.4f}, at a probability of {probability(table[at]):.5f}; "
          f"where that is above 1 %: {np.where(probability(table) > 0.01, rise, 0).max():.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quantized", help="outputs of `vml run` for the test positions")
    parser.add_argument("--positions", help="writes the positions for --monotony")
    parser.add_argument("--monotony", help="outputs of `vml run` for those positions")
    arguments = parser.parse_args()
    model = FOLDER / "liquidation-risk.onnx"
    if arguments.positions:
        np.save(arguments.positions, monotony_positions())
        return
    if arguments.monotony:
        monotony("float model", float_logits(model, monotony_positions()))
        monotony("quantized model", quantized_logits(arguments.monotony))
        return

    rows = np.load(FOLDER / "data" / "risk-test.npy")
    liquidated = np.load(FOLDER / "data" / "risk-test-liquidated.npy").astype(bool)
    volatilities = np.load(FOLDER / "data" / "risk-test-volatility.npy")
    judged = np.arange(len(rows)) % 2 == 1
    models = {"volatility in closed form": closed_form(rows, volatilities), "logistic regression": logistic(rows, liquidated)}
    models["float model"] = probability(float_logits(model, rows))
    if arguments.quantized:
        models["quantized model"] = probability(quantized_logits(arguments.quantized))
    print(f"{judged.sum():,} positions, {liquidated[judged].mean():.2%} liquidated within {risk_market.HORIZON} hours")
    for name, p in models.items():
        groups = report(name, p[judged], liquidated[judged])
    for name, p in models.items():
        decisions(name, p[judged], liquidated[judged])
    last = list(models)[-1]
    print(f"{last} in ten groups, predicted and seen: " + ", ".join(f"{models[last][judged][g].mean():.4f} {liquidated[judged][g].mean():.4f}" for g in groups))
    if arguments.quantized:
        error = np.abs(models["quantized model"] - models["float model"])
        print(f"quantization moves the probability by {error.mean():.4f} on average, {error.max():.4f} at most")


if __name__ == "__main__":
    main()
