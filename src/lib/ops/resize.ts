import { checkInputs, checkNumber, checkPair, type Pair, type Size } from './check';
import { formatChoice, formatValue, OpError } from './errors';
import { costOf, dataOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Cell, Fields, Form, Geometry, Operator, Shape } from './types';

/**
 * Where the place `o` of `to` lies among `from`: `halfPixel` (`(o + 0.5) * from / to - 0.5`, as TensorFlow 2 and PyTorch have it),
 * `asymmetric` (`o * from / to`), `alignCorners` (`o * (from - 1) / (to - 1)`: ends lie on ends).
 */
export const resizeCoordinates = ['halfPixel', 'asymmetric', 'alignCorners'] as const;
export type ResizeCoordinates = (typeof resizeCoordinates)[number];

/** Height and width to come to; `coordinates` are `halfPixel` by default. */
export interface ResizeOptions {
	readonly size: Size;
	readonly coordinates?: string;
	/** Factors of height and width that places are computed with, where the size is rounded: `size / input` by default. */
	readonly factors?: readonly number[];
}

export const resizeFields: Fields<ResizeOptions> = {
	size: 'size',
	coordinates: 'text?',
	factors: 'numbers?'
};

/** A place along one axis that is read, and what it is multiplied by. */
export interface Share {
	readonly at: number;
	readonly share: number;
}

export interface ResizeGeometry extends Geometry {
	readonly size: Pair;
	readonly coordinates: ResizeCoordinates;
	/** For each row of the output, the rows that it is made of. */
	readonly rows: readonly (readonly Share[])[];
	readonly columns: readonly (readonly Share[])[];
}

/** Most rows or columns of an output, since the geometry lists what each is made of. */
const LARGEST = 8192;

