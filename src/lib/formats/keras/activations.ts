import type { Assembly } from '../assembly';
import type { LayerCall, Value } from './call';
import { numberIn, type Config, type LayerConfig } from './config';

/** What activations are called here. */
const kinds: Readonly<
	Record<
		string,
		'relu' | 'relu6' | 'sigmoid' | 'tanh' | 'elu' | 'selu' | 'swish' | 'gelu' | 'hardSwish' | 'softmax'
	>
> = {
	...{
		relu: 'relu',
		relu6: 'relu6',
		sigmoid: 'sigmoid',
		tanh: 'tanh',
		elu: 'elu',
		selu: 'selu',
		swish: 'swish',
		silu: 'swish'
	},
	...{ gelu: 'gelu', hard_swish: 'hardSwish', hard_silu: 'hardSwish', softmax: 'softmax' }
};

/** The activation that a layer has in itself. */
export function activated(call: LayerCall, value: Value): Value {
	const { config, type, name } = call;
	const { activation: given } = config;
	const isOwn = ['Activation', 'Softmax', 'ReLU', 'LeakyReLU'].includes(type);
	if (isOwn || given === undefined || given === null || given === 'linear') return value;
	const short = typeof given === 'string' ? given : 'activation';
	return activation(call, value, given, `${name}/${short}`) ?? value;
}

/** An activation by its name or configuration. */
export function activation(call: LayerCall, value: Value, given: unknown, name: string): Value | null {
	const { assembly, isOld } = call;
	const config = (typeof given === 'object' ? given : null) as LayerConfig | null;
	if (config?.class_name === 'ReLU') return relu(assembly, value, config.config, name);
	const wanted = config?.config?.['activation'] ?? config?.class_name ?? given;
	const found = typeof wanted === 'string' ? wanted.toLowerCase() : '';
	const { out } = value;
	if (found === 'linear') return value;
	if (found === 'softmax' && value.isFlat) return null;
	const made =
		found === 'hard_sigmoid'
			? assembly.add('hardSigmoid', name, [out], isOld ? { alpha: 0.2, beta: 0.5 } : {})
			: found === 'leaky_relu'
				? assembly.add('leakyRelu', name, [out], { alpha: 0.2 })
				: Object.hasOwn(kinds, found)
					? assembly.add(kinds[found]!, name, [out], {})
					: assembly.opaque(name, [out], { type: found || 'Activation', shapes: [out.shape] });
	return { out: made.outs[0]!, isFlat: value.isFlat };
}

export function relu(assembly: Assembly, { out, isFlat }: Value, config: Config, name: string): Value | null {
	const max = config['max_value'];
	const [slope, threshold] = [numberIn(config, 'negative_slope', 0), numberIn(config, 'threshold', 0)];
	if (threshold !== 0 || (slope !== 0 && typeof max === 'number')) return null;
	const made =
		slope !== 0
			? assembly.add('leakyRelu', name, [out], { alpha: slope })
			: typeof max !== 'number'
				? assembly.add('relu', name, [out], {})
				: max === 6
					? assembly.add('relu6', name, [out], {})
					: assembly.add('clip', name, [out], { min: 0, max });
	return { out: made.outs[0]!, isFlat };
}
