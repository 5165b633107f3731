"""Reads and writes MNIST's IDX files: big-endian header (2 zero bytes, type 8 = unsigned byte, rank, then each dimension), then the bytes."""

import gzip
import struct
from pathlib import Path

import numpy as np


def read(path):
    """The array of unsigned bytes in the IDX file at `path`; a name ending in .gz is decompressed."""
    data = Path(path).read_bytes()
    if str(path).endswith(".gz"):
        data = gzip.decompress(data)
    zeros, kind, rank = struct.unpack(">HBB", data[:4])
    if zeros != 0 or kind != 8:
        raise ValueError(f"{path}: not an IDX file of unsigned bytes")
    shape = struct.unpack(f">{rank}I", data[4:4 + 4 * rank])
    values = np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * rank)
    return values.reshape(shape)


def write_gz(path, values):
    """Writes unsigned bytes as a compressed IDX file whose bytes depend on the values alone (no time, no name in the gzip header)."""
    header = struct.pack(">HBB", 0, 8, values.ndim) + struct.pack(f">{values.ndim}I", *values.shape)
    packed = gzip.compress(header + values.astype(np.uint8).tobytes(), compresslevel=9, mtime=0)
    Path(path).write_bytes(packed)


def load(folder, part):
    """Images (n, 28, 28) and labels (n) of `part`, "train" or "t10k", as unsigned bytes."""
    folder = Path(folder)
    return read(folder / f"{part}-images-idx3-ubyte"), read(folder / f"{part}-labels-idx1-ubyte")
