import torch
from torch import nn
from torch.nn import functional as F


class Stage1Unit1(nn.Module):
    # 16×16×24 -> 8×8×48
    def __init__(self):
        super().__init__()
        self.depthwise1 = nn.Conv2d(24, 24, kernel_size=3, stride=2, padding=1, groups=24, bias=False)
        self.bn1 = nn.BatchNorm2d(24)
        self.pointwise1 = nn.Conv2d(24, 48, kernel_size=1, bias=False)
        self.bn2 = nn.BatchNorm2d(48)

    def forward(self, x):
        x = F.relu(self.bn1(self.depthwise1(x)))
        x = F.relu(self.bn2(self.pointwise1(x)))
        return x


class Stage1Unit2(nn.Module):
    # 8×8×48 -> 8×8×48
    def __init__(self):
        super().__init__()
        self.depthwise1 = nn.Conv2d(48, 48, kernel_size=3, padding=1, groups=48, bias=False)
        self.bn1 = nn.BatchNorm2d(48)
        self.pointwise1 = nn.Conv2d(48, 48, kernel_size=1, bias=False)
        self.bn2 = nn.BatchNorm2d(48)

    def forward(self, x):
        x = F.relu(self.bn1(self.depthwise1(x)))
        x = F.relu(self.bn2(self.pointwise1(x)))
        return x


class Stage2Unit1(nn.Module):
    # 8×8×48 -> 4×4×96
    def __init__(self):
        super().__init__()
        self.depthwise1 = nn.Conv2d(48, 48, kernel_size=3, stride=2, padding=1, groups=48, bias=False)
        self.bn1 = nn.BatchNorm2d(48)
        self.pointwise1 = nn.Conv2d(48, 96, kernel_size=1, bias=False)
        self.bn2 = nn.BatchNorm2d(96)

    def forward(self, x):
        x = F.relu(self.bn1(self.depthwise1(x)))
        x = F.relu(self.bn2(self.pointwise1(x)))
        return x


class Stage2Unit2(nn.Module):
    # 4×4×96 -> 4×4×96
    def __init__(self):
        super().__init__()
        self.depthwise1 = nn.Conv2d(96, 96, kernel_size=3, padding=1, groups=96, bias=False)
        self.bn1 = nn.BatchNorm2d(96)
        self.pointwise1 = nn.Conv2d(96, 96, kernel_size=1, bias=False)
        self.bn2 = nn.BatchNorm2d(96)

    def forward(self, x):
        x = F.relu(self.bn1(self.depthwise1(x)))
        x = F.relu(self.bn2(self.pointwise1(x)))
        return x


class Stage3Unit1(nn.Module):
    # 4×4×96 -> 2×2×192
    def __init__(self):
        super().__init__()
        self.depthwise1 = nn.Conv2d(96, 96, kernel_size=3, stride=2, padding=1, groups=96, bias=False)
        self.bn1 = nn.BatchNorm2d(96)
        self.pointwise1 = nn.Conv2d(96, 192, kernel_size=1, bias=False)
        self.bn2 = nn.BatchNorm2d(192)

    def forward(self, x):
        x = F.relu(self.bn1(self.depthwise1(x)))
        x = F.relu(self.bn2(self.pointwise1(x)))
        return x


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 24, kernel_size=3, stride=2, padding=1, bias=False)
        self.conv1_bn = nn.BatchNorm2d(24)
        self.stage1 = nn.Sequential(
            Stage1Unit1(),
            Stage1Unit2(),
        )
        self.stage2 = nn.Sequential(
            Stage2Unit1(),
            *[Stage2Unit2() for _ in range(2)],
        )
        self.stage3 = Stage3Unit1()
        self.fc = nn.Linear(192, 10)

    def forward(self, x):
        x = F.relu(self.conv1_bn(self.conv1(x)))
        x = F.max_pool2d(x, 3, stride=2, padding=1)
        x = self.stage1(x)
        x = self.stage2(x)
        x = self.stage3(x)
        x = x.mean((2, 3), keepdim=True)
        x = self.fc(x.flatten(1))
        x = x.softmax(1)
        return x


model = Network().eval()
print(sum(p.numel() for p in model.parameters()))  # 53,194 parameters
print(model(torch.rand(1, 3, 64, 64)).shape)  # [1, 10]
