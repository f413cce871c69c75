"""Reads weights in TensorFlow.js's format, as the site serves them, under the names that `Network.named_weights` gives."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

#: What Keras calls the weights of a layer, and what PyTorch does.
NAMES = {
    "kernel": "weight",
    "depthwise_kernel": "weight",
    "gamma": "weight",
    "beta": "bias",
    "bias": "bias",
    "moving_mean": "running_mean",
    "moving_variance": "running_var",
}


def read_tfjs(folder: Path) -> dict[str, Tensor]:
    """Tensors in PyTorch's order of axes, float32. Only float32 and float16 are read: what the trainer's weights are stored as."""
    tensors = {}
    for group in json.loads((folder / "model.json").read_text())["weightsManifest"]:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        at = 0
        for entry in group["weights"]:
            kind = np.dtype(entry.get("quantization", {}).get("dtype", entry["dtype"]))
            count = int(np.prod(entry["shape"]))
            values = np.frombuffer(data, kind, count, at).reshape(entry["shape"]).astype(np.float32)
            at += count * kind.itemsize
            layer, name = entry["name"].rsplit("/", 1)
            tensors[f"{layer.replace('/', '.')}.{NAMES[name]}"] = torch.from_numpy(in_torch_order(values, name))
    return tensors


def in_torch_order(values: np.ndarray, name: str) -> np.ndarray:
    if name == "depthwise_kernel":
        # [height, width, channels, multiplier] to [channels · multiplier, 1, height, width].
        height, width, channels, multiplier = values.shape
        return np.ascontiguousarray(values.reshape(height, width, channels * multiplier, 1).transpose(2, 3, 0, 1))
    if name == "kernel":
        return np.ascontiguousarray(values.transpose(3, 2, 0, 1) if values.ndim == 4 else values.T)
    return values.copy()
