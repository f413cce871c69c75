"""A network's graph, as `npm run -s cost -- NETWORK --as-graph` prints it, as a PyTorch module.

The network is written down once, in src/lib/nets; nothing of it is repeated here. Tensors are [batch, channels, height, width].
"""

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import fast


def pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else tuple(value)


def same_padding(size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    """TensorFlow's `same`: the odd pixel goes behind."""
    total = max(0, (math.ceil(size / stride) - 1) * stride + (kernel - 1) * dilation + 1 - size)
    return total // 2, total - total // 2


class Windowed(nn.Module):
    """What convolutions and pools share: sides of padding, and the rows that `ceil` lets hang over the edge."""

    def __init__(self, options: dict[str, Any]):
        super().__init__()
        self.kernel = pair(options["kernelSize"])
        self.stride = pair(options.get("stride", 1))
        self.dilation = pair(options.get("dilation", 1))
        self.padding = options.get("padding", "valid")
        self.ceil = options.get("ceil", False)

    def sides(self, x: Tensor) -> tuple[int, int, int, int]:
        """Left, right, top, bottom."""
        if self.padding == "valid":
            return 0, 0, 0, 0
        if self.padding == "same":
            top, bottom = same_padding(x.shape[2], self.kernel[0], self.stride[0], self.dilation[0])
            left, right = same_padding(x.shape[3], self.kernel[1], self.stride[1], self.dilation[1])
            return left, right, top, bottom
        if isinstance(self.padding, int):
            return (self.padding,) * 4
        p = self.padding
        return p["left"], p["right"], p["top"], p["bottom"]

    def padded(self, x: Tensor, value: float = 0.0) -> tuple[Tensor, tuple[int, int]]:
        """The input with what cannot be left to the operator added, and the padding that can."""
        left, right, top, bottom = self.sides(x)
        if left == right and top == bottom:
            return x, (top, left)
        return F.pad(x, (left, right, top, bottom), value=value), (0, 0)


class Conv2d(Windowed):
    def __init__(self, options: dict[str, Any], in_channels: int):
        super().__init__(options)
        self.groups = options.get("groups", 1)
        out_channels = options["outChannels"]
        self.weight = nn.Parameter(torch.empty(out_channels, in_channels // self.groups, *self.kernel))
        nn.init.kaiming_normal_(self.weight, mode="fan_out" if self.groups == 1 else "fan_in", nonlinearity="relu")
        self.bias = nn.Parameter(torch.zeros(out_channels)) if options.get("bias", True) else None

    def forward(self, x: Tensor) -> Tensor:
        is_square = self.kernel[0] == self.kernel[1] and self.stride[0] == self.stride[1] and self.dilation == (1, 1)
        if fast.available and is_square and self.groups == x.shape[1] == self.weight.shape[0] and self.bias is None:
            left, right, top, bottom = self.sides(x)
            size = [
                (side + pads - self.kernel[0]) // self.stride[0] + 1
                for side, pads in ((x.shape[2], top + bottom), (x.shape[3], left + right))
            ]
            return fast.Depthwise.apply(x, self.weight, size, self.stride[0], top, left)
        x, padding = self.padded(x)
        if fast.available and self.kernel == (1, 1) and padding == (0, 0):
            if self.stride != (1, 1):
                x = x[:, :, :: self.stride[0], :: self.stride[1]]
            return fast.pointwise(x, self.weight, self.bias, self.groups)
        return F.conv2d(x, self.weight, self.bias, self.stride, padding, self.dilation, self.groups)


class MaxPool(Windowed):
    def forward(self, x: Tensor) -> Tensor:
        x, padding = self.padded(x, -math.inf)
        return F.max_pool2d(x, self.kernel, self.stride, padding, ceil_mode=self.ceil)


class AvgPool(Windowed):
    def __init__(self, options: dict[str, Any]):
        super().__init__(options)
        self.count_padding = options.get("countPadding", False)

    def forward(self, x: Tensor) -> Tensor:
        left, right, top, bottom = self.sides(x)
        if left != right or top != bottom:
            raise ValueError("average pooling with unequal padding is not trained here")
        return F.avg_pool2d(x, self.kernel, self.stride, (top, left), self.ceil, self.count_padding)


class Dense(nn.Linear):
    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x.permute(0, 2, 3, 1).flatten(1))[:, :, None, None]


class Shuffle(nn.Module):
    def __init__(self, groups: int):
        super().__init__()
        self.groups = groups

    def forward(self, x: Tensor) -> Tensor:
        # PyTorch's own has no gradient before version 2.
        n, channels, height, width = x.shape
        rows = x.reshape(n, self.groups, channels // self.groups, height, width)
        return rows.transpose(1, 2).reshape(n, channels, height, width)


class BatchNorm(nn.BatchNorm2d):
    """Batch norm with the activation after it; `activation` is the network's to set."""

    activation: str | None = None

    def forward(self, x: Tensor) -> Tensor:
        if fast.available and self.training:
            activation = fast.ACTIVATIONS[self.activation]
            statistics = self.running_mean, self.running_var, self.eps, self.momentum
            return fast.Norm.apply(x, self.weight, self.bias, *statistics, activation)
        y = super().forward(x)
        return y if self.activation is None else F.relu(y) if self.activation == "relu" else F.relu6(y)


class Network(nn.Module):
    """Runs the graph up to its logits: a softmax at the end is left to the loss."""

    def __init__(self, graph: dict[str, Any]):
        super().__init__()
        (entry,) = graph["inputs"]
        height, width, channels = entry["shape"]
        self.input = entry["id"]
        self.nodes = [node for node in graph["nodes"] if node["op"] != "softmax"]
        ends = {node["id"]: node["inputs"][0] for node in graph["nodes"] if node["op"] == "softmax"}
        self.output = ends.get(graph["output"], graph["output"])
        self.layers = nn.ModuleDict()
        self.fuse()
        self.last_use = {ref: i for i, node in enumerate(self.nodes) for ref in node["inputs"]}
        # Shapes are found by running, layer by layer, on one blank picture.
        values = {self.input: torch.zeros(1, channels, height, width)}
        self.eval()
        with torch.no_grad():
            for node in self.nodes:
                inputs = [values[ref] for ref in node["inputs"]]
                layer = make_layer(node, inputs[0].shape)
                if isinstance(layer, BatchNorm):
                    layer.activation = self.activations.get(node["id"])
                if layer is not None:
                    self.layers[self.key(node)] = layer.eval()
                values[node["id"]] = self.apply_node(node, inputs)
        self.quiet_classifier()
        self.train()

    def quiet_classifier(self) -> None:
        """Makes the last layer small, so that the first losses are those of guessing and not of shouting."""
        weights = [node for node in self.nodes if node["op"] in ("conv2d", "dense")]
        with torch.no_grad():
            self.layers[self.key(weights[-1])].weight.mul_(0.1)

    def fuse(self) -> None:
        """Lets a batch norm do the activation that alone reads it; the activation's node then does nothing."""
        readers: dict[str, list[dict[str, Any]]] = {}
        for node in self.nodes:
            for ref in node["inputs"]:
                readers.setdefault(ref, []).append(node)
        self.activations: dict[str, str] = {}
        for node in self.nodes:
            after = readers.get(node["id"], [])
            if node["op"] == "batchNorm" and len(after) == 1 and after[0]["op"] in ("relu", "relu6"):
                self.activations[node["id"]] = after[0]["op"]
                after[0]["op"] = "identity"

    @staticmethod
    def key(node: dict[str, Any]) -> str:
        return node["id"].replace("/", "__").replace(".", "_")

    def apply_node(self, node: dict[str, Any], inputs: list[Tensor]) -> Tensor:
        match node["op"]:
            case "add":
                total = inputs[0]
                for other in inputs[1:]:
                    total = total + other
                return total
            case "concat":
                return torch.cat(inputs, 1)
            case "globalAvgPool":
                return inputs[0].mean((2, 3), keepdim=True)
            case "identity":
                return inputs[0]
            case "relu":
                return F.relu(inputs[0])
            case "relu6":
                return F.relu6(inputs[0])
            case _:
                return self.layers[self.key(node)](inputs[0])

    def forward(self, x: Tensor) -> Tensor:
        values = {self.input: x}
        for i, node in enumerate(self.nodes):
            values[node["id"]] = self.apply_node(node, [values[ref] for ref in node["inputs"]])
            for ref in set(node["inputs"]):
                if self.last_use[ref] == i and ref != self.output:
                    del values[ref]
        return values[self.output].flatten(1)

    def named_weights(self) -> dict[str, Tensor]:
        """Weights by the names that they have in a file: the node's id, `/` as `.`, and PyTorch's name."""
        named = {}
        for node in self.nodes:
            key = self.key(node)
            if key in self.layers:
                for name, value in self.layers[key].state_dict().items():
                    if name != "num_batches_tracked":
                        named[f"{node['id'].replace('/', '.')}.{name}"] = value
        return named


def make_layer(node: dict[str, Any], shape: torch.Size) -> nn.Module | None:
    """The module of a node that has options or weights; `None` for plain functions."""
    options, channels = node["options"], shape[1]
    match node["op"]:
        case "conv2d":
            return Conv2d(options, channels)
        case "batchNorm":
            if not (options.get("scale", True) and options.get("center", True)):
                raise ValueError(f"{node['id']}: batch norm without scale or center is not trained here")
            return BatchNorm(channels, eps=options.get("epsilon", 1e-3), momentum=0.1)
        case "maxPool":
            return MaxPool(options)
        case "avgPool":
            return AvgPool(options)
        case "dense":
            return Dense(channels * shape[2] * shape[3], options["outChannels"], bias=options.get("bias", True))
        case "channelShuffle":
            return Shuffle(options["groups"])
        case "dropout":
            return nn.Dropout(options.get("rate", 0.5))
        case "add" | "concat" | "globalAvgPool" | "relu" | "relu6" | "identity":
            return None
        case other:
            raise ValueError(f"{node['id']}: {other} is not trained here")
