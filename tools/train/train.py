"""Trains a network's graph on CIFAR-10 and writes its weights as safetensors, with what was reached.

    python train.py --graph graph.json --data cifar10 --out runs/cifar10-mobilenet --steady 20 --falling 10

The rate rises for half an epoch, is steady, then falls to nothing. What the steady part ends with is kept, so that a later run
with a longer steady part goes on from there; a run that broke off goes on from its last epoch.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

import fast
from data import SIZE, Batches, normalized, read_split
from graph import Network
from safetensors_file import write_safetensors
from tfjs_file import read_tfjs


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, required=True, help="what `npm run -s cost -- NETWORK --as-graph` prints")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and test/")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and results")
    parser.add_argument("--pictures", type=Path, help="where decoded pictures are kept; beside --out if not said")
    parser.add_argument("--start", type=Path, help="folder of weights in TensorFlow.js's format to begin with; random ones if not said")
    parser.add_argument("--steady", type=int, default=20, help="epochs before the rate falls")
    parser.add_argument("--falling", type=int, default=10, help="epochs over which it falls")
    parser.add_argument("--crop", type=int, default=24, help="side of the parts of pictures in the first epochs; 32 after them")
    parser.add_argument("--cropped", type=int, default=16, help="how many epochs these are")
    parser.add_argument("--rate", type=float, default=0.05)
    parser.add_argument("--decay", type=float, default=5e-4, help="weight decay, of kernels only")
    parser.add_argument("--smoothing", type=float, default=0.1, help="label smoothing")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def rate_at(progress: float, given: argparse.Namespace) -> float:
    """The learning rate after `progress` epochs."""
    rising = min(1.0, 2 * progress)
    falling = min(1.0, (given.steady + given.falling - progress) / max(1, given.falling))
    return given.rate * max(1e-4, min(rising, falling))


@torch.no_grad()
def accuracy(net: nn.Module, pictures: np.ndarray, labels: np.ndarray) -> float:
    net.eval()
    right = 0
    for start in range(0, len(labels), 250):
        logits = net(normalized(pictures[start : start + 250]))
        right += int((logits.argmax(1).numpy() == labels[start : start + 250]).sum())
    net.train()
    return right / len(labels)


@torch.no_grad()
def begin_with(net: Network, weights: dict[str, torch.Tensor]) -> None:
    for name, value in net.named_weights().items():
        if name not in weights or weights[name].shape != value.shape:
            raise ValueError(f"{name}: the weights to begin with have {weights.get(name, torch.empty(0)).shape}, not {value.shape}")
        value.copy_(weights[name])


class Run:
    """A network in training, with all that a later session needs to go on."""

    def __init__(self, given: argparse.Namespace):
        torch.set_num_threads(given.threads)
        torch.manual_seed(given.seed)
        self.given = given
        self.graph = json.loads(given.graph.read_text())
        self.net = Network(self.graph).to(memory_format=torch.channels_last)
        if given.start:
            begin_with(self.net, read_tfjs(given.start))
        kernels = [value for value in self.net.parameters() if value.dim() > 1]
        others = [value for value in self.net.parameters() if value.dim() <= 1]
        groups = [{"params": kernels, "weight_decay": given.decay}, {"params": others, "weight_decay": 0.0}]
        self.optimizer = torch.optim.SGD(groups, lr=0.0, momentum=0.9, nesterov=True)
        self.epoch = 0
        self.seconds = 0.0
        self.log: list[dict[str, float]] = []

    def path(self, name: str) -> Path:
        return self.given.out / name

    def save(self, name: str) -> None:
        state = {
            "net": self.net.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "seconds": self.seconds,
            "log": self.log,
        }
        torch.save(state, self.path(f"{name}.part"))
        self.path(f"{name}.part").replace(self.path(name))

    def resume(self) -> None:
        """Goes on from the last epoch, or from the end of a steady part where this run's is longer than that was."""
        last, steady = (self.load(name) for name in ("last.pt", "steady.pt"))
        fitting = [state for state in (last, steady) if state and state["epoch"] <= self.given.steady]
        is_falling = last and self.given.steady < last["epoch"] and steady and steady["epoch"] == self.given.steady
        state = last if is_falling else max(fitting, key=lambda state: state["epoch"], default=None)
        if state is None:
            return
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.seconds, self.log = state["epoch"], state["seconds"], state["log"]
        print(f"goes on after epoch {self.epoch}", flush=True)

    def load(self, name: str):
        return torch.load(self.path(name), weights_only=True) if self.path(name).exists() else None

    def train_epoch(self, batches: Batches) -> float:
        side = self.given.crop if self.epoch < self.given.cropped else SIZE
        # Seeded by the epoch, so that a run that broke off sees what it would have seen.
        random = np.random.default_rng((self.given.seed, self.epoch))
        torch.manual_seed(self.given.seed * 1000 + self.epoch)
        loss_of = nn.CrossEntropyLoss(label_smoothing=self.given.smoothing)
        steps = len(batches.labels) // self.given.batch
        total = 0.0
        for step, (pictures, labels) in enumerate(batches.epoch(random, side)):
            for group in self.optimizer.param_groups:
                group["lr"] = rate_at(self.epoch + step / steps, self.given)
            self.optimizer.zero_grad()
            loss = loss_of(self.net(pictures), labels)
            loss.backward()
            self.optimizer.step()
            total += loss.item()
        return total / steps

    def train(self) -> None:
        given = self.given
        cache = given.pictures or given.out.parent / "pictures"
        pictures, labels, _ = read_split(given.data, "train", cache)
        tested, truth, classes = read_split(given.data, "test", cache)
        batches = Batches(pictures, labels, given.batch)
        epochs = given.steady + given.falling
        self.resume()
        while self.epoch < epochs:
            started = time.time()
            loss = self.train_epoch(batches)
            self.epoch += 1
            self.seconds += time.time() - started
            is_test = self.epoch % 5 == 0 or self.epoch == epochs
            row = {"epoch": self.epoch, "loss": round(loss, 4), "seconds": round(time.time() - started, 1)}
            self.log.append(row | ({"accuracy": accuracy(self.net, tested, truth)} if is_test else {}))
            print(json.dumps(self.log[-1]), flush=True)
            self.save("last.pt")
            if self.epoch == given.steady:
                self.save("steady.pt")
        self.finish(classes, tested, truth)

    def finish(self, classes: list[str], pictures: np.ndarray, labels: np.ndarray) -> None:
        """Rounds the weights to float16, as the site serves them, and says what they reach so."""
        weights = self.net.named_weights()
        for value in weights.values():
            value.copy_(value.half().float())
        reached = accuracy(self.net, pictures, labels)
        write_safetensors(self.path("weights.safetensors"), weights)
        self.write_golden(pictures, labels)
        given = self.given
        result = {
            "data": "CIFAR-10, JPEG copies",
            "accuracy": reached,
            "classes": classes,
            "epochs": given.steady + given.falling,
            "steadyEpochs": given.steady,
            "crop": given.crop,
            "croppedEpochs": given.cropped,
            "rate": given.rate,
            "weightDecay": given.decay,
            "labelSmoothing": given.smoothing,
            "batch": given.batch,
            "seed": given.seed,
            "minutes": round(self.seconds / 60, 1),
            "threads": given.threads,
            "torch": torch.__version__,
            "fastOperators": fast.available,
            "log": self.log,
        }
        self.path("result.json").write_text(json.dumps(result, indent="\t") + "\n")
        print(f"accuracy {reached:.4f}")

    @torch.no_grad()
    def write_golden(self, pictures: np.ndarray, labels: np.ndarray) -> None:
        """Logits of the first ten test pictures of each class, in order, for whoever runs the same weights elsewhere."""
        chosen = [int(i) for label in range(labels.max() + 1) for i in np.flatnonzero(labels == label)[:10]]
        self.net.eval()
        logits = self.net(normalized(pictures[chosen])).tolist()
        rows = [[round(value, 5) for value in row] for row in logits]
        self.path("golden.json").write_text(json.dumps(rows) + "\n")


if __name__ == "__main__":
    given = options()
    given.out.mkdir(parents=True, exist_ok=True)
    Run(given).train()
