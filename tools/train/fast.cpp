// What PyTorch does slowly on a CPU's single core when it trains thin networks: depthwise convolution, and batch norm with the
// activation after it. Activations are float32 [batch, height, width, channels], contiguous. Each has a check against
// PyTorch's own in check_fast.py.
#include <torch/extension.h>

#include <algorithm>
#include <cmath>
#include <vector>

using torch::Tensor;

namespace {

// Sums over many rows are taken in floats by blocks of this many, and over the blocks in doubles.
constexpr int64_t kBlock = 512;

enum Activation : int64_t { kNone = 0, kRelu = 1, kRelu6 = 2 };

template <int64_t activation>
void normalize(const float* __restrict  x, float* __restrict y, const float* __restrict  scale, const float* __restrict  shift, int64_t rows, int64_t channels) {
  for (int64_t r = 0; r < rows; ++r) {
    const float* __restrict  xr = x + r * channels;
    float* __restrict yr = y + r * channels;
    for (int64_t c = 0; c < channels; ++c) {
      float z = xr[c] * scale[c] + shift[c];
      if (activation != kNone) z = z > 0.f ? z : 0.f;
      if (activation == kRelu6) z = z < 6.f ? z : 6.f;
      yr[c] = z;
    }
  }
}

template <int64_t activation>
inline float passed(float dy, float z) {
  if (activation == kNone) return dy;
  if (activation == kRelu) return z > 0.f ? dy : 0.f;
  return (z > 0.f && z < 6.f) ? dy : 0.f;
}

template <int64_t activation>
void normalize_backward(const float* __restrict  dy, const float* __restrict  x, float* __restrict dx, const float* __restrict  mean, const float* __restrict  invstd,
                        const float* __restrict  gamma, const float* __restrict  beta, float* __restrict dgamma, float* __restrict dbeta, int64_t rows,
                        int64_t channels) {
  std::vector<float> scale(channels), shift(channels), s1(channels), s2(channels), k1(channels), k2(channels);
  std::vector<double> t1(channels, 0.0), t2(channels, 0.0);
  for (int64_t c = 0; c < channels; ++c) {
    scale[c] = gamma[c] * invstd[c];
    shift[c] = beta[c] - mean[c] * scale[c];
  }
  float *__restrict ps1 = s1.data(), *__restrict ps2 = s2.data(), *__restrict pk1 = k1.data(), *__restrict pk2 = k2.data();
  const float* __restrict psc = scale.data(), *__restrict psh = shift.data();
  for (int64_t r0 = 0; r0 < rows; r0 += kBlock) {
    std::fill(s1.begin(), s1.end(), 0.f);
    std::fill(s2.begin(), s2.end(), 0.f);
    for (int64_t r = r0; r < std::min(rows, r0 + kBlock); ++r) {
      const float* __restrict dyr = dy + r * channels, * __restrict xr = x + r * channels;
      for (int64_t c = 0; c < channels; ++c) {
        const float g = passed<activation>(dyr[c], xr[c] * psc[c] + psh[c]);
        ps1[c] += g;
        ps2[c] += g * (xr[c] - mean[c]);
      }
    }
    for (int64_t c = 0; c < channels; ++c) {
      t1[c] += s1[c];
      t2[c] += s2[c];
    }
  }
  for (int64_t c = 0; c < channels; ++c) {
    dbeta[c] = static_cast<float>(t1[c]);
    dgamma[c] = static_cast<float>(t2[c] * invstd[c]);
    k1[c] = static_cast<float>(t1[c] / rows);
    k2[c] = static_cast<float>(t2[c] * invstd[c] * invstd[c] / rows);
  }
  for (int64_t r = 0; r < rows; ++r) {
    const float* __restrict dyr = dy + r * channels, * __restrict xr = x + r * channels;
    float* __restrict dxr = dx + r * channels;
    for (int64_t c = 0; c < channels; ++c) {
      const float g = passed<activation>(dyr[c], xr[c] * psc[c] + psh[c]);
      dxr[c] = psc[c] * (g - pk1[c] - (xr[c] - mean[c]) * pk2[c]);
    }
  }
}

struct Window {
  int64_t batch, height, width, channels, outHeight, outWidth, kernel, stride, top, left;
};

// Calls body(output position, input position, tap) wherever a tap of a window is inside the picture.
template <typename Body>
void for_taps(const Window& g, const Body& body) {
  for (int64_t n = 0; n < g.batch; ++n)
    for (int64_t oy = 0; oy < g.outHeight; ++oy)
      for (int64_t ox = 0; ox < g.outWidth; ++ox) {
        const int64_t out = ((n * g.outHeight + oy) * g.outWidth + ox) * g.channels;
        for (int64_t ky = 0; ky < g.kernel; ++ky) {
          const int64_t y = oy * g.stride + ky - g.top;
          if (y < 0 || y >= g.height) continue;
          for (int64_t kx = 0; kx < g.kernel; ++kx) {
            const int64_t x = ox * g.stride + kx - g.left;
            if (x < 0 || x >= g.width) continue;
            body(out, ((n * g.height + y) * g.width + x) * g.channels, (ky * g.kernel + kx) * g.channels);
          }
        }
      }
}

Window window_of(const Tensor& x, int64_t outHeight, int64_t outWidth, int64_t kernel, int64_t stride, int64_t top,
                 int64_t left) {
  return {x.size(0), x.size(1), x.size(2), x.size(3), outHeight, outWidth, kernel, stride, top, left};
}

}  // namespace

