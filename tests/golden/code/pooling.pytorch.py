import torch
from torch.nn import functional as F

def forward(x):
    x = F.max_pool2d(x, 2, stride=2)  # [1, 2, 3, 3]
    return x

x = torch.tensor([
  3, 1, 3, 1, 4, 3, 4, 0, 1, 3, 1, 1, 1, 0, 1, 1, 3, 4, 1, 4, 0, 2, 0,
  2, 4, 1, 2, 4, 4, 2, 2, 1, 2, 2, 0, 1, 4, 3, 2, 3, 3, 4, 0, 4, 0, 0,
  2, 1, 1, 2, 0, 2, 1, 2, 3, 1, 4, 1, 1, 1, 3, 3, 0, 1, 1, 0, 1, 0, 0,
  3, 4, 1
]).float()
x = x.reshape(1, 6, 6, 2).permute(0, 3, 1, 2)
print(forward(x))
