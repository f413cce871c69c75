import torch
from torch import nn
from torch.nn import functional as F

conv = nn.Conv2d(2, 3, kernel_size=3, stride=2)

def forward(x):
    x = F.pad(x, (1, 1, 0, 1))
    x = conv(x)  # [1, 3, 3, 3]
    return x

with torch.no_grad():
    conv.weight.copy_(torch.tensor([
      1, 0, -2, 0, 2, -2, 1, 1, -1, 0, -1, 0, 1, -1, 1, -1, 0, 2, -2, 1,
      -2, 1, 2, 0, 2, 0, -2, 0, 2, -2, 2, 1, -2, 2, -1, -1, 0, 2, -1, 0,
      -1, 0, 0, 2, 2, 2, -1, -1, 0, -2, 0, -2, -2, -2
    ]).reshape(3, 3, 2, 3).permute(3, 2, 0, 1))
    conv.bias.copy_(torch.tensor([0, -1, 1]))

x = torch.tensor([
  3, 1, 3, 1, 4, 3, 4, 0, 1, 3, 1, 0, 1, 1, 3, 4, 1, 4, 0, 2, 4, 1, 2,
  4, 4, 2, 2, 1, 2, 2, 4, 3, 2, 3, 3, 4, 0, 4, 0, 0, 1, 2, 0, 2, 1, 2,
  3, 1, 4, 1, 3, 3, 0, 1, 1, 0, 1, 0, 0, 3
]).float()
x = x.reshape(1, 6, 5, 2).permute(0, 3, 1, 2)
print(forward(x))
