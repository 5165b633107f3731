#!/usr/bin/python3
"""Trains the liquidation-risk model of the lending guard and exports it to ONNX.

    /usr/bin/python3 models/train_risk.py              # liquidation-risk.onnx, liquidation-risk-calibration.npy; data/risk-test*.npy

Needs NumPy, PyTorch and onnx (Debian: python3-torch, python3-onnx). Installs nothing, downloads nothing: the data come from risk_market.py.
The seeds fix the result on one machine and one PyTorch build; another build may round differently. Training and test paths are independent of each other.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn import functional as F

import risk_market

TRAINING_SEED, TEST_SEED, NETWORK_SEED = 1, 2, 3
TRAINING_PATHS, TEST_PATHS, WEEKS = 6000, 1500, 24
EPOCHS, BATCH, PEAK_RATE = 40, 1024, 4e-3
CALIBRATION = 512
GREATEST = 127


class LiquidationRisk(nn.Module):
    """(n, 8) integers to (n, 1) logits of the probability of liquidation within the horizon: 833 parameters."""

    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 32)
        self.fc2 = nn.Linear(32, 16)
        self.fc3 = nn.Linear(16, 1)

    def forward(self, features):
        x = F.relu(self.fc1(features))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


def draw_margins(count, generator):
    """Half over the margins of loans near the limit, half over all."""
    near = generator.integers(0, 60, count)
    anywhere = generator.integers(0, GREATEST + 1, count)
    return np.where(generator.random(count) < 0.5, near, anywhere)


def dataset(paths, seed):
    """One position for each state of the market."""
    generator = np.random.default_rng(seed)
    features, falls, volatilities, _ = risk_market.states(paths, WEEKS, generator)
    margins = draw_margins(len(falls), generator)
    rows, liquidated = risk_market.with_margins(features, falls, margins)
    return rows, liquidated, features, falls, volatilities


def train(features, falls):
    """Every epoch draws new margins. A larger margin must not show a larger risk: what does is penalized."""
    torch.manual_seed(NETWORK_SEED)
    model = LiquidationRisk()
    generator = np.random.default_rng(NETWORK_SEED)
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, weight_decay=1e-4)
    steps = -(-len(falls) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, epochs=EPOCHS, steps_per_epoch=steps)
    for epoch in range(EPOCHS):
        start, total = time.time(), 0.0
        rows, liquidated = risk_market.with_margins(features, falls, draw_margins(len(falls), generator))
        inputs = torch.from_numpy(rows.astype(np.float32)) / GREATEST
        targets = torch.from_numpy(liquidated.astype(np.float32))[:, None]
        for chosen in torch.from_numpy(generator.permutation(len(falls))).split(BATCH):
            x = inputs[chosen]
            logits = model(x)
            safer = torch.cat([x[:, :7], torch.clamp(x[:, 7:] + torch.rand(len(x), 1) * 0.1, max=1)], 1)
            loss = F.binary_cross_entropy_with_logits(logits, targets[chosen])
            penalty = F.relu(model(safer) - logits).mean()
            optimizer.zero_grad()
            (loss + penalty).backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(chosen)
        if epoch % 5 == 4:
            print(f"  epoch {epoch + 1}/{EPOCHS}: loss {total / len(falls):.4f}, {time.time() - start:.1f} s", flush=True)
    with torch.no_grad():
        model.fc1.weight /= GREATEST
    return model


def export(model, path):
    """Opset 13, input "position" (batch, 8) of integers from -127 to 127, output "logit" (batch, 1), batch free."""
    torch.onnx.export(model, torch.zeros(1, 8), str(path), opset_version=13, input_names=["position"],
                      output_names=["logit"], dynamic_axes={"position": {0: "batch"}, "logit": {0: "batch"}})
    onnx.checker.check_model(onnx.load(str(path)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default=Path(__file__).parent, type=Path, help="folder for model and calibration sample")
    parser.add_argument("--test-out", default=Path(__file__).parent / "data", type=Path, help="folder for the test positions")
    arguments = parser.parse_args()

    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    rows, liquidated, features, falls, _ = dataset(TRAINING_PATHS, TRAINING_SEED)
    print(f"{len(falls):,} states of the market on {TRAINING_PATHS:,} paths; {liquidated.mean():.1%} of the positions are liquidated within {risk_market.HORIZON} hours")
    model = train(features, falls)
    export(model, arguments.out / "liquidation-risk.onnx")
    np.save(arguments.out / "liquidation-risk-calibration.npy", rows[:: len(rows) // CALIBRATION][:CALIBRATION])

    rows, liquidated, _, _, volatilities = dataset(TEST_PATHS, TEST_SEED)
    arguments.test_out.mkdir(parents=True, exist_ok=True)
    np.save(arguments.test_out / "risk-test.npy", rows)
    np.save(arguments.test_out / "risk-test-liquidated.npy", liquidated.astype(np.uint8))
    np.save(arguments.test_out / "risk-test-volatility.npy", volatilities)
    print(f"{len(rows):,} positions on {TEST_PATHS:,} other paths for the test, in {arguments.test_out}")


if __name__ == "__main__":
    main()
