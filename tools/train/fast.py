"""Depthwise convolution, pointwise convolution and batch norm with activation, several times as fast on one core as PyTorch's.

Tensors are [batch, channels, height, width] in the layout `channels_last`. Without a C++ compiler, `available` is false and the
network is trained with PyTorch's own operators; the results are the same to rounding.
"""

from pathlib import Path

import torch
from torch import Tensor
from torch.autograd import Function

available = False


def compile() -> None:
    """Compiles the operators, and has them used from now on."""
    global kernels, available
    try:
        from torch.utils.cpp_extension import load

        # Without trapping and signed zeros, comparisons are vectorised; infinities and NaN stay what they are.
        flags = ["-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-fno-signed-zeros", "-fassociative-math"]
        kernels = load("lightnets_fast", [str(Path(__file__).with_name("fast.cpp"))], extra_cflags=flags)
        available = True
    except Exception as error:  # noqa: BLE001: whatever is missing, training goes on without
        print(f"training with PyTorch's own operators: {error}")


ACTIVATIONS = {None: 0, "relu": 1, "relu6": 2}


def nhwc(x: Tensor) -> Tensor:
    return x.permute(0, 2, 3, 1).contiguous()


def nchw(x: Tensor) -> Tensor:
    return x.permute(0, 3, 1, 2)


class Norm(Function):
    @staticmethod
    def forward(ctx, x, gamma, beta, running_mean, running_var, epsilon, momentum, activation):
        rows = nhwc(x)
        y, mean, invstd = kernels.norm_forward(rows, gamma, beta, running_mean, running_var, epsilon, momentum, activation)
        ctx.save_for_backward(rows, mean, invstd, gamma, beta)
        ctx.activation = activation
        return nchw(y)

    @staticmethod
    def backward(ctx, dy):
        dx, dgamma, dbeta = kernels.norm_backward(nhwc(dy), *ctx.saved_tensors, ctx.activation)
        return nchw(dx), dgamma, dbeta, None, None, None, None, None


class Depthwise(Function):
    @staticmethod
    def forward(ctx, x, weight, size, stride, top, left):
        rows, kernel = nhwc(x), weight.shape[2]
        taps = weight.flatten(1).t().contiguous()
        ctx.save_for_backward(rows, taps)
        ctx.window = kernel, stride, top, left
        return nchw(kernels.depthwise_forward(rows, taps, *size, *ctx.window))

    @staticmethod
    def backward(ctx, dy):
        rows, taps = ctx.saved_tensors
        dx, dtaps = kernels.depthwise_backward(nhwc(dy), rows, taps, *ctx.window)
        kernel = ctx.window[0]
        return nchw(dx), dtaps.t().reshape(-1, 1, kernel, kernel), None, None, None, None


def pointwise(x: Tensor, weight: Tensor, bias: Tensor | None, groups: int) -> Tensor:
    """As matrix products, which need no other layout of what they read."""
    rows = nhwc(x)
    if groups == 1:
        return nchw(torch.nn.functional.linear(rows, weight.flatten(1), bias))
    batch, height, width, channels = rows.shape
    grouped = rows.view(-1, groups, channels // groups).transpose(0, 1)
    kernels_of = weight.view(groups, -1, channels // groups).transpose(1, 2)
    y = torch.bmm(grouped, kernels_of).transpose(0, 1).reshape(batch, height, width, -1)
    return nchw(y if bias is None else y + bias)
