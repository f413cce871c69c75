import keras
from keras import layers, ops


def stage1_entry(x):
    # 16×16×24 -> 16×16×48
    x = layers.Conv2D(48, 1, use_bias=False)(x)
    x = layers.BatchNormalization(epsilon=1e-5)(x)
    x = layers.ReLU()(x)
    return x


def stage1_unit1(x):
    # 16×16×48 -> 8×8×48
    x, a = ops.split(x, [24], axis=-1)
    x = layers.ZeroPadding2D(1)(x)
    x = layers.AveragePooling2D(3, strides=2)(x)
    a = layers.Conv2D(24, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.ZeroPadding2D(1)(a)
    a = layers.DepthwiseConv2D(3, strides=2, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(24, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    x = layers.Concatenate()([x, a])
    x = layers.Reshape((8, 8, 2, 24))(x)
    x = layers.Permute((1, 2, 4, 3))(x)
    x = layers.Reshape((8, 8, 48))(x)
    return x


def stage1_unit2(x):
    # 8×8×48 -> 8×8×48
    x, a = ops.split(x, [24], axis=-1)
    a = layers.Conv2D(24, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(24, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    x = layers.Concatenate()([x, a])
    x = layers.Reshape((8, 8, 2, 24))(x)
    x = layers.Permute((1, 2, 4, 3))(x)
    x = layers.Reshape((8, 8, 48))(x)
    return x


def stage2_entry(x):
    # 8×8×48 -> 8×8×96
    x = layers.Conv2D(96, 1, use_bias=False)(x)
    x = layers.BatchNormalization(epsilon=1e-5)(x)
    x = layers.ReLU()(x)
    return x


def stage2_unit1(x):
    # 8×8×96 -> 4×4×96
    x, a = ops.split(x, [48], axis=-1)
    x = layers.ZeroPadding2D(1)(x)
    x = layers.AveragePooling2D(3, strides=2)(x)
    a = layers.Conv2D(48, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.ZeroPadding2D(1)(a)
    a = layers.DepthwiseConv2D(3, strides=2, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(48, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    x = layers.Concatenate()([x, a])
    x = layers.Reshape((4, 4, 2, 48))(x)
    x = layers.Permute((1, 2, 4, 3))(x)
    x = layers.Reshape((4, 4, 96))(x)
    return x


def stage2_unit2(x):
    # 4×4×96 -> 4×4×96
    x, a = ops.split(x, [48], axis=-1)
    a = layers.Conv2D(48, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(48, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    x = layers.Concatenate()([x, a])
    x = layers.Reshape((4, 4, 2, 48))(x)
    x = layers.Permute((1, 2, 4, 3))(x)
    x = layers.Reshape((4, 4, 96))(x)
    return x


def stage3_entry(x):
    # 4×4×96 -> 4×4×192
    x = layers.Conv2D(192, 1, use_bias=False)(x)
    x = layers.BatchNormalization(epsilon=1e-5)(x)
    x = layers.ReLU()(x)
    return x


def stage3_unit1(x):
    # 4×4×192 -> 2×2×192
    x, a = ops.split(x, [96], axis=-1)
    x = layers.ZeroPadding2D(1)(x)
    x = layers.AveragePooling2D(3, strides=2)(x)
    a = layers.Conv2D(96, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    a = layers.ZeroPadding2D(1)(a)
    a = layers.DepthwiseConv2D(3, strides=2, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.Conv2D(96, 1, use_bias=False)(a)
    a = layers.BatchNormalization(epsilon=1e-5)(a)
    a = layers.ReLU()(a)
    x = layers.Concatenate()([x, a])
    x = layers.Reshape((2, 2, 2, 96))(x)
    x = layers.Permute((1, 2, 4, 3))(x)
    x = layers.Reshape((2, 2, 192))(x)
    return x


inputs = keras.Input((64, 64, 3))
x = inputs
x = layers.ZeroPadding2D(1)(x)
x = layers.Conv2D(24, 3, strides=2, use_bias=False)(x)
x = layers.BatchNormalization(epsilon=1e-5)(x)
x = layers.ReLU()(x)
x = ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=float("-inf"))
x = layers.MaxPooling2D(3, strides=2)(x)
x = stage1_entry(x)
x = stage1_unit1(x)
x = stage1_unit2(x)
x = stage2_entry(x)
x = stage2_unit1(x)
for _ in range(2):
    x = stage2_unit2(x)
x = stage3_entry(x)
x = stage3_unit1(x)
x = layers.GlobalAveragePooling2D(keepdims=True)(x)
x = layers.Flatten()(x)
x = layers.Dense(10)(x)
x = layers.Softmax()(x)
model = keras.Model(inputs, x)

print(sum(w.numpy().size for w in model.trainable_weights))  # 66,370 parameters
print(model.output_shape)
