import type { Conv2dGeometry } from '../../ops';

/*
 * Convolutions of a batch. All arrays are row-major: `x` `[count, height, width, inChannels]`, `kernel`
 * `[kh, kw, inChannels / groups, outChannels]`, `out` `[count, oh, ow, outChannels]`. Four filters at a time are summed in variables, which
 * the compiler keeps in registers: two to three times as fast as adding to the arrays. Depthwise convolutions have loops of their own.
 */

/** Forward; `out` is written anew. */
export function convForward(
	x: Float64Array,
	kernel: Float64Array,
	bias: Float64Array | null,
	out: Float64Array,
	count: number,
	g: Conv2dGeometry
): void {
	if (g.inChannelsPerGroup === 1) return depthwiseForward(x, kernel, bias, out, count, g);
	const { outChannels, inChannels, groups, inChannelsPerGroup: depth, outChannelsPerGroup: filters } = g;
	const [height, width] = g.inputs[0];
	const [rows, columns] = g.outputSize;
	const [kernelRows, kernelColumns] = g.kernelSize;
	const [strideY, strideX] = g.stride;
	const [dilationY, dilationX] = g.dilation;
	const { top, left } = g.padding;
	const step = depth * outChannels;
	for (let n = 0; n < count; n++) {
		for (let oy = 0; oy < rows; oy++) {
			for (let ox = 0; ox < columns; ox++) {
				const to = ((n * rows + oy) * columns + ox) * outChannels;
				for (let group = 0; group < groups; group++) {
					const last = (group + 1) * filters;
					let o = group * filters;
					for (; o + 4 <= last; o += 4) {
						let s0 = bias ? bias[o]! : 0;
						let s1 = bias ? bias[o + 1]! : 0;
						let s2 = bias ? bias[o + 2]! : 0;
						let s3 = bias ? bias[o + 3]! : 0;
						for (let ky = 0; ky < kernelRows; ky++) {
							const y = oy * strideY - top + ky * dilationY;
							if (y < 0 || y >= height) continue;
							for (let kx = 0; kx < kernelColumns; kx++) {
								const at = ox * strideX - left + kx * dilationX;
								if (at < 0 || at >= width) continue;
								let i = ((n * height + y) * width + at) * inChannels + group * depth;
								let w = (ky * kernelColumns + kx) * step + o;
								for (const end = i + depth; i < end; i++, w += outChannels) {
									const value = x[i]!;
									s0 += value * kernel[w]!;
									s1 += value * kernel[w + 1]!;
									s2 += value * kernel[w + 2]!;
									s3 += value * kernel[w + 3]!;
								}
							}
						}
						out[to + o] = s0;
						out[to + o + 1] = s1;
						out[to + o + 2] = s2;
						out[to + o + 3] = s3;
					}
					for (; o < last; o++) {
						let sum = bias ? bias[o]! : 0;
						for (let ky = 0; ky < kernelRows; ky++) {
							const y = oy * strideY - top + ky * dilationY;
							if (y < 0 || y >= height) continue;
							for (let kx = 0; kx < kernelColumns; kx++) {
								const at = ox * strideX - left + kx * dilationX;
								if (at < 0 || at >= width) continue;
								let i = ((n * height + y) * width + at) * inChannels + group * depth;
								let w = (ky * kernelColumns + kx) * step + o;
								for (const end = i + depth; i < end; i++, w += outChannels) sum += x[i]! * kernel[w]!;
							}
						}
						out[to + o] = sum;
					}
				}
			}
		}
	}
}

/**
 * Backward: adds to the gradients of kernel and bias, and to that of the input unless it is `null`.
 * @param gradOut gradient of the loss by each output value
 */
