import { clampUnit, lerp, lerpBox, smooth } from '../plot/between';
import type { StepTie, TieTerm, TieWindow } from './stepTie';
import type { Box } from './tensors';

/** A number on its way; without a text, a dot. */
export interface Mote {
	readonly text: string;
	readonly x: number;
	readonly y: number;
	readonly opacity: number;
	readonly colour: string;
}

/** What is drawn of a step at a moment. */
export interface StepPicture {
	readonly windows: readonly (TieWindow & { readonly opacity: number })[];
	/** The tie whose links, taps and weights are seen; how well its links are, and how well the rest. */
	readonly tie: StepTie;
	readonly linked: number;
	readonly marked: number;
	readonly filter: (Box & { readonly opacity: number }) | null;
	readonly motes: readonly Mote[];
	/** Where the result comes together. */
	readonly output: Box;
	/** The result so far. */
	readonly text: string;
	/** How far the result has become the cell: 0 to 1, and 0 where there is more to come. */
	readonly made: number;
	/** A channel that is put in place. */
	readonly carried: Box | null;
}

/**
 * Parts of a step: the windows glide; what is read goes to its weights as it stands, channel by channel; the products stand there
 * for a moment and fall into the sum, one after the other; the sum becomes the cell.
 */
const glides = 0.2;
const rises = { first: 0.16, last: 0.22, lasts: 0.24 };
const falls = { first: 0.5, last: 0.68, lasts: 0.2 };
const becomes = 0.9;

/** The step that a real position lies in, and how much of it is done: 3.4 lies in step 4, at 0.4; 3 is the end of step 3. */
export function momentAt(position: number): { readonly step: number; readonly done: number } {
	const step = Math.max(0, Math.ceil(position - 1e-6));
	return { step, done: clampUnit(position - step + 1) };
}

/** What is drawn at a real position of a timeline; `tieAt` says what its whole steps tie together, `null` where none does. */
export function pictureAt(position: number, tieAt: (step: number) => StepTie | null): StepPicture | null {
	const { step, done } = momentAt(position);
	const now = tieAt(step);
	return now && pictureOfStep(done < 1 && step > 0 ? tieAt(step - 1) : null, now, done);
}

/**
 * What is drawn of a step when `done` of it is done, from 0 to 1. `last` is the step before, from which windows come; `null` where
 * there is none. A function of these alone, without a jump: at 0 of a step everything is where it was at 1 of the one before.
 */
function pictureOfStep(last: StepTie | null, now: StepTie, done: number): StepPicture {
	const glide = smooth(done, 0, glides);
	const arrives = last === null ? 1 : glide;
	const isGone = arrives < 0.5 && last !== null;
	const together = last !== null && last.body === now.body ? last : null;
	const before = new Map((together?.windows ?? []).map((window) => [window.channel, window]));
	const windows = now.windows.map((window) => {
		const from = before.get(window.channel);
		before.delete(window.channel);
		return from
			? { ...window, x: lerp(from.x, window.x, arrives), y: lerp(from.y, window.y, arrives), opacity: 1 }
			: { ...window, opacity: arrives };
	});
	const leaving = together ? [...before.values()] : (last?.windows ?? []);
	const gone = arrives < 1 ? leaving.map((window) => ({ ...window, opacity: 1 - arrives })) : [];
	const times = timesOf(now.terms);
	const arrived = now.terms.filter((_, i) => done >= times[i]!.arrives);
	const made = now.value === null ? 0 : clampUnit((done - becomes) / (1 - becomes));
	return {
		windows: [...gone, ...windows],
		tie: isGone ? last : now,
		linked: last === null || hasSameLinks(last, now) ? 1 : Math.abs(2 * arrives - 1),
		marked: last === null ? 1 : Math.abs(2 * arrives - 1),
		filter: filterAt(last, now, together !== null, arrives),
		motes: now.terms.flatMap((term, i) => moteAt(now, term, times[i]!, done)),
		output:
			together && now.carried === null
				? lerpBox(together.output, now.output, arrives)
				: (isGone ? last : now).output,
		text: done >= becomes ? now.after : (arrived.at(-1)?.result ?? now.before),
		made,
		carried: now.carried && done < 1 ? lerpBox(now.carried, now.output, smooth(done)) : null
	};
}

const hasSameLinks = (a: StepTie, b: StepTie) =>
	a.links.length === b.links.length && a.links.every(({ path }, i) => path === b.links[i]!.path);

interface Times {
	readonly sets: number;
	readonly falls: number;
	readonly arrives: number;
}

/** When each term sets out, when its product falls, and when that is in. */
function timesOf(terms: readonly TieTerm[]): Times[] {
	const of = ({ first, last }: { first: number; last: number }, i: number, count: number) =>
		lerp(first, last, count > 1 ? i / (count - 1) : 0);
	const channels = [...new Set(terms.map(({ channel }) => channel))];
	return terms.map(({ channel }, i) => {
		const start = of(falls, i, terms.length);
		return {
			sets: of(rises, channels.indexOf(channel), channels.length),
			falls: start,
			arrives: start + falls.lasts
		};
	});
}

/** The filter glides within its layer; from layer to layer one goes and the next comes. */
function filterAt(last: StepTie | null, now: StepTie, isSame: boolean, arrives: number) {
	if (isSame && last?.filter && now.filter) {
		return { ...lerpBox(last.filter, now.filter, arrives), opacity: 1 };
	}
	const filter = last && arrives < 0.5 ? last.filter : now.filter;
	return filter && { ...filter, opacity: last ? Math.abs(2 * arrives - 1) : 1 };
}

function moteAt(tie: StepTie, term: TieTerm, times: Times, done: number): Mote[] {
	if (done <= times.sets || done >= times.arrives) return [];
	const from = middle(term.from);
	const through = term.through ? middle(term.through) : from;
	const to = middle(tie.output);
	const rise = (done - times.sets) / rises.lasts;
	const fall = (done - times.falls) / falls.lasts;
	const isRising = rise < 1;
	const [a, b] = isRising ? [from, through] : [through, to];
	const along = smooth(isRising ? rise : fall);
	// It comes up from where it was, and down on where it goes.
	const arc = Math.min(26, Math.hypot(b.x - a.x, b.y - a.y) * 0.2) * 4 * along * (1 - along);
	return [
		{
			text: isRising ? term.read : term.product,
			x: lerp(a.x, b.x, along),
			y: lerp(a.y, b.y, along) - arc,
			opacity: isRising ? clampUnit(rise * 6) : clampUnit((1 - fall) * 1.8),
			colour: term.colour
		}
	];
}

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

/** The same, computed once for steps that are asked for again and again: a picture is drawn from two of them many times a second. */
export function remembered(tieAt: (step: number) => StepTie | null): (step: number) => StepTie | null {
	const ties = new Map<number, StepTie | null>();
	return (step) => {
		const known = ties.get(step);
		if (known !== undefined) return known;
		if (ties.size > 8) ties.clear();
		const tie = tieAt(step);
		ties.set(step, tie);
		return tie;
	};
}
