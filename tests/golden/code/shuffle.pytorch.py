import torch
from torch import nn

first = nn.Conv2d(6, 6, kernel_size=1, groups=2, bias=False)
second = nn.Conv2d(6, 6, kernel_size=1, groups=2, bias=False)

def forward(x):
    x = first(x)  # [1, 6, 2, 2]
    x = x.unflatten(1, (2, 3)).transpose(1, 2).flatten(1, 2)  # [1, 6, 2, 2]
    x = second(x)  # [1, 6, 2, 2]
    return x

with torch.no_grad():
    first.weight.copy_(torch.tensor([1, 0, -2, 1, 0, 1, 0, 2, -2, -2, 2, 0, 0, 0, -2, -2, 1, -1]).reshape(1, 1, 3, 6).permute(3, 2, 0, 1))
    second.weight.copy_(torch.tensor([-1, -1, -2, 1, 0, -2, -1, 1, -1, -2, -1, -2, -2, -2, -2, 0, 2, 1]).reshape(1, 1, 3, 6).permute(3, 2, 0, 1))

x = torch.tensor([
  3, 1, 1, 3, 3, 2, 3, 1, 4, 0, 4, 2, 1, 0, 3, 0, 2, 0, 1, 1, 0, 3, 3,
  1
]).float()
x = x.reshape(1, 2, 2, 6).permute(0, 3, 1, 2)
print(forward(x))
