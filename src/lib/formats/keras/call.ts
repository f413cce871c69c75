import type { Assembly, Out, Values } from '../assembly';
import type { NamedTensor } from '../tensors';
import type { Config, LayerConfig } from './config';

/** A tensor, and whether Keras has flattened it. */
export interface Value {
	readonly out: Out;
	readonly isFlat: boolean;
	/** Its channels in so many groups, as an axis of their own: half way through a channel shuffle. */
	readonly parted?: { readonly groups: number; readonly isTurned: boolean };
}

/** Reads a layer; `null` where what it does cannot be computed here. */
export type Handler = (call: LayerCall) => Value | null;

/** A call of a layer that is being read: what it reads, and what it has. */
export class LayerCall {
	readonly type: string;
	readonly config: Config;
	/** Weights by what they are. */
	readonly roles: Readonly<Record<string, NamedTensor>>;

	constructor(
		readonly assembly: Assembly,
		{ class_name, config }: LayerConfig,
		/** What it is called, with the models around it. */
		readonly name: string,
		readonly inputs: readonly Value[],
		weights: readonly NamedTensor[],
		/** Whether it is of Keras 1 or 2. */
		readonly isOld: boolean
	) {
		[this.type, this.config] = [class_name, config];
		this.roles = rolesOf(weights, class_name, config);
	}

	get value(): Value {
		return this.inputs[0]!;
	}

	get x(): Out {
		return this.value.out;
	}

	get bias(): boolean {
		return this.config['use_bias'] !== false;
	}

	/** Whether it reads a row, flattened or not. */
	get isVector(): boolean {
		return this.value.isFlat || this.x.shape[0] * this.x.shape[1] === 1;
	}

	values(role: string): Values | undefined {
		return this.roles[role]?.data;
	}

	plain(out: Out, isFlat = this.value.isFlat): Value {
		return { out, isFlat: isFlat && out.shape[0] * out.shape[1] > 1 };
	}

	one(made: { readonly outs: readonly Out[] }): Value {
		return this.plain(made.outs[0]!);
	}
}

/** Weights by what they are, from their names, or from their order in a layer of this class. */
function rolesOf(
	tensors: readonly NamedTensor[],
	className: string,
	config: Config
): Readonly<Record<string, NamedTensor>> {
	const hasBias = config['use_bias'] !== false;
	const norm = [
		...(config['scale'] !== false ? ['gamma'] : []),
		...(config['center'] !== false ? ['beta'] : []),
		...(className === 'BatchNormalization' ? ['moving_mean', 'moving_variance'] : [])
	];
	const order =
		className === 'SeparableConv2D'
			? ['depthwise_kernel', 'pointwise_kernel', ...(hasBias ? ['bias'] : [])]
			: className.endsWith('Normalization')
				? className === 'Normalization'
					? ['mean', 'variance', 'count']
					: norm
				: (onlyRoles[className] ?? ['kernel', ...(hasBias ? ['bias'] : [])]);
	return Object.fromEntries(
		tensors.map((tensor, i) => {
			const last = tensor.name.replace(/:\d+$/, '').split('/').at(-1)!;
			return [known.has(last) ? last : (order[i] ?? `weight${i}`), tensor];
		})
	);
}

/** The weight of a layer that has one, and not a kernel. */
const onlyRoles: Readonly<Record<string, readonly string[]>> = { PReLU: ['alpha'], LayerScale: ['gamma'] };

const known = new Set([
	...['kernel', 'bias', 'depthwise_kernel', 'pointwise_kernel', 'alpha', 'mean', 'variance', 'count'],
	...['gamma', 'beta', 'moving_mean', 'moving_variance']
]);