// Returns y, mean, 1 / sqrt(variance + epsilon); the running statistics move as PyTorch's do.
std::vector<Tensor> norm_forward(Tensor x, Tensor gamma, Tensor beta, Tensor runningMean, Tensor runningVariance,
                                 double epsilon, double momentum, int64_t activation) {
  const int64_t channels = x.size(-1), rows = x.numel() / channels;
  auto y = torch::empty_like(x), mean = torch::empty({channels}), invstd = torch::empty({channels});
  std::vector<double> t1(channels, 0.0), t2(channels, 0.0);
  std::vector<float> s1(channels), s2(channels), scale(channels), shift(channels);
  const float* __restrict  px = x.data_ptr<float>();
  float *__restrict ps1 = s1.data(), *__restrict ps2 = s2.data();
  // Squares are taken around the first row, so that a large mean costs no digits.
  const std::vector<float> origin(px, px + channels);
  const float* __restrict  po = origin.data();
  for (int64_t r0 = 0; r0 < rows; r0 += kBlock) {
    std::fill(s1.begin(), s1.end(), 0.f);
    std::fill(s2.begin(), s2.end(), 0.f);
    for (int64_t r = r0; r < std::min(rows, r0 + kBlock); ++r)
      for (int64_t c = 0; c < channels; ++c) {
        const float v = px[r * channels + c] - po[c];
        ps1[c] += v;
        ps2[c] += v * v;
      }
    for (int64_t c = 0; c < channels; ++c) {
      t1[c] += s1[c];
      t2[c] += s2[c];
    }
  }
  float *pm = mean.data_ptr<float>(), *pi = invstd.data_ptr<float>();
  float *prm = runningMean.data_ptr<float>(), *prv = runningVariance.data_ptr<float>();
  for (int64_t c = 0; c < channels; ++c) {
    const double m = t1[c] / rows, variance = std::max(0.0, t2[c] / rows - m * m);
    pm[c] = static_cast<float>(m + po[c]);
    pi[c] = static_cast<float>(1.0 / std::sqrt(variance + epsilon));
    prm[c] += static_cast<float>(momentum * (pm[c] - prm[c]));
    prv[c] += static_cast<float>(momentum * (variance * rows / std::max<int64_t>(1, rows - 1) - prv[c]));
    scale[c] = gamma.data_ptr<float>()[c] * pi[c];
    shift[c] = beta.data_ptr<float>()[c] - pm[c] * scale[c];
  }
  float* __restrict py = y.data_ptr<float>();
  if (activation == kRelu6) normalize<kRelu6>(px, py, scale.data(), shift.data(), rows, channels);
  else if (activation == kRelu) normalize<kRelu>(px, py, scale.data(), shift.data(), rows, channels);
  else normalize<kNone>(px, py, scale.data(), shift.data(), rows, channels);
  return {y, mean, invstd};
}

// Returns the gradients of x, gamma and beta.
std::vector<Tensor> norm_backward(Tensor dy, Tensor x, Tensor mean, Tensor invstd, Tensor gamma, Tensor beta,
                                  int64_t activation) {
  const int64_t channels = x.size(-1), rows = x.numel() / channels;
  auto dx = torch::empty_like(x), dgamma = torch::empty_like(gamma), dbeta = torch::empty_like(beta);
  auto call = activation == kRelu6  ? normalize_backward<kRelu6>
              : activation == kRelu ? normalize_backward<kRelu>
                                    : normalize_backward<kNone>;
  call(dy.data_ptr<float>(), x.data_ptr<float>(), dx.data_ptr<float>(), mean.data_ptr<float>(),
       invstd.data_ptr<float>(), gamma.data_ptr<float>(), beta.data_ptr<float>(), dgamma.data_ptr<float>(),
       dbeta.data_ptr<float>(), rows, channels);
  return {dx, dgamma, dbeta};
}

// The kernel is [kernel · kernel, channels].
Tensor depthwise_forward(Tensor x, Tensor w, int64_t outHeight, int64_t outWidth, int64_t kernel, int64_t stride,
                         int64_t top, int64_t left) {
  const auto g = window_of(x, outHeight, outWidth, kernel, stride, top, left);
  auto y = torch::zeros({g.batch, outHeight, outWidth, g.channels});
  const float* __restrict px = x.data_ptr<float>(), * __restrict pw = w.data_ptr<float>();
  float* __restrict py = y.data_ptr<float>();
  for_taps(g, [&](int64_t out, int64_t in, int64_t tap) {
    for (int64_t c = 0; c < g.channels; ++c) py[out + c] += px[in + c] * pw[tap + c];
  });
  return y;
}

// Returns the gradients of x and of the kernel.
std::vector<Tensor> depthwise_backward(Tensor dy, Tensor x, Tensor w, int64_t kernel, int64_t stride, int64_t top,
                                       int64_t left) {
  const auto g = window_of(x, dy.size(1), dy.size(2), kernel, stride, top, left);
  auto dx = torch::zeros_like(x), dw = torch::zeros_like(w);
  const float* __restrict pdy = dy.data_ptr<float>(), * __restrict px = x.data_ptr<float>(), * __restrict pw = w.data_ptr<float>();
  float *__restrict pdx = dx.data_ptr<float>(), *__restrict pdw = dw.data_ptr<float>();
  for_taps(g, [&](int64_t out, int64_t in, int64_t tap) {
    for (int64_t c = 0; c < g.channels; ++c) {
      pdx[in + c] += pdy[out + c] * pw[tap + c];
      pdw[tap + c] += pdy[out + c] * px[in + c];
    }
  });
  return {dx, dw};
}

PYBIND11_MODULE(TORCH_EXTENSION_NAME, m) {
  m.def("norm_forward", &norm_forward);
  m.def("norm_backward", &norm_backward);
  m.def("depthwise_forward", &depthwise_forward);
  m.def("depthwise_backward", &depthwise_backward);
}
