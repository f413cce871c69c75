import { GraphBuilder } from '$lib/nets/builder';
import { shuffleUnitModule } from '$lib/nets/networks/shufflenet';
import { fireModule } from '$lib/nets/networks/squeezenet';
import { resolveGraph, type ResolvedGraph, type ResolvedNode } from '$lib/nets/resolve';
import type { Graph } from '$lib/nets/types';
import { formatCount } from '../../words/format';

/** Modules that are worked out end to end, each as it stands in its network. */
const modules = {
	/** fire5 of SqueezeNet v1.0. */
	fire: () => fireModule.build({ inChannels: 256, s1: 32, e1: 128, e3: 128, resolution: 27 }),
	/** A unit of ShuffleNet's stage 2 with three groups. */
	'shuffle-unit': () =>
		shuffleUnitModule.build({ groups: 3, channels: 240, units: 1, resolution: 28, shuffle: true }),
	/** A pair of MobileNet's longest run. */
	separable: () => {
		const net = new GraphBuilder('Separable', [14, 14, 512]);
		return net.build(
			net.block('separable', 'separable', () => {
				const deep = net.depthwiseConv2d('depthwise', net.input, {
					...{ kernelSize: 3, padding: 'same', bias: false }
				});
				const between = net.relu('relu1', net.batchNorm('bn1', deep));
				const mixed = net.conv2d('pointwise', between, { outChannels: 512, kernelSize: 1, bias: false });
				return net.relu('relu2', net.batchNorm('bn2', mixed));
			})
		);
	},
	/** One of the eight blocks of Xception's middle flow. */
	'xception-block': () => {
		const net = new GraphBuilder('Xception block', [19, 19, 728]);
		return net.build(
			net.block('middle', 'residual', () => {
				let x = net.input;
				for (const n of ['1', '2', '3']) {
					const deep = net.depthwiseConv2d(`depthwise${n}`, net.relu(`relu${n}`, x), {
						...{ kernelSize: 3, padding: 'same', bias: false }
					});
					const mixed = net.conv2d(`pointwise${n}`, deep, { outChannels: 728, kernelSize: 1, bias: false });
					x = net.batchNorm(`bn${n}`, mixed);
				}
				return net.add('add', [x, net.input]);
			})
		);
	}
} as const satisfies Readonly<Record<string, () => Graph>>;

export type WorkedModule = keyof typeof modules;
export const workedModules = Object.keys(modules) as readonly WorkedModule[];
export const isWorkedModule = (text: string): text is WorkedModule => Object.hasOwn(modules, text);

export const workedNet = (module: WorkedModule): ResolvedGraph => resolveGraph(modules[module]());

/** A product, or a sum of products, and what it comes to. */
export interface WorkedSum {
	readonly text: string;
	readonly value: number;
}

/** A layer that has parameters. */
export interface WorkedLayer {
	readonly node: ResolvedNode;
	readonly params: WorkedSum;
	readonly macs: WorkedSum | null;
}

/** The layers that cost something, in their order, each with the products that make its counts. */
export function workedLayers({ nodes }: ResolvedGraph): readonly WorkedLayer[] {
	return nodes.flatMap((node): WorkedLayer[] => {
		const { params, macs } = node.operator.cost(node.geometry);
		const [height, width, channels] = node.outputs[0]!.shape;
		if (node.op === 'batchNorm')
			return [
				{ node, params: { text: `2 · ${formatCount(channels)}`, value: params.bnTrainable }, macs: null }
			];
		if (node.op !== 'conv2d') return [];
		const { kernelSize, groups } = node.geometry as unknown as {
			readonly kernelSize: readonly [number, number];
			readonly groups: number;
		};
		const read = node.inputs[0].shape[2] / groups;
		const weights = [...kernelSize, read, channels].map(formatCount).join(' · ');
		return [
			{
				node,
				params: {
					text: params.bias > 0 ? `${weights} + ${formatCount(params.bias)}` : weights,
					value: params.weight + params.bias
				},
				macs: { text: `${height} · ${width} · ${weights}`, value: macs }
			}
		];
	});
}

/** What all of them come to. */
export const workedTotal = (layers: readonly WorkedLayer[]) => ({
	params: layers.reduce((sum, { params }) => sum + params.value, 0),
	macs: layers.reduce((sum, { macs }) => sum + (macs?.value ?? 0), 0)
});
