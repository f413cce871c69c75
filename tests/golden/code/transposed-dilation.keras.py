import numpy as np
from keras import layers

transposed = layers.Conv2DTranspose(1, 5, strides=2)

def forward(x):
    x = transposed(x)
    x = x[:, 1:9, 1:9, :]  # [1, 8, 8, 1]
    return x

x = np.array([3, 1, 3, 1, 4, 3, 1, 0, 1, 1, 3, 4, 4, 1, 2, 4, 4, 2], "float32").reshape(1, 3, 3, 2)

forward(x)
kernel = np.array([1, 0, 1, 0, 1, -1, -2, 1, 2, 0, 2, 2, 0, 0, 0, 2, 0, -2]).reshape(3, 3, 2, 1).transpose(0, 1, 3, 2)
dilated = np.zeros((5, 5, 1, 2))
dilated[:5:2, :5:2] = kernel
bias = np.array([0])
transposed.set_weights([dilated, bias])

print(forward(x))
