import numpy as np
from keras import layers

conv = layers.Conv2D(3, 3, strides=2, padding="same")

def forward(x):
    x = conv(x)  # [1, 3, 3, 3]
    return x

x = np.array([
  3, 1, 3, 1, 4, 3, 4, 0, 1, 3, 1, 0, 1, 1, 3, 4, 1, 4, 0, 2, 4, 1, 2,
  4, 4, 2, 2, 1, 2, 2, 4, 3, 2, 3, 3, 4, 0, 4, 0, 0, 1, 2, 0, 2, 1, 2,
  3, 1, 4, 1, 3, 3, 0, 1, 1, 0, 1, 0, 0, 3
], "float32").reshape(1, 6, 5, 2)

forward(x)
conv.set_weights([np.array([
  1, 0, -2, 0, 2, -2, 1, 1, -1, 0, -1, 0, 1, -1, 1, -1, 0, 2, -2, 1,
  -2, 1, 2, 0, 2, 0, -2, 0, 2, -2, 2, 1, -2, 2, -1, -1, 0, 2, -1, 0,
  -1, 0, 0, 2, 2, 2, -1, -1, 0, -2, 0, -2, -2, -2
]).reshape(3, 3, 2, 3), np.array([0, -1, 1])])

print(forward(x))
