"""What every maker of zoo models hands over, and the random numbers they share."""

from dataclasses import dataclass, field

import numpy as np

SAMPLES = 8


@dataclass
class ZooModel:
    """One model with its inputs; the expected outputs are added by make_zoo.py."""

    name: str
    source: str  # the exporter whose habits the file shows
    features: list
    onnx: bytes
    samples: np.ndarray  # (SAMPLES, shape of one sample)
    required: bool = True  # False: a clear refusal is as good as the right output
    quantized: bool = False
    torch_output: np.ndarray = field(default=None, repr=False)  # a second opinion on the expected output


def signed(seed, *shape):
    """Normally distributed samples on a grid of 1/16: they compress well and every float format holds them exactly."""
    values = np.random.default_rng(seed).normal(size=(SAMPLES, *shape))
    return (np.rint(np.clip(values, -3, 3) * 16) / 16).astype(np.float32)


def pixels(seed, *shape):
    """Samples in [0, 1] on a grid of 1/32."""
    values = np.random.default_rng(seed).beta(0.6, 0.9, size=(SAMPLES, *shape))
    return (np.rint(values * 32) / 32).astype(np.float32)
