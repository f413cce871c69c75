"""CIFAR-10 from a folder of JPEGs, `train/<class>/NNNN.jpg` and `test/<class>/NNNN.jpg`."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional as F

#: Mean and deviation of the training pictures' channels, of values from 0 to 255.
MEAN = (125.3, 123.0, 113.9)
DEVIATION = (63.0, 62.1, 66.7)
SIZE = 32


def read_split(folder: Path, split: str, kept_in: Path) -> tuple[Tensor, Tensor, list[str]]:
    """Pictures as uint8 [n, 32, 32, 3], class indices, and the classes by index; decoded once and kept in `kept_in`."""
    classes = sorted(path.name for path in (folder / split).iterdir() if path.is_dir())
    kept = kept_in / f"{split}.npz"
    if not kept.exists():
        files = [(path, i) for i, name in enumerate(classes) for path in sorted((folder / split / name).glob("*.jpg"))]
        pictures = np.stack([np.asarray(Image.open(path).convert("RGB")) for path, _ in files])
        kept_in.mkdir(parents=True, exist_ok=True)
        np.savez(kept, pictures=pictures, labels=np.array([i for _, i in files]))
    data = np.load(kept)
    return torch.from_numpy(data["pictures"]), torch.from_numpy(data["labels"]), classes


@cache
def scale(device: torch.device) -> tuple[Tensor, Tensor]:
    return torch.tensor(MEAN, device=device), torch.tensor(DEVIATION, device=device)


def normalized(pictures: Tensor) -> Tensor:
    """What the network reads, [n, 3, 32, 32] in the layout `channels_last`."""
    mean, deviation = scale(pictures.device)
    return ((pictures.float() - mean) / deviation).permute(0, 3, 1, 2)


class Batches:
    """Training pictures in random order, each shifted at random by up to `shift` pixels, with its mirrored border, and mirrored
    half of the time. What does not fill a batch is left out."""

    def __init__(self, pictures: Tensor, labels: Tensor, size: int, shift: int = 4):
        planes = F.pad(pictures.permute(0, 3, 1, 2).float(), (shift,) * 4, mode="reflect")
        self.padded = planes.to(torch.uint8).permute(0, 2, 3, 1).contiguous()
        self.labels, self.size, self.shift = labels, size, shift

    def __len__(self) -> int:
        return len(self.labels) // self.size

    def epoch(self, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
        device, count = self.labels.device, len(self.labels)
        random = torch.Generator(device).manual_seed(seed)
        order = torch.randperm(count, generator=random, device=device)
        starts = torch.randint(2 * self.shift + 1, (2, count, 1), generator=random, device=device)
        mirrored = torch.rand((count, 1), generator=random, device=device) < 0.5
        rows, columns = starts + torch.arange(SIZE, device=device)
        columns = torch.where(mirrored, columns.flip(1), columns)
        for start in range(0, len(self) * self.size, self.size):
            part = slice(start, start + self.size)
            chosen = order[part]
            pictures = self.padded[chosen[:, None, None], rows[part, :, None], columns[part, None, :]]
            yield normalized(pictures), self.labels[chosen]
