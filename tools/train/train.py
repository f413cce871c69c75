"""Trains a network's graph on CIFAR-10 and writes its weights as safetensors, with what was reached.

    python train.py --graph graph.json --data cifar10 --out runs/cifar10-mobilenet --epochs 120 --device cuda

A run that broke off goes on from its last epoch.
"""

import argparse
import json
import math
import time
from pathlib import Path

import torch
from torch import Tensor, nn

import fast
from data import Batches, normalized, read_split
from graph import Network
from safetensors_file import write_safetensors


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, required=True, help="what `npm run -s cost -- NETWORK --as-graph` prints")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and test/")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and results")
    parser.add_argument("--pictures", type=Path, help="where decoded pictures are kept; beside --out if not said")
    parser.add_argument("--epochs", type=int, default=120)
    parser.add_argument("--rate", type=float, default=0.1, help="highest learning rate")
    parser.add_argument("--decay", type=float, default=5e-4, help="weight decay, of kernels only")
    parser.add_argument("--smoothing", type=float, default=0.1, help="label smoothing")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="on cuda, products are of bfloat16")
    parser.add_argument("--threads", type=int, default=1, help="of the CPU")
    return parser.parse_args()


def rate_at(progress: float, given: argparse.Namespace) -> float:
    """The learning rate after `progress` epochs: it rises over the first tenth, then falls to nothing along a cosine."""
    done = progress / given.epochs
    return given.rate * max(1e-4, min(10 * done, (1 + math.cos(math.pi * done)) / 2))


@torch.no_grad()
def accuracy(net: nn.Module, pictures: Tensor, labels: Tensor) -> float:
    net.eval()
    chunks = zip(pictures.split(250), labels.split(250))
    right = sum(int((net(normalized(chunk)).argmax(1) == truth).sum()) for chunk, truth in chunks)
    net.train()
    return right / len(labels)


class Step:
    """One step of training. On a GPU it is recorded once and then replayed: to start a small network's operators one by one takes
    longer than to run them."""

    def __init__(self, net: nn.Module, optimizer: torch.optim.Optimizer, given: argparse.Namespace):
        self.net, self.optimizer, self.given = net, optimizer, given
        self.loss_of = nn.CrossEntropyLoss(label_smoothing=given.smoothing)
        self.recorded: torch.cuda.CUDAGraph | None = None

    def run(self, pictures: Tensor, labels: Tensor) -> Tensor:
        self.optimizer.zero_grad()
        # The cache of converted weights would not be renewed when a recorded step is replayed.
        with torch.autocast(self.given.device, torch.bfloat16, enabled=self.given.device == "cuda", cache_enabled=False):
            loss = self.loss_of(self.net(pictures), labels)
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def record(self, pictures: Tensor, labels: Tensor) -> None:
        self.pictures, self.labels = pictures.clone(), labels.clone()
        # What is allocated or chosen at first use must be there before; at a rate of zero this changes no weight.
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                self.run(self.pictures, self.labels)
        torch.cuda.current_stream().wait_stream(stream)
        self.optimizer.zero_grad()
        self.recorded = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.recorded):
            self.loss = self.run(self.pictures, self.labels)

    def __call__(self, pictures: Tensor, labels: Tensor, rate: float) -> Tensor:
        """The mean loss of the batch before the step."""
        if self.given.device == "cpu":
            for group in self.optimizer.param_groups:
                group["lr"] = rate
            return self.run(pictures, labels)
        rates = [group["lr"] for group in self.optimizer.param_groups]
        if self.recorded is None:
            for held in rates:
                held.fill_(0)
            self.record(pictures, labels)
        for held in rates:
            held.fill_(rate)
        self.pictures.copy_(pictures)
        self.labels.copy_(labels)
        self.recorded.replay()
        return self.loss


