import torch
from torch import nn

depthwise = nn.Conv2d(3, 3, kernel_size=3, groups=3)

def forward(x):
    x = depthwise(x)  # [1, 3, 3, 3]
    return x

with torch.no_grad():
    depthwise.weight.copy_(torch.tensor([
      1, 0, -2, 1, 1, -1, 1, -1, 1, -2, 1, -2, 2, 0, -2, 2, 1, -2, 0, 2,
      -1, 0, 2, 2, 0, -2, 0
    ]).reshape(3, 3, 1, 3).permute(3, 2, 0, 1))
    depthwise.bias.copy_(torch.tensor([0, -1, 1]))

x = torch.tensor([
  3, 1, 1, 3, 1, 4, 4, 3, 3, 4, 0, 1, 1, 3, 4, 1, 0, 3, 1, 1, 0, 3, 4,
  0, 1, 4, 1, 0, 2, 1, 4, 1, 2, 2, 4, 4, 4, 2, 0, 2, 1, 1, 2, 2, 0, 4,
  3, 2, 2, 3, 4, 3, 4, 3, 0, 4, 3, 0, 0, 4, 1, 2, 2, 0, 2, 4, 1, 2, 1,
  3, 1, 0, 4, 1, 4
]).float()
x = x.reshape(1, 5, 5, 3).permute(0, 3, 1, 2)
print(forward(x))
