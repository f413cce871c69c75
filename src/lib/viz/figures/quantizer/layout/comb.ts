import { range } from 'd3-array';
import { monoWidth } from '../../../plot/labels';
import { scatterScale, scatterTicks, type Scale } from '../../../plot/scale';
import { formatNumber } from '../../../tensor/values';
import { quantizerKnobs } from '../knobs';
import { backOf, store, type Coding, type Stored } from '../stored';

/** A text under a tick, about its middle. */
export interface TickLabel {
	readonly x: number;
	readonly text: string;
}

/** The picture of a quantiser: real numbers above, the integers below them at what they stand for; in pixels. */
export interface Comb {
	readonly width: number;
	readonly x: Scale;
	/** Labels of the real numbers that no stem stands on. */
	readonly reals: readonly TickLabel[];
	/** All ticks of integers, and those that no value of the range needs. */
	readonly ticks: string;
	readonly unused: string;
	/** How wide a tick may be drawn so that there is paper between two. */
	readonly tickWidth: number;
	/** From values to the integers that they become. */
	readonly threads: readonly { readonly path: string; readonly kind: Stored['kind'] }[];
	/** The value's own. */
	readonly thread: string;
	/** The first and the last integer and the zero point, those of them that have room beside the stored one. */
	readonly integers: readonly TickLabel[];
}

/** Heights of what stands on them. */
export const rows = {
	title: 13,
	value: 36,
	ends: 60,
	label: 86,
	reals: 94,
	comb: 192,
	combEnd: 208,
	integers: 224,
	stored: 242,
	name: 264,
	lens: {
		name: 292,
		label: 314,
		axis: 328,
		axisEnd: 338,
		integers: 354
	},
	height: 362
} as const;

const fontSize = 12.5;
const side = 16;

/** Lays out the axis, the comb below it, and threads from one to the other. */
export function layoutComb(
	width: number,
	{ low, high, value }: { readonly low: number; readonly high: number; readonly value: number },
	coding: Coding,
	stored: Stored
): Comb {
	const { min, max } = quantizerKnobs.value;
	const x = scatterScale('linear', [min, max], [side, width - side]);
	const gap = x(coding.scale) - x(0);
	const all = range(coding.least, coding.most + 1);
	const first = store(low, coding).integer;
	const last = store(high, coding).integer;
	const isUsed = (integer: number) => integer >= first && integer <= last;
	const at = (integer: number) => x(backOf(integer, coding));
	const stems = [x(low), x(high), x(value)];
	const isFree = ({ x: middle, text }: TickLabel, others: readonly number[]) =>
		others.every((other) => Math.abs(other - middle) > monoWidth(text, fontSize) / 2 + 4);
	const samples = range(min, max + 0.01, width >= 480 ? 0.25 : 0.5);
	const zero = { x: at(coding.zeroPoint), text: zeroText(coding) };
	const ends = [coding.least, coding.most].map((integer) => ({
		x: at(integer),
		text: formatNumber(integer)
	}));
	const isUnstored = (label: TickLabel) => isFree(label, [x(stored.back)]);
	const isClear = (label: TickLabel) =>
		!isUnstored(zero) ||
		Math.abs(label.x - zero.x) > (monoWidth(label.text, fontSize) + monoWidth(zero.text, fontSize)) / 2 + 6;
	return {
		width,
		x,
		reals: scatterTicks('linear', [min, max], width, 46)
			.map((tick) => ({ x: x(tick), text: formatNumber(tick) }))
			.filter((label) => isFree(label, stems)),
		ticks: ticksAt(all.filter(isUsed).map(at)),
		unused: ticksAt(all.filter((integer) => !isUsed(integer)).map(at)),
		tickWidth: Math.min(1.5, gap * 0.5),
		threads: samples.map((sample) => {
			const { back, kind } = store(sample, coding);
			return { path: threadOf(x(sample), x(back)), kind };
		}),
		thread: threadOf(x(value), x(stored.back)),
		integers: [zero, ...ends.filter(isClear)].filter(isUnstored)
	};
}

const zeroText = ({ scheme, zeroPoint }: Coding) => (scheme === 'affine' ? `Z = ${zeroPoint}` : '0');

const ticksAt = (places: readonly number[]) =>
	places.map((place) => `M${place.toFixed(2)} ${rows.comb}V${rows.combEnd}`).join('');

/** Leaves upright, and arrives so. */
function threadOf(from: number, to: number): string {
	const middle = (rows.reals + rows.comb) / 2;
	const [a, b] = [from.toFixed(2), to.toFixed(2)];
	return `M${a} ${rows.reals}C${a} ${middle} ${b} ${middle} ${b} ${rows.comb}`;
}

/** What is around the value and what it is read back as, magnified. */
export interface Lens {
	readonly x: Scale;
	/** How many times as large as in the comb. */
	readonly times: number;
	readonly ticks: readonly { readonly x: number; readonly text: string | null; readonly isStored: boolean }[];
	/** Of all values that become the same integer by rounding. */
	readonly same: { readonly x: number; readonly width: number };
}

/** Steps that the lens shows on each side, where the error is not larger. */
const around = 2.4;

export function layoutLens(width: number, coding: Coding, stored: Stored, comb: Comb): Lens {
	const { value, back, integer } = stored;
	const middle = (value + back) / 2;
	const half = Math.max(around * coding.scale, 0.8 * Math.abs(value - back));
	const x = scatterScale('linear', [middle - half, middle + half], [side, width - side]);
	const gap = x(coding.scale) - x(0);
	const seen = range(coding.least, coding.most + 1)
		.map((of) => ({ of, x: x(backOf(of, coding)) }))
		.filter((tick) => tick.x >= side - 1 && tick.x <= width - side + 1);
	const every = Math.max(1, Math.ceil(40 / gap));
	const from = Math.max(side, x(back - coding.scale / 2));
	const to = Math.min(width - side, x(back + coding.scale / 2));
	return {
		x,
		times: gap / (comb.x(coding.scale) - comb.x(0)),
		ticks: seen.map(({ of, x }) => ({
			x,
			text: (of - integer) % every === 0 ? formatNumber(of) : null,
			isStored: of === integer
		})),
		same: { x: from, width: Math.max(0, to - from) }
	};
}
