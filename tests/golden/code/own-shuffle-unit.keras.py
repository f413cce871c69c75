import keras
from keras import layers, ops


def stage1_unit1(x):
    # 16×16×24 -> 8×8×48
    a = layers.Conv2D(12, 1, groups=3, use_bias=False)(x)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.Reshape((16, 16, 3, 4))(a)
    a = layers.Permute((1, 2, 4, 3))(a)
    a = layers.Reshape((16, 16, 12))(a)
    a = layers.ZeroPadding2D(1)(a)
    a = layers.DepthwiseConv2D(3, strides=2, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(48, 1, groups=3, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    x = layers.Conv2D(48, 1, strides=2, use_bias=False)(x)
    x = layers.BatchNormalization(epsilon=1e-5)(x)
    x = layers.Add()([a, x])
    x = layers.ReLU()(x)
    return x


def stage1_unit2(x):
    # 8×8×48 -> 8×8×48
    a = layers.Conv2D(12, 1, groups=3, use_bias=False)(x)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.Reshape((8, 8, 3, 4))(a)
    a = layers.Permute((1, 2, 4, 3))(a)
    a = layers.Reshape((8, 8, 12))(a)
    a = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(48, 1, groups=3, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    x = layers.Add()([a, x])
    x = layers.ReLU()(x)
    return x


def stage2_unit1(x):
    # 8×8×48 -> 4×4×96
    a = layers.Conv2D(24, 1, groups=3, use_bias=False)(x)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.Reshape((8, 8, 3, 8))(a)
    a = layers.Permute((1, 2, 4, 3))(a)
    a = layers.Reshape((8, 8, 24))(a)
    a = layers.ZeroPadding2D(1)(a)
    a = layers.DepthwiseConv2D(3, strides=2, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(96, 1, groups=3, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    x = layers.Conv2D(96, 1, strides=2, use_bias=False)(x)
    x = layers.BatchNormalization(epsilon=1e-5)(x)
    x = layers.Add()([a, x])
    x = layers.ReLU()(x)
    return x


def stage2_unit2(x):
    # 4×4×96 -> 4×4×96
    a = layers.Conv2D(24, 1, groups=3, use_bias=False)(x)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.Reshape((4, 4, 3, 8))(a)
    a = layers.Permute((1, 2, 4, 3))(a)
    a = layers.Reshape((4, 4, 24))(a)
    a = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(96, 1, groups=3, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    x = layers.Add()([a, x])
    x = layers.ReLU()(x)
    return x


def stage3_unit1(x):
    # 4×4×96 -> 2×2×192
    a = layers.Conv2D(48, 1, groups=3, use_bias=False)(x)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.Reshape((4, 4, 3, 16))(a)
    a = layers.Permute((1, 2, 4, 3))(a)
    a = layers.Reshape((4, 4, 48))(a)
    a = layers.ZeroPadding2D(1)(a)
    a = layers.DepthwiseConv2D(3, strides=2, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(192, 1, groups=3, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    x = layers.Conv2D(192, 1, strides=2, use_bias=False)(x)
    x = layers.BatchNormalization(epsilon=1e-5)(x)
    x = layers.Add()([a, x])
    x = layers.ReLU()(x)
    return x


inputs = keras.Input((64, 64, 3))
x = inputs
x = layers.ZeroPadding2D(1)(x)
x = layers.Conv2D(24, 3, strides=2, use_bias=False)(x)
x = layers.BatchNormalization(epsilon=1e-5)(x)
x = layers.ReLU()(x)
x = ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=float("-inf"))
x = layers.MaxPooling2D(3, strides=2)(x)
x = stage1_unit1(x)
x = stage1_unit2(x)
x = stage2_unit1(x)
for _ in range(2):
    x = stage2_unit2(x)
x = stage3_unit1(x)
x = layers.GlobalAveragePooling2D(keepdims=True)(x)
x = layers.Flatten()(x)
x = layers.Dense(10)(x)
x = layers.Softmax()(x)
model = keras.Model(inputs, x)

print(sum(w.numpy().size for w in model.trainable_weights))  # 40,018 parameters
print(model.output_shape)
