import torch
from torch import nn
from torch.nn import functional as F


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.group1 = nn.Conv2d(6, 6, kernel_size=5, padding=2, groups=2, bias=False)
        self.pointwise1 = nn.Conv2d(6, 6, kernel_size=1, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.depthwise1 = nn.Conv2d(6, 6, kernel_size=5, padding=2, groups=6, bias=False)
        self.conv1 = nn.Conv2d(6, 6, kernel_size=7, padding=3, bias=False)

    def forward(self, x):
        x = F.avg_pool2d(x, 3, stride=1, padding=1)
        x, a = x.split([6, 6], 1)
        x = self.group1(x)
        a = F.max_pool2d(a, 3, stride=1, padding=1)
        a = self.pointwise1(a)
        x = self.bn1(x + a)
        a = self.depthwise1(x)
        a = F.relu(self.conv1(a))
        x = torch.cat([x, a], 1)
        x = x.unflatten(1, (3, 4)).transpose(1, 2).flatten(1, 2)
        return x


model = Network().eval()
print(sum(p.numel() for p in model.parameters()))  # 2,412 parameters
print(model(torch.rand(1, 12, 12, 12)).shape)  # [1, 12, 12, 12]
