"""Trains networks in PyTorch from weights and pictures that lie in a file, and prints their losses, step by step, as JSON.

The file has the networks (a graph and its weights by name each), the pictures and answers of each step, and how to train:
`npm run losses` writes it, and holds the losses against those of src/lib/training.
"""

import json
import sys

import torch
from torch.nn import functional as F

from graph import Network


def main() -> None:
    with open(sys.argv[1]) as file:
        given = json.load(file)
    recipe = given["recipe"]
    steps = [
        (torch.tensor(step["values"]).view(recipe["batch"], *given["shape"]).permute(0, 3, 1, 2), torch.tensor(step["labels"]))
        for step in given["steps"]
    ]
    losses = {}
    for name, network in given["networks"].items():
        model = Network(network["graph"])
        state = {key: torch.tensor(value["values"]).view(value["shape"]) for key, value in network["weights"].items()}
        for key, own in model.named_weights().items():
            with torch.no_grad():
                value = state[key]
                # Ours are [kh, kw, in, out] and [in, out]; PyTorch's are [out, in, kh, kw] and [out, in].
                own.copy_(value.permute(3, 2, 0, 1) if value.dim() == 4 else value.T if value.dim() == 2 else value)
        optimizer = torch.optim.SGD(model.parameters(), lr=recipe["rate"], momentum=recipe["momentum"])
        losses[name] = []
        for pictures, labels in steps:
            loss = F.binary_cross_entropy_with_logits(model(pictures).flatten(), labels.float())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses[name].append(loss.item())
    json.dump({"torch": torch.__version__, "losses": losses}, sys.stdout)


if __name__ == "__main__":
    main()
