/** Features of pictures, row-major: `count` rows of `width` numbers. */
export interface Features {
	readonly width: number;
	readonly data: Float32Array;
}

/** A linear layer and softmax on features as the network gives them: `softmax(x · kernel + bias)`. */
export interface Head {
	/** `[width, classes]`, row-major. */
	readonly kernel: Float32Array;
	/** `[classes]` */
	readonly bias: Float32Array;
}

/** A head that was trained, and how that went. */
export interface Trained {
	readonly head: Head;
	/** Mean cross-entropy in nats and the penalty, at the optimum. */
	readonly loss: number;
	readonly steps: number;
	/** Whether the gradient went below the bound: there is one optimum, and this is it. */
	readonly hasConverged: boolean;
}

export interface FitOptions {
	/** Factor of half the squared length of the weights, which are of features with a mean squared length of 1. */
	readonly penalty?: number;
	/** Largest entry of the gradient at which it ends. */
	readonly tolerance?: number;
	readonly mostSteps?: number;
}

/** What cannot be learned: a feature that is no number, or a loss that is none. */
export class NotLearned extends Error {
	override readonly name = 'NotLearned';
}

/**
 * Tried on features of the four networks: for pictures of CIFAR-10, which they were trained for, ten times as much or a tenth makes no
 * difference (3 to 10 classes of 15 to 40); for drawn shapes, which they were not, ten times as much loses 1 to 4 of 45.
 */
export const usualPenalty = 1e-3;

/**
 * Trains a linear layer and softmax on features: multinomial logistic regression with a penalty on the weights (not on the biases),
 * by L-BFGS on all pictures at once. The loss is strictly convex in the weights, so that there is one optimum, whatever the beginning and whichever way
 * leads there; nothing is random. Features are standardised first, and that is folded into the head, which takes them as they are.
 * Sources: Nocedal & Wright, Numerical Optimization, algorithms 7.4 and 7.5; Hastie, Tibshirani & Friedman, section 4.4.
 * @param labels class of each row, from 0 to below `classes`
 * @throws {NotLearned} for features that are no numbers
 */
export function fitHead(
	features: Features,
	labels: readonly number[],
	classes: number,
	{ penalty = usualPenalty, tolerance = 1e-5, mostSteps = 300 }: FitOptions = {}
): Trained {
	const scale = scaleOf(features);
	const rows = scaled(features, scale);
	const problem: Problem = { rows, width: features.width, labels, classes, penalty };
	const { at, value, steps, hasConverged } = minimise(
		(point, gradient) => lossAt(problem, point, gradient),
		new Float64Array((features.width + 1) * classes),
		{ tolerance, mostSteps }
	);
	return { head: unscaled(at, scale, classes), loss: value, steps, hasConverged };
}

/** Shares of the classes for a row of features, `[classes]`, which add up to 1. */
export function probabilities({ kernel, bias }: Head, row: Float32Array): Float32Array {
	const classes = bias.length;
	const logits = Float64Array.from(bias);
	for (let i = 0; i < row.length; i++)
		for (let c = 0; c < classes; c++) logits[c]! += row[i]! * kernel[i * classes + c]!;
	softmax(logits);
	return Float32Array.from(logits);
}

/** Mean of each feature, and what it is multiplied by after that is taken off: 0 for one that never changes. */
interface Scale {
	readonly mean: Float64Array;
	readonly factor: Float64Array;
}

function scaleOf({ width, data }: Features): Scale {
	const count = data.length / width;
	const mean = new Float64Array(width);
	const factor = new Float64Array(width);
	for (let at = 0; at < data.length; at++) mean[at % width]! += data[at]! / count;
	for (let at = 0; at < data.length; at++)
		factor[at % width]! += (data[at]! - mean[at % width]!) ** 2 / count;
	let alive = 0;
	for (let i = 0; i < width; i++) {
		const variance = factor[i]!;
		if (!Number.isFinite(variance)) throw new NotLearned(`feature ${i} is no number`);
		// What is left of a constant by rounding is no difference between pictures.
		const isAlive = variance > 1e-12 * (mean[i]! ** 2 + 1e-12);
		factor[i] = isAlive ? 1 / Math.sqrt(variance) : 0;
		if (isAlive) alive++;
	}
	// Rows are as long whatever the network's width is, so that one penalty is as strong for all.
	for (let i = 0; i < width; i++) factor[i]! /= Math.sqrt(Math.max(1, alive));
	return { mean, factor };
}

function scaled({ width, data }: Features, { mean, factor }: Scale): Float64Array {
	return Float64Array.from(data, (value, at) => (value - mean[at % width]!) * factor[at % width]!);
}

/** The same head on features as they are. */
function unscaled(at: Float64Array, { mean, factor }: Scale, classes: number): Head {
	const width = mean.length;
	const kernel = new Float32Array(width * classes);
	const bias = Float64Array.from(at.subarray(width * classes));
	for (let i = 0; i < width; i++)
		for (let c = 0; c < classes; c++) {
			const weight = at[c * width + i]! * factor[i]!;
			kernel[i * classes + c] = weight;
			bias[c]! -= weight * mean[i]!;
		}
	return { kernel, bias: Float32Array.from(bias) };
}

