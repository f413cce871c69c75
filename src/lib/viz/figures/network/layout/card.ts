import { layerKind, type LayerKind } from '$lib/nets/analyses/layerKind';
import type { GraphTensor, ResolvedNode } from '$lib/nets/resolve';
import type { Item } from './items';
import { tensorShape } from './tensorShape';

export interface Rect {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Which way data runs. */
export type Direction = 'right' | 'down';

/** The bar that stands on a card: its area is the item's share of the multiply-adds, and so is that of each of its parts. */
export interface Bar extends Rect {
	readonly share: number;
	/** From the card on. */
	readonly parts: readonly (Rect & { readonly kind: LayerKind })[];
}

/** How an item is drawn, from its upper left corner: its card, the tensor that it gives, and the line that data comes in on. */
export interface Card {
	readonly width: number;
	readonly height: number;
	/** Where data comes in and goes out, across the direction it runs in. */
	readonly axis: number;
	/** `null` for an input, which is a tensor alone. */
	readonly card: Rect | null;
	readonly tensor: (Rect & { readonly of: GraphTensor }) | null;
	/** Left end of the tensor's size in words, below it; `null` where the card says it. */
	readonly label: { readonly x: number; readonly y: number } | null;
	/** What it costs; `null` where that is nothing. */
	readonly bar: Bar | null;
}

/** Sizes of cards, by what they are. */
export const cardSizes = {
	block: { width: 104, height: 58 },
	node: { width: 96, height: 58 },
	/** A round sign where lines meet, and a bracket that stacks channels. */
	add: { width: 26, height: 26 },
	stack: { width: 30, height: 54 },
	/** Of a layer that works value by value, along the line and across it. */
	quiet: { along: 20, across: 54 }
} as const;

const gap = 6;
const labelHeight = 15;
/** Width of a character of a tensor's size. */
const labelCharacter = 6.7;

/**
 * How a layer is drawn: as a card with its name and how it ties channels, as a sign where branches meet or part, or as a slip
 * where it works value by value.
 */
export function cardForm(node: ResolvedNode): 'node' | 'add' | 'stack' | 'quiet' {
	if (node.op === 'concat' || node.op === 'split') return 'stack';
	switch (layerKind(node)) {
		case 'norm':
		case 'activation':
		case 'dropout':
			return 'quiet';
		case 'join':
			return 'add';
		default:
			return 'node';
	}
}

/** Words for a tensor's size; one that is a guess says so. */
export function shapeLabel({ shape, isGuess }: Pick<GraphTensor, 'shape' | 'isGuess'>): string {
	const [height, width, channels] = shape;
	const text = height === 1 && width === 1 ? String(channels) : shape.join('×');
	return isGuess ? `${text}?` : text;
}

/** @param isBranch whether others stand beside it, so that it has to be narrow where data runs down. */
export function cardOf(item: Item, direction: Direction, isBranch: boolean): Card {
	const size = cardSize(item, direction);
	const of = shownTensor(item);
	if (!of) {
		return {
			...size,
			axis: (direction === 'right' ? size.height : size.width) / 2,
			card: { x: 0, y: 0, ...size },
			tensor: null,
			label: null,
			bar: null
		};
	}
	const shape = tensorShape(of.shape);
	const labelWidth = Math.ceil(shapeLabel(of).length * labelCharacter);
	const column = Math.max(shape.totalWidth, labelWidth);
	const between = item.kind === 'input' ? 0 : gap;
	// A tensor beside a card stands on the card's middle, its size below it; below a card, both are centred.
	if (direction === 'right' || !isBranch) {
		const above = Math.max(size.height, shape.totalHeight) / 2;
		const below = Math.max(size.height / 2, shape.totalHeight / 2 + labelHeight);
		const left = size.width + between;
		return {
			width: left + column,
			height: above + below,
			axis: direction === 'right' ? above : item.kind === 'input' ? column / 2 : size.width / 2,
			card: item.kind === 'input' ? null : { x: 0, y: above - size.height / 2, ...size },
			tensor: {
				x: left + (column - shape.totalWidth) / 2,
				y: above - shape.totalHeight / 2,
				width: shape.totalWidth,
				height: shape.totalHeight,
				of
			},
			label: { x: left + column / 2, y: above + shape.totalHeight / 2 + 11 },
			bar: null
		};
	}
	const width = Math.max(size.width, column);
	const top = size.height + between;
	return {
		width,
		height: top + shape.totalHeight + labelHeight,
		axis: width / 2,
		card: item.kind === 'input' ? null : { x: (width - size.width) / 2, y: 0, ...size },
		tensor: {
			x: (width - shape.totalWidth) / 2,
			y: top,
			width: shape.totalWidth,
			height: shape.totalHeight,
			of
		},
		label: { x: width / 2, y: top + shape.totalHeight + 11 },
		bar: null
	};
}

function cardSize(item: Item, direction: Direction): { width: number; height: number } {
	if (item.kind === 'input') return { width: 0, height: 0 };
	if (item.kind === 'block') return cardSizes.block;
	const form = cardForm(item.node);
	const size = cardSizes[form];
	if (!('along' in size)) return form === 'stack' && direction === 'down' ? turned(size) : size;
	const { along, across } = cardSizes.quiet;
	return direction === 'right' ? { width: along, height: across } : { width: across, height: along };
}

function turned({ width, height }: { width: number; height: number }): { width: number; height: number } {
	return { width: height, height: width };
}

/** The tensor drawn after an item: none where the next layer works on it value by value, nor where there are several. */
function shownTensor(item: Item): GraphTensor | null {
	const [only, ...others] = item.outputs;
	if (!only || others.length > 0) return null;
	if (item.kind !== 'node') return only;
	const [reader, ...readers] = only.consumers;
	const isOnItsWay =
		reader && readers.length === 0 && cardForm(reader) === 'quiet' && isSameBlock(item.node, reader);
	return isOnItsWay ? null : only;
}

function isSameBlock(a: { node: { block?: string } }, b: { node: { block?: string } }): boolean {
	return a.node.block === b.node.block;
}
