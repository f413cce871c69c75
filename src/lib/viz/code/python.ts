import { graphCost, type ResolvedGraph, type ResolvedNode } from '$lib/nets';
import { formatCount, formatProduct } from '../words/format';
import type { Unit } from './program';

/** `stage1/unit2` as the name of a class: `Stage1Unit2`. */
export function pascal(path: string): string {
	return words(path)
		.map((word) => word.replace(/^./u, (first) => first.toUpperCase()))
		.join('');
}

/** `stage1/unit2` as the name of a function or a variable: `stage1_unit2`. */
export function snake(path: string): string {
	return words(path).join('_');
}

function words(path: string): string[] {
	// Python's identifiers have letters of any script.
	return path.split(/[^\p{L}\p{M}\p{Nd}]+/u).filter((word) => word !== '');
}

export const indented = (lines: readonly string[], depth: number) =>
	lines.map((line) => (line === '' ? '' : `${'    '.repeat(depth)}${line}`));

/** What a unit takes and gives. */
export function unitNote({ input, output }: Unit): string {
	return `${formatProduct(...input.shape)} -> ${formatProduct(...output.shape)}`;
}

/** How a network is written. */
export interface Writing {
	/** Whether the shape that each line makes stands in its margin: height × width × channels, whatever the framework's order. */
	readonly shapes?: boolean;
	/** Whether the output is to be a row of numbers, without height and width. */
	readonly isRow?: boolean;
}

/** What stands in the margin of the line that makes a node's output. */
export const shapeNote = ({ outputs }: ResolvedNode, { shapes = false }: Writing): string | null =>
	shapes ? outputs.map(({ shape }) => formatProduct(...shape)).join(', ') : null;

/** The trainable parameters, as a program would count them. */
export function costLine(net: ResolvedGraph): string {
	return `${formatCount(graphCost(net).total.params.trainable)} parameters`;
}

/** A small number as Python's programmers write it: `1e-5`. */
export const scientific = (value: number) => value.toExponential();

const keywords = new Set(
	(
		'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
		'lambda nonlocal not or pass raise return try while with yield'
	).split(' ')
);

/** Names that a program gives to what it makes, each once: paths of two units may come to the same words. */
export class Names {
	readonly #taken: Set<string>;
	readonly #of = new Map<unknown, string>();

	constructor(taken: Iterable<string>) {
		this.#taken = new Set(taken);
	}

	/** The name of a thing; the same one whenever it is asked for. */
	of(thing: unknown, wanted: string): string {
		const known = this.#of.get(thing) ?? this.fresh(wanted);
		this.#of.set(thing, known);
		return known;
	}

	/** A name that nothing has yet. */
	fresh(wanted: string): string {
		const start = /^\d/.test(wanted) || wanted === '' ? `_${wanted}` : wanted;
		let name = keywords.has(start) ? `${start}_` : start;
		for (let n = 2; this.#taken.has(name); n++) name = `${start}_${n}`;
		this.#taken.add(name);
		return name;
	}
}