/** What is minimised: rows that are scaled, and their classes. */
export interface Problem {
	readonly rows: Float64Array;
	readonly width: number;
	readonly labels: readonly number[];
	readonly classes: number;
	readonly penalty: number;
}

/**
 * The loss at weights `[classes, width]`, row-major, with biases, `[classes]`, behind them.
 * @param gradient is set to the loss's, of the same shape
 */
export function lossAt(
	{ rows, width, labels, classes, penalty }: Problem,
	point: Float64Array,
	gradient: Float64Array
): number {
	const count = labels.length;
	const biases = width * classes;
	gradient.fill(0);
	let loss = 0;
	const shares = new Float64Array(classes);
	for (let n = 0; n < count; n++) {
		const from = n * width;
		for (let c = 0; c < classes; c++) {
			const row = c * width;
			let sum = point[biases + c]!;
			for (let i = 0; i < width; i++) sum += rows[from + i]! * point[row + i]!;
			shares[c] = sum;
		}
		const logit = shares[labels[n]!]!;
		loss += (softmax(shares) - logit) / count;
		shares[labels[n]!]! -= 1;
		for (let c = 0; c < classes; c++) {
			const row = c * width;
			const share = shares[c]! / count;
			for (let i = 0; i < width; i++) gradient[row + i]! += rows[from + i]! * share;
			gradient[biases + c]! += share;
		}
	}
	for (let at = 0; at < biases; at++) {
		loss += (penalty / 2) * point[at]! ** 2;
		gradient[at]! += penalty * point[at]!;
	}
	return loss;
}

/** Makes logits shares. @returns the logarithm of the sum of their powers */
function softmax(values: Float64Array): number {
	let largest = -Infinity;
	for (const value of values) largest = Math.max(largest, value);
	let sum = 0;
	for (let c = 0; c < values.length; c++) sum += values[c] = Math.exp(values[c]! - largest);
	for (let c = 0; c < values.length; c++) values[c]! /= sum;
	return largest + Math.log(sum);
}

interface Minimum {
	readonly at: Float64Array;
	readonly value: number;
	readonly steps: number;
	readonly hasConverged: boolean;
}

/** Steps that are remembered of the way. */
const memory = 10;

/** L-BFGS with a line search that goes back until the loss falls enough, and forward while it still falls (Wolfe's conditions). */
function minimise(
	evaluate: (point: Float64Array, gradient: Float64Array) => number,
	start: Float64Array,
	{ tolerance, mostSteps }: { readonly tolerance: number; readonly mostSteps: number }
): Minimum {
	let at = start;
	let gradient = new Float64Array(at.length);
	let value = evaluate(at, gradient);
	const past: { readonly step: Float64Array; readonly change: Float64Array; readonly rho: number }[] = [];
	for (let steps = 0; ; steps++) {
		if (!Number.isFinite(value)) throw new NotLearned('the loss is no number');
		const hasConverged = gradient.every((entry) => Math.abs(entry) <= tolerance);
		if (hasConverged || steps >= mostSteps) return { at, value, steps, hasConverged };
		const direction = gradient.map((entry) => -entry);
		const factors: number[] = [];
		for (let i = past.length - 1; i >= 0; i--) {
			const { step, change, rho } = past[i]!;
			factors[i] = rho * dot(step, direction);
			add(direction, change, -factors[i]!);
		}
		const last = past.at(-1);
		if (last) {
			const size = 1 / (last.rho * dot(last.change, last.change));
			for (let i = 0; i < direction.length; i++) direction[i]! *= size;
		}
		past.forEach(({ step, change, rho }, i) =>
			add(direction, step, factors[i]! - rho * dot(change, direction))
		);
		const slope = dot(gradient, direction);
		let [low, high, length] = [0, Infinity, 1];
		let next = at;
		let nextGradient = new Float64Array(at.length);
		let nextValue = value;
		for (let tries = 0; tries < 40; tries++) {
			next = at.slice();
			add(next, direction, length);
			nextGradient = new Float64Array(at.length);
			nextValue = evaluate(next, nextGradient);
			if (!(nextValue <= value + 1e-4 * length * slope)) high = length;
			else if (dot(nextGradient, direction) < 0.9 * slope) low = length;
			else break;
			length = high === Infinity ? 2 * length : (low + high) / 2;
		}
		const step = Float64Array.from(next, (entry, i) => entry - at[i]!);
		const change = Float64Array.from(nextGradient, (entry, i) => entry - gradient[i]!);
		const curvature = dot(step, change);
		// Nothing falls any more but by rounding.
		if (!(nextValue <= value) || curvature <= 0) return { at, value, steps, hasConverged: false };
		past.push({ step, change, rho: 1 / curvature });
		if (past.length > memory) past.shift();
		[at, gradient, value] = [next, nextGradient, nextValue];
	}
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}

/** Adds `factor` times `other` to `to`. */
function add(to: Float64Array, other: Float64Array, factor: number): void {
	for (let i = 0; i < to.length; i++) to[i]! += factor * other[i]!;
}
