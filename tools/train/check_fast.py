"""Checks the fast operators against PyTorch's own in double precision: the same network and batch, forward and gradients."""

import json
import sys

import torch

import fast
from graph import Network


def run(graph: dict, use_fast: bool, kind: torch.dtype = torch.float32) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    fast.available = use_fast
    torch.manual_seed(1)
    net = Network(graph).to(memory_format=torch.channels_last)
    for module in net.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    generator = torch.Generator().manual_seed(2)
    _, height, width, channels = 1, *graph["inputs"][0]["shape"]
    x = torch.randn(16, channels, height, width, generator=generator).to(memory_format=torch.channels_last)
    y = torch.randint(0, 10, (16,), generator=generator)
    net, x = net.to(kind), x.to(kind)
    logits = net(x)
    torch.nn.functional.cross_entropy(logits, y).backward()
    found = {name: value.grad for name, value in net.named_parameters()}
    found |= {name: value for name, value in net.named_buffers() if value.is_floating_point()}
    return logits.detach(), found


def distance(found: dict[str, torch.Tensor], exact: dict[str, torch.Tensor]) -> float:
    """Largest difference; gradients that should be zero are many, so it is over the length of all values together."""
    squares = sum(((found[name] - exact[name]) ** 2).sum() for name in exact)
    return (squares / sum((value**2).sum() for value in exact.values())).sqrt().item()


fast.compile()
assert fast.available, "the fast operators could not be compiled"
graph = sys.stdin.read()
logits, values = run(json.loads(graph), True)
own_logits, own = run(json.loads(graph), False)
exact_logits, exact = run(json.loads(graph), False, torch.float64)
off = distance({"": logits}, {"": exact_logits}), distance(values, exact)
theirs = distance({"": own_logits}, {"": exact_logits}), distance(own, exact)
print(f"off by {off[0]:.1e} (logits) and {off[1]:.1e} (gradients, statistics); PyTorch's by {theirs[0]:.1e} and {theirs[1]:.1e}")
sys.exit(0 if max(off) < max(1e-5, 5 * max(theirs)) else 1)
