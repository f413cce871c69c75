import keras
from keras import layers, ops


inputs = keras.Input((9, 9, 8))
x = inputs
x = layers.ZeroPadding2D(2)(x)
x = layers.Conv2D(8, 3, dilation_rate=2)(x)[:, ::2, ::2, :]
squares = ops.pad(ops.square(x), ((0, 0), (0, 0), (0, 0), (2, 2)))
x = x / (2 + 0.0001 * sum(squares[:, :, :, c:c + 8] for c in range(5))) ** 0.75
parts = zip([layers.Conv2DTranspose(4, 3, strides=2) for _ in range(2)], ops.split(x, 2, axis=-1))
x = ops.concatenate([layer(part) for layer, part in parts], axis=-1)
x = x[:, 1:10, 1:10, :]
# Keras has no dilation here: all but 2×2 of these weights, 2 apart, stay 0.
x = layers.Conv2DTranspose(4, (4, 3), strides=3)(x)
x = x[:, 2:28, 1:27, :]
x = ops.pad(x, ((0, 0), (0, 1), (2, 0), (0, 0)), constant_values=float("-inf"))
x = layers.MaxPooling2D(3, strides=2)(x)
share = ops.pad(ops.ones_like(x), ((0, 0), (1, 0), (1, 1), (0, 0)))
x = ops.pad(x, ((0, 0), (1, 0), (1, 1), (0, 0)))
x = layers.AveragePooling2D((2, 3), strides=2)(x) / layers.AveragePooling2D((2, 3), strides=2)(share)
x = layers.ZeroPadding2D(((2, 0), (1, 1)))(x)
x = layers.AveragePooling2D(3, strides=1)(x)
x, a = ops.split(x, [1], axis=-1)
x = layers.Activation("gelu")(x)
x = layers.Concatenate()([a, x])
x = layers.Dropout(0.2)(x)
x = layers.Flatten()(x)
x = layers.Dense(3)(x)
model = keras.Model(inputs, x)

print(sum(w.numpy().size for w in model.trainable_weights))  # 1,603 parameters
print(model.output_shape)
