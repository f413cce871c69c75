import keras
from keras import layers, ops


inputs = keras.Input((12, 12, 12))
x = inputs
x = layers.ZeroPadding2D(1)(x)
x = layers.AveragePooling2D(3, strides=1)(x)
x, a = ops.split(x, [6], axis=-1)
x = layers.Conv2D(6, 5, padding="same", groups=2, use_bias=False)(x)
a = layers.MaxPooling2D(3, strides=1, padding="same")(a)
a = layers.Conv2D(6, 1, use_bias=False)(a)
x = layers.Add()([x, a])
x = layers.BatchNormalization(epsilon=1e-5)(x)
a = layers.DepthwiseConv2D(5, padding="same", use_bias=False)(x)
a = layers.Conv2D(6, 7, padding="same", use_bias=False)(a)
a = layers.ReLU()(a)
x = layers.Concatenate()([x, a])
x = layers.Reshape((12, 12, 3, 4))(x)
x = layers.Permute((1, 2, 4, 3))(x)
x = layers.Reshape((12, 12, 12))(x)
model = keras.Model(inputs, x)

print(sum(w.numpy().size for w in model.trainable_weights))  # 2,412 parameters
print(model.output_shape)
