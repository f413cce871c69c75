import type { FlowLayout, FlowShape } from './flow';
import { rectPath } from './path';
import type { FlowClasses, FlowDependency } from './dependency';

/** Steps in which the share that has been seen is shown. */
const STRENGTHS = 5;

/**
 * The cells of a segment: across its thickness a bar for each class, as strong as the share of the class that the channel
 * has seen. Channels in one cell are shown by their mean. A channel of the source itself is its class all over.
 */
export function layoutCells(
	{ metrics, boxes }: FlowLayout,
	dependency: FlowDependency,
	classes: FlowClasses,
	segment: number,
	marks?: Uint8Array
): FlowShape[] {
	const box = boxes[segment]!;
	const paths = new Map<string, { group: number; strength: number; parts: string[] }>();
	const isSource = dependency.isSource(segment);
	const bar = box.thickness / (isSource ? 1 : classes.count);
	const gap = box.cell * box.bin >= 4 ? 1 : 0;
	for (let group = 0; group < classes.count; group++) {
		const near = box.along + (isSource ? 0 : group * bar);
		let run: { first: number; last: number; strength: number } | null = null;
		const flush = () => {
			if (!run || run.strength === 0) return;
			const { first, last, strength } = run;
			const key = `${group} ${strength}`;
			const entry = paths.get(key) ?? { group, strength: strength / STRENGTHS, parts: [] };
			const from = box.start + first * box.cell;
			const to = box.start + last * box.cell - gap;
			entry.parts.push(rectPath(metrics, near, from, near + bar, to));
			paths.set(key, entry);
		};
		for (let first = 0; first < box.channels; first += box.bin) {
			const last = Math.min(box.channels, first + box.bin);
			const strength = strengthOf(dependency, classes, segment, group, { first, last }, marks);
			if (run && gap === 0 && run.strength === strength && run.last === first) run.last = last;
			else {
				flush();
				run = { first, last, strength };
			}
		}
		flush();
	}
	return [...paths.values()].map(({ group, strength, parts }) => ({ group, strength, path: parts.join('') }));
}

function strengthOf(
	dependency: FlowDependency,
	classes: FlowClasses,
	segment: number,
	group: number,
	{ first, last }: { readonly first: number; readonly last: number },
	marks: Uint8Array | undefined
): number {
	let sum = 0;
	for (let channel = first; channel < last; channel++) {
		if (!marks || marks[channel] === 1) sum += dependency.byClass(segment, channel)[group]!;
	}
	const share = sum / ((last - first) * (dependency.isSource(segment) ? 1 : classes.sizes[group]!));
	return share === 0 ? 0 : Math.max(1, Math.round(share * STRENGTHS));
}

/** Empty cells of a segment, as one path. */
export function layoutGhost({ metrics, boxes }: FlowLayout, segment: number): string {
	const { along, thickness, start, cell, channels, bin } = boxes[segment]!;
	if (cell * bin < 4) return rectPath(metrics, along, start, along + thickness, start + cell * channels);
	return Array.from({ length: Math.ceil(channels / bin) }, (_, i) => {
		const last = Math.min(channels, (i + 1) * bin);
		return rectPath(metrics, along, start + i * bin * cell, along + thickness, start + last * cell - 1);
	}).join('');
}
