import torch
from torch import nn
from torch.nn import functional as F


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.strided = nn.Conv2d(8, 8, kernel_size=3, stride=2, padding=2, dilation=2)
        self.up = nn.ConvTranspose2d(8, 8, kernel_size=3, stride=2, padding=1, groups=2)
        self.more = nn.ConvTranspose2d(8, 4, kernel_size=2, stride=3, padding=(0, 1), output_padding=1, dilation=2)
        self.dense = nn.Linear(196, 3)

    def forward(self, x):
        x = self.strided(x)
        x = F.local_response_norm(x, 5, alpha=5 * 0.0001, beta=0.75, k=2)
        x = self.up(x)
        x = self.more(x)[:, :, 2:28, :]
        x = F.pad(x, (2, 0, 0, 1), value=float("-inf"))
        x = F.max_pool2d(x, 3, stride=2)
        x = F.avg_pool2d(x, (2, 3), stride=2, padding=1, count_include_pad=False)
        x = F.pad(x, (1, 1, 2, 0))
        x = F.avg_pool2d(x, 3, stride=1)
        x, a = x.split([1, 3], 1)
        x = F.gelu(x)
        x = torch.cat([a, x], 1)
        x = F.dropout(x, 0.2, self.training)
        x = self.dense(x.flatten(1))
        return x


model = Network().eval()
print(sum(p.numel() for p in model.parameters()))  # 1,603 parameters
print(model(torch.rand(1, 8, 9, 9)).shape)  # [1, 3]
