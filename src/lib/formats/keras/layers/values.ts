import { countOf } from '../../tensors';
import { activation, relu } from '../activations';
import type { Handler } from '../call';
import { isLastAxis, numberIn, numbersIn } from '../config';

/** Layers that make another of each value: norms, scales, activations. */
export const values: Readonly<Record<string, Handler>> = {
	BatchNormalization(call) {
		const { name, config, value, x } = call;
		if (value.isFlat) return null;
		const options = {
			epsilon: numberIn(config, 'epsilon', 1e-3),
			scale: config['scale'] !== false,
			center: config['center'] !== false
		};
		const given = {
			gamma: call.values('gamma'),
			beta: call.values('beta'),
			mean: call.values('moving_mean'),
			variance: call.values('moving_variance')
		};
		return call.one(call.assembly.add('batchNorm', name, [x], options, given));
	},
	LayerNormalization(call) {
		const { name, config, value, x } = call;
		const options = {
			epsilon: numberIn(config, 'epsilon', 1e-3),
			scale: config['scale'] !== false,
			center: config['center'] !== false
		};
		if (value.isFlat || !isLastAxis(config['axis'])) return null;
		return call.one(
			call.assembly.add('layerNorm', name, [x], options, {
				gamma: call.values('gamma'),
				beta: call.values('beta')
			})
		);
	},
	Rescaling(call) {
		const { name, config, value, x } = call;
		const [scale, offset] = [config['scale'], config['offset'] ?? 0];
		if (typeof scale === 'number' && typeof offset === 'number')
			return call.one(call.assembly.add('rescale', name, [x], { scale, offset }));
		// One of each channel, as Keras's EfficientNet has it before its published weights.
		const channels = x.shape[2];
		const along = (given: unknown) =>
			typeof given === 'number' ? new Float32Array(channels).fill(given) : numbersIn(given);
		const [gamma, beta] = [along(scale), along(offset)];
		if (value.isFlat || gamma?.length !== channels || beta?.length !== channels) return null;
		const of = { gamma: Float32Array.from(gamma), beta: Float32Array.from(beta) };
		return call.one(call.assembly.add('scale', name, [x], {}, of));
	},
	// ConvNeXt's.
	LayerScale(call) {
		const { name, value, x } = call;
		if (value.isFlat) return null;
		return call.one(
			call.assembly.add('scale', name, [x], { center: false }, { gamma: call.values('gamma') })
		);
	},
	Normalization(call) {
		const { name, config, value, x } = call;
		const mean = numbersIn(config['mean']) ?? call.roles['mean']?.data;
		const variance = numbersIn(config['variance']) ?? call.roles['variance']?.data;
		const channels = x.shape[2];
		if (!mean || !variance || ![1, channels].includes(mean.length) || value.isFlat) return null;
		const of = (list: ArrayLike<number>, c: number) => list[list.length === 1 ? 0 : c]!;
		const gamma = Float32Array.from(
			{ length: channels },
			(_, c) => 1 / Math.max(Math.sqrt(of(variance, c)), 1e-7)
		);
		const beta = Float32Array.from({ length: channels }, (_, c) => -of(mean, c) * gamma[c]!);
		return call.one(call.assembly.add('scale', name, [x], {}, { gamma, beta }));
	},
	Activation(call) {
		const { name, config, value } = call;
		return activation(call, value, config['activation'], name);
	},
	ReLU(call) {
		const { name, config, value } = call;
		return relu(call.assembly, value, config, name);
	},
	LeakyReLU(call) {
		const { name, config, x } = call;
		return call.one(
			call.assembly.add('leakyRelu', name, [x], {
				alpha: numberIn(config, 'negative_slope', numberIn(config, 'alpha', 0.3))
			})
		);
	},
	ELU(call) {
		const { name, config, x } = call;
		return call.one(call.assembly.add('elu', name, [x], { alpha: numberIn(config, 'alpha', 1) }));
	},
	PReLU(call) {
		const { name, config, x } = call;
		const alpha = call.roles['alpha'];
		const count = alpha
			? countOf(alpha.shape)
			: (config['shared_axes'] as unknown[] | null)?.length === 3
				? 1
				: x.shape[2];
		if (count !== 1 && count !== x.shape[2]) return null;
		return call.one(call.assembly.add('prelu', name, [x], { shared: count === 1 }, { alpha: alpha?.data }));
	},
	Softmax(call) {
		const { name, config, value } = call;
		return isLastAxis(config['axis']) ? activation(call, value, 'softmax', name) : null;
	},
	Dropout(call) {
		const { name, config, x } = call;
		const rate = numberIn(config, 'rate', numberIn(config, 'p', 0.5));
		return call.one(call.assembly.add('dropout', name, [x], { rate: rate >= 0 && rate < 1 ? rate : 0 }));
	}
};