class Run:
    """A network in training, with all that a later session needs to go on."""

    def __init__(self, given: argparse.Namespace):
        torch.set_num_threads(given.threads)
        torch.manual_seed(given.seed)
        torch.backends.cudnn.allow_tf32 = False
        torch.backends.cudnn.benchmark = True
        if given.device == "cpu":
            fast.compile()
        self.given = given
        self.net = Network(json.loads(given.graph.read_text())).to(given.device, memory_format=torch.channels_last)
        kernels = [value for value in self.net.parameters() if value.dim() > 1]
        others = [value for value in self.net.parameters() if value.dim() <= 1]
        groups = [{"params": kernels, "weight_decay": given.decay}, {"params": others, "weight_decay": 0.0}]
        # A recorded step reads the rate where it stands on the GPU.
        rate, fused = (torch.zeros((), device="cuda"), {"fused": True}) if given.device == "cuda" else (0.0, {})
        self.optimizer = torch.optim.SGD(groups, lr=rate, momentum=0.9, nesterov=True, **fused)
        self.step = Step(self.net, self.optimizer, given)
        self.epoch = 0
        self.seconds = 0.0
        self.log: list[dict[str, float]] = []

    def path(self, name: str) -> Path:
        return self.given.out / name

    def save(self) -> None:
        state = {
            "net": self.net.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "seconds": self.seconds,
            "log": self.log,
        }
        torch.save(state, self.path("last.pt.part"))
        self.path("last.pt.part").replace(self.path("last.pt"))

    def resume(self) -> None:
        if not self.path("last.pt").exists():
            return
        state = torch.load(self.path("last.pt"), weights_only=True, map_location=self.given.device)
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.seconds, self.log = state["epoch"], state["seconds"], state["log"]
        print(f"goes on after epoch {self.epoch}", flush=True)

    def train_epoch(self, batches: Batches) -> float:
        """Mean loss. Seeded by the epoch, so that a run that broke off sees what it would have seen."""
        seed = self.given.seed * 1000 + self.epoch
        torch.manual_seed(seed)
        steps = len(batches)
        total = torch.zeros((), device=self.given.device)
        for step, (pictures, labels) in enumerate(batches.epoch(seed)):
            total += self.step(pictures, labels, rate_at(self.epoch + step / steps, self.given))
        return total.item() / steps

    def train(self) -> None:
        given = self.given
        cache = given.pictures or given.out.parent / "pictures"
        pictures, labels, _ = read_split(given.data, "train", cache)
        batches = Batches(pictures.to(given.device), labels.to(given.device), given.batch)
        tested, truth, classes = read_split(given.data, "test", cache)
        tested, truth = tested.to(given.device), truth.to(given.device)
        self.resume()
        while self.epoch < given.epochs:
            started = time.time()
            loss = self.train_epoch(batches)
            self.epoch += 1
            self.seconds += time.time() - started
            is_test = self.epoch % 5 == 0 or self.epoch == given.epochs
            row = {"epoch": self.epoch, "loss": round(loss, 4), "seconds": round(time.time() - started, 1)}
            self.log.append(row | ({"accuracy": accuracy(self.net, tested, truth)} if is_test else {}))
            print(json.dumps(self.log[-1]), flush=True)
            self.save()
        self.finish(classes, tested, truth)

    def finish(self, classes: list[str], pictures: Tensor, labels: Tensor) -> None:
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
            "epochs": given.epochs,
            "rate": given.rate,
            "weightDecay": given.decay,
            "labelSmoothing": given.smoothing,
            "batch": given.batch,
            "seed": given.seed,
            "minutes": round(self.seconds / 60, 1),
            "device": given.device,
            "torch": torch.__version__,
            "log": self.log,
        }
        self.path("result.json").write_text(json.dumps(result, indent="\t") + "\n")
        print(f"accuracy {reached:.4f}")

    @torch.no_grad()
    def write_golden(self, pictures: Tensor, labels: Tensor) -> None:
        """Logits of the first ten test pictures of each class, in order, for whoever runs the same weights elsewhere."""
        chosen = torch.cat([torch.nonzero(labels == label)[:10, 0] for label in labels.unique()])
        self.net.eval()
        logits = self.net(normalized(pictures[chosen])).tolist()
        rows = [[round(value, 5) for value in row] for row in logits]
        self.path("golden.json").write_text(json.dumps(rows) + "\n")


if __name__ == "__main__":
    given = options()
    given.out.mkdir(parents=True, exist_ok=True)
    Run(given).train()
