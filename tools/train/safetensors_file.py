"""Writes float32 tensors in the safetensors format: eight bytes of the header's length, a JSON header, the values."""

import json
import struct
from pathlib import Path

from torch import Tensor


def write_safetensors(path: Path, tensors: dict[str, Tensor]) -> None:
    header, chunks, at = {}, [], 0
    for name, tensor in tensors.items():
        data = tensor.detach().cpu().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(data)]}
        chunks.append(data)
        at += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))
