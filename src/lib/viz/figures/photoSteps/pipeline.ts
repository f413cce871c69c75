import { GraphBuilder } from '$lib/nets/builder';
import { resolveGraph } from '$lib/nets/resolve';
import { runGraph } from '$lib/nets/run';
import { tensor, type Tensor } from '$lib/ops';
import { brightness, type Photograph } from '../../tensor/photograph';
import { photoFilters, type FilterName } from './filters';

/** A map after each step, in order. */
export interface Pipeline {
	/** The brightness of the photograph. */
	readonly grey: Tensor;
	readonly slide: Tensor;
	readonly norm: Tensor;
	readonly relu: Tensor;
	readonly pool: Tensor;
	/** What batch norm takes off and divides by: mean and deviation of the map before it. */
	readonly mean: number;
	readonly deviation: number;
}

/** Convolution, batch norm, ReLU and max pooling of a photograph's brightness: a small network of its own, run by the operators. */
export function runPipeline(photograph: Photograph, filter: FilterName): Pipeline {
	const [height, width] = photograph.shape;
	const net = new GraphBuilder('Photograph', [height, width, 1]);
	const slide = net.conv2d('slide', net.input, { outChannels: 1, kernelSize: 3, bias: false });
	const norm = net.batchNorm('norm', slide, { epsilon: 1e-3, scale: false, center: false });
	const relu = net.relu('relu', norm);
	const resolved = resolveGraph(net.build(net.maxPool('pool', relu, { kernelSize: 2, stride: 2 })));
	const grey = tensor(resolved.tensors[0].shape, brightness(photograph));
	const kernel = tensor([3, 3, 1, 1], photoFilters[filter]);

	const conv = resolved.byId.get('slide')!;
	const [filtered] = conv.operator.run([grey], { kernel }, conv.geometry);
	const { mean, variance } = momentsOf(filtered!.data);
	const values = runGraph(resolved, [grey], {
		slide: { kernel },
		norm: { mean: tensor([1], [mean]), variance: tensor([1], [variance]) }
	});
	const at = (ref: string) => values[resolved.byRef.get(ref)!.index]!;
	return {
		grey,
		...{ slide: at('slide'), norm: at('norm'), relu: at('relu'), pool: at('pool') },
		...{ mean, deviation: Math.sqrt(variance) }
	};
}

/** Mean of values, and mean of their squared distances from it. */
export function momentsOf(values: ArrayLike<number>): { readonly mean: number; readonly variance: number } {
	let mean = 0;
	for (let i = 0; i < values.length; i++) mean += values[i]! / values.length;
	let variance = 0;
	for (let i = 0; i < values.length; i++) variance += (values[i]! - mean) ** 2 / values.length;
	return { mean, variance };
}

/** What a value of a map was made of: a window of the map before, row by row. */
export function windowAt(
	{ shape: [, width], data }: Tensor,
	top: number,
	left: number,
	side: number
): readonly number[] {
	return Array.from(
		{ length: side * side },
		(_, i) => data[(top + Math.floor(i / side)) * width + left + (i % side)]!
	);
}
