import { blockTree } from '$lib/nets/analyses/blocks';
import { graphCost } from '$lib/nets/analyses/cost';
import type { LayerKind } from '$lib/nets/analyses/layerKind';
import { costByKind } from '$lib/nets/analyses/layers';
import { reportedResultsIn } from '$lib/nets/reportedResults/reportedResult';
import rows from '$lib/nets/reportedResults/rows/mobilenet.json' with { type: 'json' };
import { mobilenet } from '$lib/nets/networks/mobilenet';
import { resolveGraph } from '$lib/nets/resolve';
import type { Shape } from '$lib/ops/types';

/** The two knobs: how thin the layers are, and how small the picture is. */
export interface Multipliers {
	readonly alpha: number;
	readonly resolution: number;
}

/** A MobileNet as far as multipliers change it. */
export interface ScaledNet {
	readonly macs: number;
	/** Trainable. */
	readonly params: number;
	readonly kinds: readonly { readonly kind: LayerKind; readonly macs: number; readonly params: number }[];
	/** The picture, and what the last block of each size gives. */
	readonly tensors: readonly Shape[];
}

/** Counts the network on its graph. */
export function scaledNet({ alpha, resolution }: Multipliers): ScaledNet {
	const net = resolveGraph(mobilenet.build({ alpha, resolution }));
	const { macs, params } = graphCost(net).total;
	const outputs = blockTree(net).flatMap((part) => {
		if (part.kind !== 'block' || part.path === 'classifier') return [];
		const last = part.parts.at(-1);
		return last?.kind === 'node' ? [last.node.outputs[0]!.shape] : [];
	});
	const lastOfSize = outputs.filter((shape, i) => outputs[i + 1]?.[0] !== shape[0]);
	return {
		macs,
		params: params.trainable,
		kinds: costByKind(net).map(({ kind, macs: own, params: weights }) => ({
			kind,
			macs: own,
			params: weights
		})),
		tensors: [net.tensors[0]!.shape, ...lastOfSize]
	};
}

/** A variant that the paper prints an accuracy of. */
export interface PrintedVariant extends Multipliers {
	/** ImageNet top-1 accuracy in percent, as it is printed. */
	readonly accuracy: string;
	readonly table: string;
}

/** The variants whose accuracies the paper prints, each once, by α and then by size, the largest first. */
export function printedVariants(): readonly PrintedVariant[] {
	const variants = new Map<string, PrintedVariant>();
	for (const { source, network, knobs, metric, printed, table } of reportedResultsIn(rows)) {
		const { alpha = 1, resolution = 224, ...others } = knobs;
		const isOne = source === 'mobilenet' && network === 'mobilenet' && metric === 'top1Accuracy';
		if (!isOne || Object.keys(others).length > 0 || variants.has(`${alpha} ${resolution}`)) continue;
		const variant = { alpha: Number(alpha), resolution: Number(resolution), accuracy: printed, table };
		variants.set(`${alpha} ${resolution}`, variant);
	}
	return [...variants.values()].sort((a, b) => b.alpha - a.alpha || b.resolution - a.resolution);
}
