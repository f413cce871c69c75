import type { Kind, OptionsOf, Padding } from '../../ops';
import type { Assembly, Layer, Out, Values } from '../assembly';
import { settle } from '../settle';
import { countOf } from '../tensors';
import { isWhole, onto, viewOf, type View } from '../view';
import { numbersOf, type Constant } from './constants';
import type { GraphNode } from './node';

export type Value = View | Constant;

/** A node that is being read: what it reads, and what is made of it. */
export class Call {
	constructor(
		readonly node: GraphNode,
		readonly inputs: readonly (Value | null)[],
		readonly assembly: Assembly,
		/** What its layer is called. */
		readonly name: string
	) {}

	view(i: number): View | null {
		const value = this.inputs[i];
		return value?.kind === 'view' ? value : null;
	}

	constant(i: number): Constant | null {
		const value = this.inputs[i];
		return value?.kind === 'constant' ? value : null;
	}

	numbers(i: number): number[] | null {
		return numbersOf(this.constant(i));
	}

	/** An input with its axes whole, channels last. */
	image(i: number): Out | null {
		const view = this.view(i);
		return view?.dims.length === 4 ? settle(this.assembly, view, 'nhwc') : null;
	}

	add<K extends Kind>(
		op: K,
		inputs: readonly Out[],
		options: OptionsOf<K>,
		values: Readonly<Record<string, Values | undefined>> = {},
		ending = ''
	): Layer {
		const layer = this.assembly.add(op, this.name + ending, inputs, options, values);
		const from = this.inputs.flatMap((value) => (value?.kind === 'constant' ? [nameOfConstant(value)] : []));
		if (from.length > 0) layer.weightsFrom = from.join('\n');
		return layer;
	}
}

const constants = new WeakMap<Constant, string>();
let countOfConstants = 0;
/** Tells constants apart, whatever way they come: nodes that read the same one share it. */
export function nameOfConstant(constant: Constant): string {
	const name = constants.get(constant) ?? `constant ${++countOfConstants}`;
	constants.set(constant, name);
	return name;
}

export type Handler = (call: Call) => readonly (Value | null)[] | null;

export const valuesOf = (constant: Constant | null): Values | undefined =>
	constant?.values ? Float32Array.from(constant.values) : undefined;
export const first = ({ outs }: Layer): Out => outs[0]!;
export const image = (out: Out): View => viewOf(out, 'nhwc');

export function each<K extends Kind>(op: K, options: (call: Call) => OptionsOf<K>): Handler {
	return (call) => {
		const view = call.view(0);
		return view && [onto(view, first(call.add(op, [view.out], options(call))))];
	};
}

/** The two numbers of rows and columns among four, channels last. */
export const middle = (list: readonly number[], fallback: number): readonly [number, number] => [
	list[1] ?? fallback,
	list[2] ?? fallback
];

export function paddingOf(node: GraphNode): Padding {
	const text = node.text(['padding'], 'VALID').toUpperCase();
	if (text === 'SAME') return 'same';
	if (text !== 'EXPLICIT') return 'valid';
	const [, , top = 0, bottom = 0, left = 0, right = 0] = node.ints('explicit_paddings');
	return { top, bottom, left, right };
}

export const isChannelsFirst = (node: GraphNode) =>
	node.text(['data_format', 'dataFormat'], 'NHWC') === 'NCHW';

/** Whether a constant has one number for each channel. */
export const isAlong = ({ dims }: Constant, channels: number) =>
	countOf(dims) === channels && (dims.at(-1) === channels || channels === 1);

/** A row of values, of two or three axes. */
export const rowOf = (view: View): Out | null =>
	view.start === undefined && isWhole(view.dims.at(-1) ?? [], view.out, 2) ? view.out : null;

const uses = new WeakMap<Assembly, ReadonlyMap<string, number>>();
/** Tells how many nodes read each, so that a layer is only changed for its one reader. */
export const countUses = (assembly: Assembly, counts: ReadonlyMap<string, number>): void => {
	uses.set(assembly, counts);
};
export const isLastUse = ({ node, assembly, inputs }: Call): boolean => {
	const at = inputs.findIndex((value) => value?.kind === 'view');
	const end = node.inputs[at];
	return end !== undefined && uses.get(assembly)?.get(`${end.node}:${end.output}`) === 1;
};
