#!/usr/bin/python3
"""Trains the two digit classifiers on MNIST and exports them to ONNX.

    /usr/bin/python3 models/train_mnist.py models/data            # both models
    /usr/bin/python3 models/train_mnist.py models/data --only mlp

Needs PyTorch and onnx (Debian: python3-torch, python3-onnx) and the four IDX files (`npm run data`, see README.md). Installs nothing.
Writes lenet5.onnx and mlp.onnx beside this script and prints the accuracy on the 10,000 test digits, which training never looks at.
The seed fixes the result on one machine and one PyTorch build; another build may round differently.
"""

import argparse
import math
import time
from pathlib import Path

import onnx
import torch
from torch import nn
from torch.nn import functional as F

import mnist_idx

SEED = 20
THREADS = 2
BATCH = 128


class LeNet5(nn.Module):
    """(batch, 1, 28, 28) pixels in [0, 1] to (batch, 10) logits: 61,706 parameters, 416,520 multiply-accumulates an image."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, image):
        x = F.max_pool2d(F.relu(self.conv1(image)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


class Mlp(nn.Module):
    """(batch, 1, 28, 28) pixels in [0, 1] to (batch, 10) logits through 128 hidden units: 101,770 parameters."""

    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, image):
        return self.fc2(F.relu(self.fc1(torch.flatten(image, 1))))


def to_tensor(images):
    """(n, 28, 28) bytes to (n, 1, 28, 28) floats in [0, 1], the input of every model here."""
    return torch.from_numpy(images.copy()).unsqueeze(1).float() / 255


def jitter(images, generator):
    """Each image turned by up to 10 degrees, scaled by up to 10 % and moved by up to 2 pixels."""
    n = images.shape[0]

    def uniform(limit):
        return (torch.rand(n, generator=generator) * 2 - 1) * limit

    angle, scale = uniform(math.radians(10)), 1 + uniform(0.1)
    rows = torch.stack([
        torch.stack([torch.cos(angle) * scale, -torch.sin(angle) * scale, uniform(2 / 14)], 1),
        torch.stack([torch.sin(angle) * scale, torch.cos(angle) * scale, uniform(2 / 14)], 1),
    ], 1)
    grid = F.affine_grid(rows, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, align_corners=False)


def train(model, images, labels, epochs, peak_rate):
    """AdamW under a one-cycle learning rate; the last epoch's weights are the result (no choosing by the test digits)."""
    generator = torch.Generator().manual_seed(SEED)
    optimizer = torch.optim.AdamW(model.parameters(), lr=peak_rate, weight_decay=0.01)
    steps = math.ceil(len(images) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak_rate, epochs=epochs, steps_per_epoch=steps)
    for epoch in range(epochs):
        start, total = time.time(), 0.0
        for chosen in torch.randperm(len(images), generator=generator).split(BATCH):
            loss = F.cross_entropy(model(jitter(images[chosen], generator)), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(chosen)
        print(f"  epoch {epoch + 1}/{epochs}: loss {total / len(images):.4f}, {time.time() - start:.1f} s", flush=True)


def accuracy(model, images, labels):
    """The share of images whose largest logit is the label's."""
    model.eval()
    with torch.no_grad():
        right = sum((model(x).argmax(1) == y).sum().item() for x, y in zip(images.split(1000), labels.split(1000)))
    return right / len(labels)


def export(model, path):
    """Opset 13, input "image" (batch, 1, 28, 28), output "logits" (batch, 10), batch free."""
    torch.onnx.export(model, torch.zeros(1, 1, 28, 28), str(path), opset_version=13, input_names=["image"],
                      output_names=["logits"], dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})
    onnx.checker.check_model(onnx.load(str(path)))


MODELS = {
    "lenet5": (LeNet5, 16, 4e-3),
    "mlp": (Mlp, 14, 4e-3),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", help="folder of the four MNIST IDX files")
    parser.add_argument("--only", choices=MODELS, help="train one model")
    parser.add_argument("--out", default=Path(__file__).parent, type=Path, help="folder for the .onnx files")
    arguments = parser.parse_args()

    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    train_images, train_labels = mnist_idx.load(arguments.data, "train")
    test_images, test_labels = mnist_idx.load(arguments.data, "t10k")
    for name in [arguments.only] if arguments.only else MODELS:
        build, epochs, peak_rate = MODELS[name]
        torch.manual_seed(SEED)
        model = build()
        print(f"{name}: {sum(p.numel() for p in model.parameters()):,} parameters")
        train(model, to_tensor(train_images), torch.from_numpy(train_labels.copy()).long(), epochs, peak_rate)
        share = accuracy(model, to_tensor(test_images), torch.from_numpy(test_labels.copy()).long())
        export(model, arguments.out / f"{name}.onnx")
        print(f"{name}: {share:.2%} of the {len(test_labels):,} test digits right, written to {arguments.out / (name + '.onnx')}")


if __name__ == "__main__":
    main()
