import numpy as np
from keras import layers

conv = layers.Conv2D(12, 3)

def forward(x):
    x = conv(x)  # [1, 10, 10, 12]
    return x

x = np.random.rand(1, 12, 12, 12).astype("float32")

print(forward(x))
