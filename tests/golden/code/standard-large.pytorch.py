import torch
from torch import nn

conv = nn.Conv2d(12, 12, kernel_size=3)

def forward(x):
    x = conv(x)  # [1, 12, 10, 10]
    return x

x = torch.rand(1, 12, 12, 12)
print(forward(x))
