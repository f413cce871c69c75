import { group, sort } from 'd3-array';

/** What is to be put into files. */
export interface Part {
	readonly id: string;
	/** Bytes that it takes on the way. */
	readonly size: number;
	/** Which loads need it, by their indices. */
	readonly loads: readonly number[];
	/** Parts that it needs. */
	readonly uses: readonly string[];
	/** Whether it is another with every version of the site; it shares no file with what stays. */
	readonly isNew: boolean;
	/** Whether it may share a file. What may not is named only since others need it, or it them. */
	readonly isFree: boolean;
}

interface File {
	readonly first: string;
	readonly parts: readonly string[];
	readonly size: number;
	/** 1 at the index of each load that needs one of its parts. */
	readonly loads: Uint8Array;
	readonly isNew: boolean;
}

/**
 * Puts parts into files, so that all loads together cost least: a load takes each file of which it needs a part, for the bytes of that file
 * and `request` bytes more. Starts from a file for all parts of the same loads, and joins the two files that save most as long as any
 * save, but never so that two files need each other.
 *
 * @param weights How often each load happens, beside the others.
 * @param request What a file costs by itself, in bytes.
 * @returns The parts of each file, in an order that depends on nothing but the parts.
 */
export function groupParts(
	parts: readonly Part[],
	weights: readonly number[],
	request: number
): readonly (readonly string[])[] {
	const files = filesOfSameLoads(parts, weights.length);
	const graph = graphOf(parts, files);
	const saved = (a: File, b: File) => {
		let bytes = 0;
		for (const [load, weight] of weights.entries()) {
			if (a.loads[load] && b.loads[load]) bytes += request * weight;
			else if (a.loads[load]) bytes -= b.size * weight;
			else if (b.loads[load]) bytes -= a.size * weight;
		}
		return bytes;
	};

	/** For each file the others that it could be joined with, and what that saves. */
	const gains = new Map(files.map((file) => [file, new Map<File, number>()]));
	const compare = (a: File, b: File) => {
		if (a.isNew !== b.isNew) return;
		const gain = saved(a, b);
		if (gain <= 0) return;
		gains.get(a)!.set(b, gain);
		gains.get(b)!.set(a, gain);
	};
	const forget = (file: File) => {
		for (const other of gains.get(file)!.keys()) gains.get(other)!.delete(file);
		gains.delete(file);
	};
	for (const [i, a] of files.entries()) for (const b of files.slice(i + 1)) compare(a, b);

	for (;;) {
		const best = largest(gains);
		if (!best) break;
		const [a, b] = best;
		if (graph.isBetween(a.first, b.first) || graph.isBetween(b.first, a.first)) {
			gains.get(a)!.delete(b);
			gains.get(b)!.delete(a);
			continue;
		}
		graph.join(a.first, b.first);
		forget(a);
		forget(b);
		const joined = {
			first: a.first,
			parts: [...a.parts, ...b.parts],
			size: a.size + b.size,
			loads: a.loads.map((needs, load) => needs | b.loads[load]!),
			isNew: a.isNew
		};
		const others = [...gains.keys()];
		gains.set(joined, new Map());
		for (const other of others) compare(joined, other);
	}
	return [...gains.keys()].map((file) => file.parts);
}

function largest(gains: ReadonlyMap<File, ReadonlyMap<File, number>>): readonly [File, File] | undefined {
	let best: readonly [File, File] | undefined;
	let most = 0;
	for (const [a, others] of gains) {
		for (const [b, gain] of others) {
			if (gain <= most) continue;
			most = gain;
			best = [a, b];
		}
	}
	return best;
}

function filesOfSameLoads(parts: readonly Part[], loads: number): readonly File[] {
	const levelOf = levelsIn(parts);
	const free = sort(
		parts.filter(({ isFree }) => isFree),
		({ id }) => id
	);
	return [...group(free, (part) => [part.isNew, levelOf(part), ...part.loads].join()).values()].map(
		([first, ...others]) => ({
			first: first!.id,
			parts: [first!, ...others].map(({ id }) => id),
			size: [first!, ...others].reduce((sum, { size }) => sum + size, 0),
			loads: Uint8Array.from({ length: loads }, (_, load) => Number(first!.loads.includes(load))),
			isNew: first!.isNew
		})
	);
}

/**
 * How often the way from a part to the last that it needs goes in and out of those that may not share a file, among those of the same loads:
 * two parts with such a one between them would need each other's file.
 */
function levelsIn(parts: readonly Part[]): (part: Part) => number {
	const byId = new Map(parts.map((part) => [part.id, part]));
	const loadsOf = new Map(parts.map((part) => [part, part.loads.join()]));
	const levels = new Map<Part, number>();
	return function levelOf(part) {
		const known = levels.get(part);
		if (known !== undefined) return known;
		// Modules may need each other, and are one step then.
		levels.set(part, 0);
		const same = part.uses.flatMap((id) => {
			const used = byId.get(id);
			return used && loadsOf.get(used) === loadsOf.get(part) ? [used] : [];
		});
		const level = Math.max(0, ...same.map((used) => levelOf(used) + Number(used.isFree !== part.isFree)));
		levels.set(part, level);
		return level;
	};
}

/** Which files need which, by their first parts. */
function graphOf(parts: readonly Part[], files: readonly File[]) {
	const fileOf = new Map(files.flatMap(({ first, parts }) => parts.map((id) => [id, first] as const)));
	const nodeOf = (id: string) => fileOf.get(id) ?? id;
	const uses = new Map<string, Set<string>>();
	for (const part of parts) {
		const node = nodeOf(part.id);
		const needed = uses.get(node) ?? new Set();
		for (const id of part.uses) if (nodeOf(id) !== node) needed.add(nodeOf(id));
		uses.set(node, needed);
	}
	return {
		/** Whether `from` needs something else that needs `to`. */
		isBetween(from: string, to: string): boolean {
			const others = [...uses.get(from)!].filter((node) => node !== to);
			return reachedFrom(others, (node) => uses.get(node) ?? []).has(to);
		},
		join(kept: string, gone: string): void {
			for (const node of uses.get(gone)!) uses.get(kept)!.add(node);
			uses.delete(gone);
			for (const needed of uses.values()) if (needed.delete(gone)) needed.add(kept);
			uses.get(kept)!.delete(kept);
		}
	};
}

/** All that is reached from some by one step after another, those themselves among it. */
export function reachedFrom(
	starts: Iterable<string>,
	next: (id: string) => Iterable<string>
): ReadonlySet<string> {
	const reached = new Set<string>();
	const open = [...starts];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (reached.has(id)) continue;
		reached.add(id);
		open.push(...next(id));
	}
	return reached;
}

/** The names of files that need each other in a circle, if there are any. */
export function cycleIn(needs: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
	const done = new Set<string>();
	const path: string[] = [];
	function visit(name: string): readonly string[] | undefined {
		if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
		if (done.has(name)) return undefined;
		path.push(name);
		for (const next of needs.get(name) ?? []) {
			const cycle = visit(next);
			if (cycle) return cycle;
		}
		path.pop();
		done.add(name);
		return undefined;
	}
	for (const name of needs.keys()) {
		const cycle = visit(name);
		if (cycle) return cycle;
	}
	return undefined;
}
