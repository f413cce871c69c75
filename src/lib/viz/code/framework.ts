import type { Geometry, GeometryOf, Kind, Weights } from '$lib/ops';

/** An operator with its options and what they resolve to: a node of a network, a layer of the bench. */
export interface Applied {
	readonly kind: Kind;
	readonly options: object;
	readonly geometry: Geometry;
}

/** Where an operator stands in a program. */
export interface Place {
	/** What it reads; a value may be an expression only where it is read once. */
	readonly reads: readonly string[];
	/** The first that it reads: the only one, but for joins. */
	readonly x: string;
	/** The variable that it sets; lines before its value may use it. */
	readonly y: string;
	/** Whether its options ask for the "same" padding of TensorFlow. */
	readonly isSame: boolean;
	/** Whether layers are made where they are applied; otherwise they are declared, and operations read better than layers. */
	readonly isInline: boolean;
	/** Makes a layer, and gives what is called to apply it; `ending` tells apart the layers of one operator. */
	layer(text: string, ending?: string): string;
}

/** Lines of a program that apply an operator; the last is its value, which is still to be assigned. */
export type Written = readonly [...before: string[], value: string];
type Write<G> = (g: G, place: Place) => Written;
type Load<G> = (id: string, g: G, weights: Weights, withValues: boolean) => readonly string[];

/** What programs are written of: what cannot be computed has none. */
type WrittenKind = Exclude<Kind, 'opaque'>;

/** A framework of Python: how it writes each operator, in a script as in a network. */
export interface Framework {
	readonly write: { readonly [K in WrittenKind]: Write<GeometryOf<K>> };
	/** Gives a layer its values, or what it needs without them. */
	readonly load: { readonly [K in 'conv2d' | 'transposedConv2d']: Load<GeometryOf<K>> };
}

/** Something that a framework has no words for; pages translate by code. */
export class Unwritten extends Error {
	override readonly name = 'Unwritten';
	/**
	 * - `channelOffsets`: adding to each channel alone
	 * - `dilatedPool`
	 * - `resize`: by coordinates of this name
	 * - `operator`: of this name
	 * - `shared`: layers of this name use the weights of another with other options
	 */
	constructor(
		message: string,
		readonly code: 'channelOffsets' | 'dilatedPool' | 'resize' | 'operator' | 'shared',
		readonly of = ''
	) {
		super(message);
	}
}

/** Writes an operator at its place. */
export function writeOperator(
	{ write }: Framework,
	{ kind, options, geometry }: Applied,
	place: Pick<Place, 'reads' | 'y' | 'isInline' | 'layer'>
): { readonly before: readonly string[]; readonly value: string } {
	const isSame = (options as { readonly padding?: unknown }).padding === 'same';
	const of = (write as Partial<Record<Kind, Write<never>>>)[kind] as Write<Geometry> | undefined;
	if (!of) throw new Unwritten(`no program is written for ${kind}`, 'operator', kind);
	const lines = of(geometry, { ...place, x: place.reads[0]!, isSame });
	return { before: lines.slice(0, -1), value: lines.at(-1)! };
}

/** The lines of an operator, its value assigned to `y`; behind it, in the margin, a note. */
export const assigned = (
	y: string,
	{ before, value }: ReturnType<typeof writeOperator>,
	note: string | null = null
): string[] => [...before, note === null ? `${y} = ${value}` : `${y} = ${value}  # ${note}`];
