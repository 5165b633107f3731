#!/usr/bin/python3
"""Cuts the two small samples that the project carries out of MNIST, with original pixels, as compressed IDX files:

    /usr/bin/python3 models/make_samples.py models/data

mnist-test-*: the first 256 test digits. mnist-calibration-*: the first 256 training digits.
"""

import sys
from pathlib import Path

import mnist_idx

COUNT = 256

here = Path(__file__).parent
for part, name in [("t10k", "mnist-test"), ("train", "mnist-calibration")]:
    images, labels = mnist_idx.load(sys.argv[1], part)
    mnist_idx.write_gz(here / f"{name}-images-idx3-ubyte.gz", images[:COUNT])
    mnist_idx.write_gz(here / f"{name}-labels-idx1-ubyte.gz", labels[:COUNT])
