"""CIFAR-10 from a folder of JPEGs, `train/<class>/NNNN.jpg` and `test/<class>/NNNN.jpg`."""

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

#: Mean and deviation of the training pictures' channels, of values from 0 to 255.
MEAN = (125.3, 123.0, 113.9)
DEVIATION = (63.0, 62.1, 66.7)
SIZE = 32


def read_split(folder: Path, split: str, cache: Path) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Pictures as uint8 [n, 32, 32, 3], class indices, and the classes by index; decoded once and kept in `cache`."""
    classes = sorted(path.name for path in (folder / split).iterdir() if path.is_dir())
    kept = cache / f"{split}.npz"
    if not kept.exists():
        files = [(path, i) for i, name in enumerate(classes) for path in sorted((folder / split / name).glob("*.jpg"))]
        pictures = np.stack([np.asarray(Image.open(path).convert("RGB")) for path, _ in files])
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(kept, pictures=pictures, labels=np.array([i for _, i in files]))
    data = np.load(kept)
    return data["pictures"], data["labels"], classes


def normalized(pictures: np.ndarray) -> Tensor:
    """What the network reads, [n, 3, 32, 32] in the layout `channels_last`."""
    scaled = (pictures.astype(np.float32) - np.float32(MEAN)) / np.float32(DEVIATION)
    return torch.from_numpy(scaled).permute(0, 3, 1, 2)


class Batches:
    """Training pictures in random order, each a square cut at random from the picture with a mirrored border of `shift` pixels,
    and mirrored half of the time."""

    def __init__(self, pictures: np.ndarray, labels: np.ndarray, size: int, shift: int = 4):
        sides = ((0, 0), (shift, shift), (shift, shift), (0, 0))
        self.padded = np.pad(pictures, sides, mode="reflect")
        self.labels, self.size, self.shift = labels, size, shift

    def epoch(self, random: np.random.Generator, side: int = SIZE):
        """Squares of `side` pixels: smaller ones cost less, and a network that ends in a global average takes any."""
        order = random.permutation(len(self.labels))
        for start in range(0, len(order) - self.size + 1, self.size):
            chosen = order[start : start + self.size]
            y, x = random.integers(0, SIZE + 2 * self.shift - side + 1, (2, self.size))
            rows = (y[:, None] + np.arange(side))[:, :, None]
            columns = x[:, None] + np.arange(side)
            mirrored = random.random(self.size) < 0.5
            columns = np.where(mirrored[:, None], columns[:, ::-1], columns)[:, None, :]
            pictures = self.padded[chosen[:, None, None], rows, columns]
            yield normalized(pictures), torch.from_numpy(self.labels[chosen])
