import numpy as np
from keras import layers

depthwise = layers.DepthwiseConv2D(3, depth_multiplier=2, use_bias=False)

def forward(x):
    x = depthwise(x)  # [1, 3, 3, 6]
    return x

x = np.array([
  3, 1, 1, 3, 1, 4, 4, 3, 3, 4, 0, 1, 1, 3, 4, 1, 0, 3, 1, 1, 0, 3, 4,
  0, 1, 4, 1, 0, 2, 1, 4, 1, 2, 2, 4, 4, 4, 2, 0, 2, 1, 1, 2, 2, 0, 4,
  3, 2, 2, 3, 4, 3, 4, 3, 0, 4, 3, 0, 0, 4, 1, 2, 2, 0, 2, 4, 1, 2, 1,
  3, 1, 0, 4, 1, 4
], "float32").reshape(1, 5, 5, 3)

forward(x)
depthwise.set_weights([np.array([
  1, 0, -2, 1, 0, 1, 1, 1, -1, -1, 0, 2, 1, -1, 1, 2, 2, 0, -2, 1, -2,
  0, -2, 0, 2, 0, -2, 0, -1, 0, 2, 1, -2, -1, 1, 0, 0, 2, -1, -2, 0,
  -2, 0, 2, 2, 2, 2, 2, 0, -2, 0, -1, 1, 1
]).reshape(3, 3, 3, 2)])

print(forward(x))