export function convBackward(
	x: Float64Array,
	kernel: Float64Array,
	gradOut: Float64Array,
	gradX: Float64Array | null,
	gradKernel: Float64Array,
	gradBias: Float64Array | null,
	count: number,
	g: Conv2dGeometry
): void {
	if (g.inChannelsPerGroup === 1) {
		return depthwiseBackward(x, kernel, gradOut, gradX, gradKernel, gradBias, count, g);
	}
	const { outChannels, inChannels, groups, inChannelsPerGroup: depth, outChannelsPerGroup: filters } = g;
	const [height, width] = g.inputs[0];
	const [rows, columns] = g.outputSize;
	const [kernelRows, kernelColumns] = g.kernelSize;
	const [strideY, strideX] = g.stride;
	const [dilationY, dilationX] = g.dilation;
	const { top, left } = g.padding;
	const step = depth * outChannels;
	if (gradBias) for (let i = 0; i < gradOut.length; i++) gradBias[i % outChannels]! += gradOut[i]!;
	for (let n = 0; n < count; n++) {
		for (let oy = 0; oy < rows; oy++) {
			for (let ox = 0; ox < columns; ox++) {
				const to = ((n * rows + oy) * columns + ox) * outChannels;
				for (let group = 0; group < groups; group++) {
					const last = (group + 1) * filters;
					let o = group * filters;
					for (; o + 4 <= last; o += 4) {
						const g0 = gradOut[to + o]!;
						const g1 = gradOut[to + o + 1]!;
						const g2 = gradOut[to + o + 2]!;
						const g3 = gradOut[to + o + 3]!;
						// Where ReLU let nothing through, nothing goes back.
						if (g0 === 0 && g1 === 0 && g2 === 0 && g3 === 0) continue;
						for (let ky = 0; ky < kernelRows; ky++) {
							const y = oy * strideY - top + ky * dilationY;
							if (y < 0 || y >= height) continue;
							for (let kx = 0; kx < kernelColumns; kx++) {
								const at = ox * strideX - left + kx * dilationX;
								if (at < 0 || at >= width) continue;
								let i = ((n * height + y) * width + at) * inChannels + group * depth;
								let w = (ky * kernelColumns + kx) * step + o;
								for (const end = i + depth; i < end; i++, w += outChannels) {
									const value = x[i]!;
									gradKernel[w]! += value * g0;
									gradKernel[w + 1]! += value * g1;
									gradKernel[w + 2]! += value * g2;
									gradKernel[w + 3]! += value * g3;
									if (gradX) {
										gradX[i]! +=
											kernel[w]! * g0 + kernel[w + 1]! * g1 + kernel[w + 2]! * g2 + kernel[w + 3]! * g3;
									}
								}
							}
						}
					}
					for (; o < last; o++) {
						const grad = gradOut[to + o]!;
						if (grad === 0) continue;
						for (let ky = 0; ky < kernelRows; ky++) {
							const y = oy * strideY - top + ky * dilationY;
							if (y < 0 || y >= height) continue;
							for (let kx = 0; kx < kernelColumns; kx++) {
								const at = ox * strideX - left + kx * dilationX;
								if (at < 0 || at >= width) continue;
								let i = ((n * height + y) * width + at) * inChannels + group * depth;
								let w = (ky * kernelColumns + kx) * step + o;
								for (const end = i + depth; i < end; i++, w += outChannels) {
									gradKernel[w]! += x[i]! * grad;
									if (gradX) gradX[i]! += kernel[w]! * grad;
								}
							}
						}
					}
				}
			}
		}
	}
}

/** One channel a filter; each channel has `outChannelsPerGroup` of them. */
function depthwiseForward(
	x: Float64Array,
	kernel: Float64Array,
	bias: Float64Array | null,
	out: Float64Array,
	count: number,
	g: Conv2dGeometry
): void {
	const { outChannels, inChannels, outChannelsPerGroup: filters } = g;
	const [height, width] = g.inputs[0];
	const [rows, columns] = g.outputSize;
	const [kernelRows, kernelColumns] = g.kernelSize;
	const [strideY, strideX] = g.stride;
	const [dilationY, dilationX] = g.dilation;
	const { top, left } = g.padding;
	for (let i = 0; i < out.length; i++) out[i] = bias ? bias[i % outChannels]! : 0;
	for (let n = 0; n < count; n++) {
		for (let oy = 0; oy < rows; oy++) {
			for (let ky = 0; ky < kernelRows; ky++) {
				const y = oy * strideY - top + ky * dilationY;
				if (y < 0 || y >= height) continue;
				for (let ox = 0; ox < columns; ox++) {
					const to = ((n * rows + oy) * columns + ox) * outChannels;
					for (let kx = 0; kx < kernelColumns; kx++) {
						const at = ox * strideX - left + kx * dilationX;
						if (at < 0 || at >= width) continue;
						const from = ((n * height + y) * width + at) * inChannels;
						const w = (ky * kernelColumns + kx) * outChannels;
						for (let c = 0, o = 0; c < inChannels; c++) {
							const value = x[from + c]!;
							for (const end = o + filters; o < end; o++) out[to + o]! += value * kernel[w + o]!;
						}
					}
				}
			}
		}
	}
}

function depthwiseBackward(
	x: Float64Array,
	kernel: Float64Array,
	gradOut: Float64Array,
	gradX: Float64Array | null,
	gradKernel: Float64Array,
	gradBias: Float64Array | null,
	count: number,
	g: Conv2dGeometry
): void {
	const { outChannels, inChannels, outChannelsPerGroup: filters } = g;
	const [height, width] = g.inputs[0];
	const [rows, columns] = g.outputSize;
	const [kernelRows, kernelColumns] = g.kernelSize;
	const [strideY, strideX] = g.stride;
	const [dilationY, dilationX] = g.dilation;
	const { top, left } = g.padding;
	if (gradBias) for (let i = 0; i < gradOut.length; i++) gradBias[i % outChannels]! += gradOut[i]!;
	for (let n = 0; n < count; n++) {
		for (let oy = 0; oy < rows; oy++) {
			for (let ky = 0; ky < kernelRows; ky++) {
				const y = oy * strideY - top + ky * dilationY;
				if (y < 0 || y >= height) continue;
				for (let ox = 0; ox < columns; ox++) {
					const to = ((n * rows + oy) * columns + ox) * outChannels;
					for (let kx = 0; kx < kernelColumns; kx++) {
						const at = ox * strideX - left + kx * dilationX;
						if (at < 0 || at >= width) continue;
						const from = ((n * height + y) * width + at) * inChannels;
						const w = (ky * kernelColumns + kx) * outChannels;
						for (let c = 0, o = 0; c < inChannels; c++) {
							const value = x[from + c]!;
							let sum = 0;
							for (const end = o + filters; o < end; o++) {
								const grad = gradOut[to + o]!;
								gradKernel[w + o]! += value * grad;
								sum += kernel[w + o]! * grad;
							}
							if (gradX) gradX[from + c]! += sum;
						}
					}
				}
			}
		}
	}
}
