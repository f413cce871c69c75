import { blockBoundary } from '$lib/nets/analyses/blocks';
import { graphCost } from '$lib/nets/analyses/cost';
import { GraphBuilder } from '$lib/nets/builder';
import type { KnobValues } from '$lib/nets/knobs';
import { fireModule, squeezenet } from '$lib/nets/networks/squeezenet';
import { resolveGraph } from '$lib/nets/resolve';
import type { Shape } from '$lib/ops';
import type { fireKnobs } from './knobs';

/** A fire module as its graph is built from. */
export type FireModule = Omit<KnobValues<typeof fireKnobs>, 'lock'>;

/** What a convolution costs: trainable parameters, biases included, and MACs. */
export interface PartCost {
	readonly params: number;
	readonly macs: number;
}

export const fireParts = ['squeeze1x1', 'expand1x1', 'expand3x3'] as const;
export type FirePart = (typeof fireParts)[number];

/** A fire module counted, beside a 3×3 convolution of as many channels in and out. */
export interface FireCost {
	readonly input: Shape;
	readonly squeezed: Shape;
	readonly output: Shape;
	readonly parts: Readonly<Record<FirePart, PartCost>>;
	readonly total: PartCost;
	readonly plain: PartCost;
}

/** The expand channels of the paper's table 1: four times the squeeze channels, of each size. */
export const expandOf = (s1: number) => 4 * s1;

type FireValues = KnobValues<typeof fireKnobs>;

/** The module that is drawn: with the lock, the expands follow the squeeze. */
export function moduleOf({ lock, ...module }: FireValues): FireModule {
	const expand = expandOf(module.s1);
	return lock ? { ...module, e1: expand, e3: expand } : module;
}

/** What a change of the module changes of the knobs: with the lock, an expand takes the squeeze and the other expand along. */
export function changeOf(lock: boolean, given: Partial<FireModule>): Partial<FireValues> {
	const expand = given.e1 ?? given.e3;
	return lock && expand !== undefined ? { s1: expand / expandOf(1) } : given;
}

/** Counts a module on the graph of `nets`. */
export function costOfFire(module: FireModule): FireCost {
	const resolved = resolveGraph(fireModule.build(module));
	const { total, nodes } = graphCost(resolved);
	const cost = (id: string): PartCost => {
		const { params, macs } = nodes[resolved.byId.get(`fire/${id}`)!.index]!;
		return { params: params.trainable, macs };
	};
	const shape = (id: string) => resolved.byRef.get(`fire/${id}`)!.shape;
	return {
		input: resolved.tensors[0]!.shape,
		squeezed: shape('squeeze1x1'),
		output: resolved.output.shape,
		parts: {
			squeeze1x1: cost('squeeze1x1'),
			expand1x1: cost('expand1x1'),
			expand3x3: cost('expand3x3')
		},
		total: { params: total.params.trainable, macs: total.macs },
		plain: plainCost(resolved.tensors[0]!.shape, resolved.output.shape[2])
	};
}

function plainCost(input: Shape, outChannels: number): PartCost {
	const net = new GraphBuilder('3×3', input);
	const conv = net.conv2d('conv', net.input, { outChannels, kernelSize: 3, padding: 1 });
	const { params, macs } = graphCost(resolveGraph(net.build(conv))).total;
	return { params: params.trainable, macs };
}

/** The modules of SqueezeNet v1.0 with their inputs, read off its graph. */
export function squeezenetModules(): readonly { readonly name: string; readonly module: FireModule }[] {
	const resolved = resolveGraph(squeezenet.build());
	return resolved.graph.blocks
		.filter(({ kind }) => kind === 'fire')
		.map(({ path }) => {
			const [resolution, , inChannels] = blockBoundary(resolved, path).inputs[0]!.shape;
			const channels = (part: FirePart) => resolved.byRef.get(`${path}/${part}`)!.shape[2];
			return {
				name: path,
				module: {
					inChannels,
					resolution,
					s1: channels('squeeze1x1'),
					e1: channels('expand1x1'),
					e3: channels('expand3x3')
				}
			};
		});
}
