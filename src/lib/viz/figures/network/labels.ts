import { m } from '$lib/i18n';
import { layerKind, type BlockKind, type ResolvedNode } from '$lib/nets';
import { ofActivations, type Conv2dGeometry, type Kind, type OpaqueGeometry } from '$lib/ops';
import { formatProduct } from '../../words/format';
import { cardSizes } from './layout/card';
import type { Fold } from './layout/folds';
import type { BlockItem, Item } from './layout/items';
import { shareText } from './shares';
import type { Wiring } from './layout/wiring';
import { middleCut } from '../../words/middleCut';
import { blockName, operatorText, opNames, shapesText } from '../../words/layers';

/** Names short enough for the slips of layers that work value by value. */
const quietNames: Readonly<Partial<Record<Kind, string>>> = {
	...ofActivations(({ label }) => label),
	batchNorm: 'BN',
	scale: '× γ + β',
	layerNorm: 'LN',
	prelu: 'PReLU',
	localResponseNorm: 'LRN',
	softmax: 'softmax',
	dropout: 'dropout'
};

/** The last part of an id or a path, cut to what fits. */
export function shortName(id: string, characters: number): string {
	const name = id.split('/').at(-1) ?? id;
	return middleCut(name, ({ length }) => length <= characters);
}

/** A block's own part of its path; what is a mere number has the part before it too. */
export function blockTitle(path: string, characters: number): string {
	const [last = '', before] = path.split('/').toReversed();
	return shortName(/^\d+$/.test(last) && before !== undefined ? `${before}.${last}` : last, characters);
}

/** What a block's card is called; one that stands for several has the names of the first and the last: `block5–12`. */
export function itemTitle({ path, fold }: BlockItem, characters: number): string {
	return fold ? shortName(foldTitle(fold), characters) : blockTitle(path, characters);
}

/** The names of the first and the last of blocks that repeat each other, less what both begin with. */
export function foldTitle({ members }: Fold): string {
	const [first, last] = [blockTitle(members[0]!, 40), blockTitle(members.at(-1)!, 40)];
	const number = /\d+$/.exec(last)?.[0];
	const isNumbered = number !== undefined && /^\d/.test(first.slice(last.length - number.length));
	const begins = last.slice(0, last.length - (number?.length ?? 0));
	return isNumbered && first.startsWith(begins) ? `${first}–${number}` : `${first}–${last}`;
}

/** A layer's name inside its block: what of the id does not say the block again. */
export function nameInBlock({ id, node }: ResolvedNode, characters: number): string {
	const steps = node.block?.split('/') ?? [];
	const prefixes = steps.map((_, i) => `${steps.slice(0, steps.length - i).join('_')}_`);
	const prefix = prefixes.find((start) => id.startsWith(start) && id.length > start.length) ?? '';
	return shortName(id.slice(prefix.length), characters);
}

/** Pixels that a card has for its label, and that a letter takes; Chinese ones take more. */
const [labelRoom, letter, character] = [cardSizes.node.width - 14, 7.5, 12.5] as const;

/** Pixels that a label takes on a card. */
export const labelWidth = (label: string): number =>
	[...label].reduce((sum, of) => sum + (/[\u2e80-\uffef]/.test(of) ? character : letter), 0);

/** A label that a card has room for. */
function fitted(label: string): string {
	if (labelWidth(label) <= labelRoom) return label;
	let short = [...label];
	while (labelWidth(short.join('')) + letter > labelRoom) short = short.slice(0, -1);
	return `${short.join('').trimEnd()}…`;
}

/** What stands on a layer's card: kernel, stride, groups, or the operator's name. */
export const cardLabel = (node: ResolvedNode): string => fitted(longLabel(node));

function longLabel({ op, geometry }: ResolvedNode): string {
	const quiet = quietNames[op];
	if (quiet !== undefined) return quiet;
	if (op === 'globalAvgPool') return m.networks_diagram_global_avg();
	if (op === 'globalMaxPool') return m.networks_diagram_max();
	if (op === 'concatPlaces') return opNames.concat();
	if (op === 'opaque') return (geometry as OpaqueGeometry).type;
	if (op === 'spaceToDepth') return m.networks_diagram_to_depth();
	if (op === 'depthToSpace') return m.networks_diagram_to_space();
	if (op === 'resizeNearest' || op === 'resizeBilinear') return m.networks_diagram_resize();
	if (op === 'channelShuffle') return `${opNames[op]()} ${(geometry as { groups?: number }).groups ?? ''}`;
	if (!('kernelSize' in geometry)) return opNames[op]();
	const { kernelSize, stride, groups = 1, inChannels = 0 } = geometry as Conv2dGeometry;
	const steps = stride[0] === stride[1] ? String(stride[0]) : formatProduct(...stride);
	const size = `${formatProduct(...kernelSize)}${steps === '1' ? '' : ` /${steps}`}`;
	if (op === 'maxPool') return `${m.networks_diagram_max()} ${size}`;
	if (op === 'avgPool') return `${m.networks_diagram_avg()} ${size}`;
	return groups > 1 && groups < inChannels ? `${size} g${groups}` : size;
}

/** How a layer ties channels; `null` where there is nothing to show. */
export function wiringOf(node: ResolvedNode): Wiring | null {
	const { groups = 1 } = node.geometry as { groups?: number };
	switch (layerKind(node)) {
		case 'standard':
		case 'pointwise':
		case 'transposed':
		case 'dense':
			return groups === 1 ? { kind: 'full' } : { kind: 'groups', groups };
		case 'depthwise':
		case 'pool':
			return { kind: 'channels' };
		case 'grouped':
		case 'groupedPointwise':
			return { kind: 'groups', groups };
		default:
			return node.op === 'channelShuffle' ? { kind: 'shuffle', groups } : null;
	}
}

/** An item of the diagram in a sentence: the name by which a screen reader calls it. */
export function itemSentence(item: Item, blockKind: BlockKind | undefined, share: number): string {
	const shape = shapesText(item.outputs);
	if (item.kind === 'input') return m.networks_diagram_input({ shape });
	if (item.kind === 'block') return blockSentence(item, blockKind, share);
	const { node } = item;
	const words = { name: node.id, op: operatorText(node), shape };
	const [from, to] = [node.inputs[0]?.shape[2], node.outputs[0]?.shape[2]];
	return node.inputs.length === 1 && from !== to
		? m.networks_diagram_node_from({ ...words, from: String(from), to: String(to) })
		: m.networks_diagram_node(words);
}

function blockSentence(item: BlockItem, kind: BlockKind | undefined, share: number): string {
	const words = {
		kind: blockName(kind),
		shape: shapesText(item.outputs),
		share: shareText(share)
	};
	if (!item.fold) return m.networks_diagram_block({ ...words, name: item.path, count: item.nodes.length });
	const times = item.fold.members.length;
	return m.networks_diagram_fold({
		...words,
		name: foldTitle(item.fold),
		times,
		count: item.nodes.length / times
	});
}
