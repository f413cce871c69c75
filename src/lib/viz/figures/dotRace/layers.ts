import { graphCost } from '$lib/nets/analyses/cost';
import { mobilenet } from '$lib/nets/networks/mobilenet';
import { resolveGraph } from '$lib/nets/resolve';
import type { Shape } from '$lib/ops/types';

/** One of two ways to convolve the same layer: its steps, and what they cost. */
export interface Runner {
	readonly id: 'standard' | 'separable';
	readonly steps: readonly { readonly id: string; readonly macs: number }[];
	readonly macs: number;
}

/** A layer of MobileNet, and its twin with a standard convolution, in dots. */
export interface DotRace {
	readonly input: Shape;
	readonly output: Shape;
	/** Multiply-adds that a dot stands for: one weight's reach over all places and all outputs. */
	readonly macsPerDot: number;
	/** The slower one first. */
	readonly runners: readonly [Runner, Runner];
}

/** Its place among the blocks: one of the five of 512 channels at 14×14. */
const place = 7;

/** The race over a layer of MobileNet, computed from the two networks of its paper's table 4. */
export function dotRace(): DotRace {
	const layer = (convolution: Runner['id']) => {
		const net = resolveGraph(mobilenet.build({ convolution }));
		const { nodes: costs } = graphCost(net);
		const inside = net.nodes.filter(({ node }) => node.block === `${convolution}${place}`);
		const steps = inside.flatMap(({ id, index }) =>
			costs[index]!.macs > 0 ? [{ id, macs: costs[index]!.macs }] : []
		);
		return {
			runner: { id: convolution, steps, macs: steps.reduce((sum, { macs }) => sum + macs, 0) },
			input: inside[0]!.inputs[0]!.shape,
			output: inside.at(-1)!.outputs[0]!.shape
		};
	};
	const [standard, separable] = [layer('standard'), layer('separable')];
	const { input, output } = standard;
	return {
		...{ input, output, macsPerDot: output[0] * output[1] * output[2] },
		runners: [standard.runner, separable.runner]
	};
}
