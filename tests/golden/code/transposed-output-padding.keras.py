import numpy as np
from keras import layers

transposed = layers.Conv2DTranspose(1, 3, strides=2, output_padding=(1, 0))

def forward(x):
    x = transposed(x)
    x = x[:, 2:8, 0:7, :]  # [1, 6, 7, 1]
    return x

x = np.array([3, 1, 3, 1, 4, 3, 1, 0, 1, 1, 3, 4, 4, 1, 2, 4, 4, 2], "float32").reshape(1, 3, 3, 2)

forward(x)
kernel = np.array([1, 0, 1, 0, 1, -1, -2, 1, 2, 0, 2, 2, 0, 0, 0, 2, 0, -2]).reshape(3, 3, 2, 1).transpose(0, 1, 3, 2)
bias = np.array([0])
transposed.set_weights([kernel, bias])

print(forward(x))
