import torch
from torch import nn

transposed = nn.ConvTranspose2d(2, 1, kernel_size=3, stride=2, output_padding=(1, 0))

def forward(x):
    x = transposed(x)[:, :, 2:8, :]  # [1, 1, 6, 7]
    return x

with torch.no_grad():
    transposed.weight.copy_(torch.tensor([1, 0, 1, 0, 1, -1, -2, 1, 2, 0, 2, 2, 0, 0, 0, 2, 0, -2]).reshape(3, 3, 2, 1, 1).permute(3, 2, 4, 0, 1).reshape(2, 1, 3, 3))
    transposed.bias.copy_(torch.tensor([0]))

x = torch.tensor([3, 1, 3, 1, 4, 3, 1, 0, 1, 1, 3, 4, 4, 1, 2, 4, 4, 2]).float()
x = x.reshape(1, 3, 3, 2).permute(0, 3, 1, 2)
print(forward(x))
