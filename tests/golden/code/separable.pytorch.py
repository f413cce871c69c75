import torch
from torch import nn

depthwise = nn.Conv2d(2, 2, kernel_size=3, groups=2)
pointwise = nn.Conv2d(2, 3, kernel_size=1)

def forward(x):
    x = depthwise(x)  # [1, 2, 3, 3]
    x = pointwise(x)  # [1, 3, 3, 3]
    return x

with torch.no_grad():
    depthwise.weight.copy_(torch.tensor([1, 0, 1, 1, 1, -1, -2, 1, 2, 0, 2, 1, 0, 2, 0, 2, 0, -2]).reshape(3, 3, 1, 2).permute(3, 2, 0, 1))
    depthwise.bias.copy_(torch.tensor([0, -1]))
    pointwise.weight.copy_(torch.tensor([-1, 2, 2, 1, -2, 0]).reshape(1, 1, 2, 3).permute(3, 2, 0, 1))
    pointwise.bias.copy_(torch.tensor([1, 0, 1]))

x = torch.tensor([
  3, 1, 3, 1, 4, 3, 4, 0, 1, 3, 1, 0, 1, 1, 3, 4, 1, 4, 0, 2, 4, 1, 2,
  4, 4, 2, 2, 1, 2, 2, 4, 3, 2, 3, 3, 4, 0, 4, 0, 0, 1, 2, 0, 2, 1, 2,
  3, 1, 4, 1
]).float()
x = x.reshape(1, 5, 5, 2).permute(0, 3, 1, 2)
print(forward(x))
