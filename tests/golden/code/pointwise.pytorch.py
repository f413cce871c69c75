import torch
from torch import nn

conv = nn.Conv2d(4, 3, kernel_size=1)

def forward(x):
    x = conv(x)  # [1, 3, 4, 4]
    return x

with torch.no_grad():
    conv.weight.copy_(torch.tensor([1, 0, -2, 0, 2, -2, 0, 0, -2, 0, 1, 1]).reshape(1, 1, 4, 3).permute(3, 2, 0, 1))
    conv.bias.copy_(torch.tensor([0, -1, 1]))

x = torch.tensor([
  3, 1, 1, 3, 3, 1, 4, 0, 4, 3, 3, 1, 4, 0, 1, 2, 1, 0, 3, 0, 1, 1, 0,
  3, 3, 4, 0, 4, 1, 4, 1, 3, 4, 1, 2, 3, 2, 4, 4, 2, 4, 2, 0, 1, 2, 1,
  1, 1, 4, 3, 2, 2, 2, 3, 4, 3, 3, 4, 3, 4, 0, 4, 3, 1
]).float()
x = x.reshape(1, 4, 4, 4).permute(0, 3, 1, 2)
print(forward(x))
