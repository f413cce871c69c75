import { photoValue } from './photo';
import type { Shape } from '$lib/ops/types';

/** What an input can be filled with. */
export const inputPresets = ['random', 'ramp', 'photo', 'checker', 'edge'] as const;
export type InputPreset = (typeof inputPresets)[number];

/** What a kernel can be filled with. */
export const weightPresets = ['random', 'edges', 'identity', 'average', 'ramp'] as const;
export type WeightPreset = (typeof weightPresets)[number];

/** `[kh, kw, inChannels / groups, outChannels]`, and into how many groups the channels fall. */
export interface KernelForm {
	readonly shape: readonly [kh: number, kw: number, inChannels: number, outChannels: number];
	readonly groups: number;
}

/** Values of an input, row-major: small whole numbers, never negative, as after a ReLU. The seed matters to `random` only. */
export function presetInput(preset: InputPreset, shape: Shape, seed: number): Float64Array {
	const [height, width, channels] = shape;
	const value: Record<InputPreset, (y: number, x: number, c: number) => number> = {
		random: (y, x, c) => wholeAt(0, 4, seed, 0, y, x, c),
		// Along the rows in one channel and along the columns in the next, so that channels differ.
		ramp: (y, x, c) => (c % 2 === 0 ? y * width + x : x * height + y) + 1,
		photo: (y, x, c) => photoValue(y, x, c, height, width),
		checker: (y, x, c) => ((y + x + c) % 2 === 0 ? 4 : 0),
		edge: (y, x, c) => ((c % 2 === 0 ? 2 * x < width : 2 * y < height) ? 0 : 4)
	};
	const values = new Float64Array(height * width * channels);
	let n = 0;
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			for (let c = 0; c < channels; c++) values[n++] = value[preset](y, x, c);
		}
	}
	return values;
}

/**
 * Values of a kernel, row-major. All presets but `average` (one over the number of taps) are whole numbers.
 * `stage` sets the random kernels of a chain apart.
 */
export function presetKernel(
	preset: WeightPreset,
	{ shape: [kh, kw, inChannels, outChannels], groups }: KernelForm,
	seed: number,
	stage = 0
): Float64Array {
	const perGroup = outChannels / groups;
	const values = new Float64Array(kh * kw * inChannels * outChannels);
	const counted = Math.max(3, kh * kw);
	const value: Record<WeightPreset, (ky: number, kx: number, i: number, o: number) => number> = {
		random: (ky, kx, i, o) => wholeAt(-2, 2, seed, 1 + stage, ky, kx, i, o),
		edges: (ky, kx, i, o) => edgeValue(ky, kx, i, o, kh, kw),
		// Output channel o copies the input channel of the same place in its group.
		identity: (ky, kx, i, o) =>
			ky === middle(kh) && kx === middle(kw) && i === (o % perGroup) % inChannels ? 1 : 0,
		average: () => 1 / (kh * kw * inChannels),
		ramp: (ky, kx, i, o) => ((ky * kw + kx + i + o) % counted) - Math.floor(counted / 2)
	};
	let n = 0;
	for (let ky = 0; ky < kh; ky++) {
		for (let kx = 0; kx < kw; kx++) {
			for (let i = 0; i < inChannels; i++) {
				for (let o = 0; o < outChannels; o++) values[n++] = value[preset](ky, kx, i, o);
			}
		}
	}
	return values;
}

/** Values of a bias: −1, 0 or 1 where the kernel is random, otherwise 0, so that detectors stay what they are. */
export function presetBias(preset: WeightPreset, channels: number, seed: number, stage = 0): Float64Array {
	return Float64Array.from({ length: channels }, (_, o) =>
		preset === 'random' ? wholeAt(-1, 1, seed, 1001 + stage, o) : 0
	);
}

/**
 * Filters in turn: edges that stand (for 3×3 this is Sobel's kernel), edges that lie, outlines of every direction.
 * A 1×1 kernel sees no neighbours: it takes the difference of neighbouring channels instead.
 */
function edgeValue(ky: number, kx: number, i: number, o: number, kh: number, kw: number): number {
	if (kh * kw === 1) return i % 2 === 0 ? 1 : -1;
	const across = triangle(ky, kh) * slope(kx, kw);
	const along = slope(ky, kh) * triangle(kx, kw);
	const centre = ky === middle(kh) && kx === middle(kw);
	const outline = centre ? kh * kw - 1 : -1;
	const kinds = kw === 1 ? [along, outline] : kh === 1 ? [across, outline] : [across, along, outline];
	return kinds[o % kinds.length]!;
}

/** 1 2 1, 1 2 3 2 1, …: how much a row counts. */
const triangle = (n: number, size: number) => Math.min(n, size - 1 - n) + 1;

/** −1 before the middle, 1 behind it. */
const slope = (n: number, size: number) => Math.sign(2 * n - (size - 1));

/** The middle of a kernel; of an even one the place that TensorFlow's `same` padding puts on the output's position. */
const middle = (size: number) => Math.floor((size - 1) / 2);

/**
 * A whole number from `low` to `high`, the same for the same seed and place. It is hashed from the place, not drawn in
 * turn, so that a value stays when the tensor around it grows.
 */
function wholeAt(low: number, high: number, seed: number, ...position: number[]): number {
	const hash = position.reduce((h, n) => mix(h ^ mix(n + 1)), mix(seed));
	return low + Math.floor((mix(hash) / 2 ** 32) * (high - low + 1));
}

/** Spreads a 32-bit whole number over all of them: the step of the generator mulberry32 (Tommy Ettinger, public domain). */
function mix(n: number): number {
	let t = (n + 0x6d2b79f5) | 0;
	t = Math.imul(t ^ (t >>> 15), t | 1);
	t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
	return (t ^ (t >>> 14)) >>> 0;
}