/** Makes a resize; `sharesAt` says what is read for a place between others, and with what share. */
export function resizeBy<Options extends ResizeOptions>(
	kind: string,
	form: Form,
	fields: Fields<Options>,
	sharesOf: (options: Options) => (place: number, size: number) => readonly Share[]
): Operator<Options, ResizeGeometry> {
	return {
		kind,
		traits: { role: 'rearrange', channels: 'own', form },
		fields,

		geometry(inputs, options) {
			checkInputs(kind, inputs, 1);
			const size = checkPair('size', options.size);
			const coordinates = checkChoice('coordinates', options.coordinates ?? 'halfPixel', resizeCoordinates);
			const largest = Math.max(...size);
			if (largest > LARGEST)
				throw new OpError({
					code: 'outputTooLarge',
					argument: 'size',
					value: options.size,
					valid: [LARGEST],
					params: { size: largest, max: LARGEST },
					message: `size = ${formatValue(options.size)} is too large; at most ${LARGEST} would do`
				});
			const shares = sharesOf(options);
			const shape = inputs[0];
			const factors = ([0, 1] as const).map((axis) => {
				const usual = size[axis] / shape[axis];
				const given = Array.isArray(options.factors) ? options.factors[axis] : undefined;
				return checkNumber('factors', given ?? usual, (value) => value > 0, 'above 0', usual);
			});
			const along = (axis: 0 | 1) =>
				Array.from({ length: size[axis] }, (_, o) =>
					shares(placeOf(o, shape[axis], size[axis], coordinates, factors[axis]!), shape[axis])
				);
			return { inputs, outputs: [[...size, shape[2]]], size, coordinates, rows: along(0), columns: along(1) };
		},

		weights: () => [],

		run(inputs, _, g) {
			const [, width, channels] = g.inputs[0];
			const x = dataOf(inputs, 0);
			const output = zeros<Shape>(g.outputs[0]!);
			let o = 0;
			for (const row of g.rows) {
				for (const column of g.columns) {
					for (let c = 0; c < channels; c++) {
						let sum = 0;
						for (const { at: y, share: ofRow } of row)
							for (const { at, share } of column)
								sum += x[(y * width + at) * channels + c]! * (ofRow * share);
						output.data[o++] = sum;
					}
				}
			}
			return [output];
		},

		...traceBy<ResizeGeometry>({
			taps: (g, { y, x }) => g.rows[y]!.length * g.columns[x]!.length,
			tap(g, { y, x, channel }, n) {
				const [row, column] = sharesAt(g, y, x, n);
				const at = { tensor: 0, y: row.at, x: column.at, channel };
				// A share of 1 is a copy. What it is numbers the output's place and the tap in it.
				const weight = form === 'copy' ? null : (y * g.size[1] + x) * 4 + n;
				return { at, weight };
			},
			weightValue(_, index, g) {
				const place = Math.floor(index / 4);
				const [row, column] = sharesAt(g, Math.floor(place / g.size[1]), place % g.size[1], index % 4);
				return row.share * column.share;
			},
			order: {
				stepCount: (g) => tapsOf(g) * g.inputs[0][2],
				locate(g, n) {
					const channel = Math.floor(n / tapsOf(g));
					let rest = n % tapsOf(g);
					const inColumns = tapsAlong(g.columns);
					let y = 0;
					while (rest >= g.rows[y]!.length * inColumns) rest -= g.rows[y++]!.length * inColumns;
					let x = 0;
					while (rest >= g.rows[y]!.length * g.columns[x]!.length)
						rest -= g.rows[y]!.length * g.columns[x++]!.length;
					return { output: { tensor: 0, y, x, channel }, tap: rest };
				},
				stepOf: (g, { y, x, channel }) =>
					channel * tapsOf(g) +
					tapsAlong(g.rows.slice(0, y)) * tapsAlong(g.columns) +
					g.rows[y]!.length * tapsAlong(g.columns.slice(0, x))
			}
		}),

		cost: (g) => {
			const values = tapsOf(g) * g.inputs[0][2];
			return costOf(g, [], { macs: 0, otherOps: form === 'copy' ? 0 : 2 * values });
		},
		spatial: ({ inputs, size, rows, columns }) => ({
			kind: 'resample',
			step: [inputs[0][0] / size[0], inputs[0][1] / size[1]],
			reads: [rows.map(placesOf), columns.map(placesOf)]
		}),
		channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
		feeds(g, { y, x, channel }) {
			const reading = (list: ResizeGeometry['rows'], at: number) =>
				list.flatMap((shares, o) => (shares.some((share) => share.at === at) ? [o] : []));
			const columns = reading(g.columns, x);
			return reading(g.rows, y).flatMap((row) =>
				columns.map((column): Cell => ({ tensor: 0, y: row, x: column, channel }))
			);
		}
	};
}

const placesOf = (shares: readonly Share[]) => shares.map(({ at }) => at);
const tapsAlong = (list: ResizeGeometry['rows']) => list.reduce((sum, { length }) => sum + length, 0);
const tapsOf = (g: ResizeGeometry) => tapsAlong(g.rows) * tapsAlong(g.columns);

function sharesAt(g: ResizeGeometry, y: number, x: number, n: number): readonly [Share, Share] {
	const [row, column] = [g.rows[y]!, g.columns[x]!];
	return [row[Math.floor(n / column.length)]!, column[n % column.length]!];
}

function placeOf(
	o: number,
	from: number,
	to: number,
	coordinates: ResizeCoordinates,
	factor: number
): number {
	const isPlain = factor === to / from;
	// What is resized to, rounded or not: ends lie on ends of that.
	const length = isPlain ? to : factor * from;
	switch (coordinates) {
		case 'halfPixel':
			return isPlain ? ((o + 0.5) * from) / to - 0.5 : (o + 0.5) / factor - 0.5;
		case 'asymmetric':
			return isPlain ? (o * from) / to : o / factor;
		case 'alignCorners':
			return to === 1 ? 0 : (o * (from - 1)) / (length - 1);
	}
}

/** Returns `value` if it is one of these. */
export function checkChoice<C extends string>(argument: string, value: unknown, choices: readonly C[]): C {
	if (choices.some((choice) => choice === value)) return value as C;
	throw new OpError({
		code: 'choice',
		argument,
		value,
		valid: choices,
		params: { path: argument, choices: choices.join(', ') },
		message: `${argument} = ${formatValue(value)} is none of ${formatChoice(choices)}`
	});
}
