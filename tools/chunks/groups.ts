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

/** A file, or a part that may not share one. */
interface File {
	readonly first: string;
	readonly parts: readonly string[];
	readonly size: number;
	/** 1 at the index of each load that takes it. */
	readonly loads: Uint8Array;
	readonly isNew: boolean;
}

/** What happens when pages are opened. */
export interface Load {
	/** How often, beside the others. */
	readonly weight: number;
	/** The load before it, which has brought what it takes, too: that of the page of a late part. */
	readonly after?: number;
}

/**
 * Puts parts into files, so that all loads together cost least: a load takes each file of which it needs a part, and what those files
 * need, for the bytes of each and `request` bytes more. Starts from a file for all parts of the same loads, and joins the two files that
 * save most as long as any save, but never so that two files need each other.
 *
 * @param request What a file costs by itself, in bytes.
 * @returns The parts of each file, in an order that depends on nothing but the parts.
 */
export function groupParts(
	parts: readonly Part[],
	loads: readonly Load[],
	request: number
): readonly (readonly string[])[] {
	const files = filesOfSameLoads(parts, loads.length);
	const shared = new Set(files.flatMap((file) => file.parts));
	const fixed = parts.filter(({ id }) => !shared.has(id)).map((part) => fileOf([part], loads.length));
	const graph = graphOf(parts, [...files, ...fixed]);

	const has = (file: File, load: number | undefined) => load !== undefined && file.loads[load] === 1;
	const bytesOf = (size: number, isTaken: boolean) => (isTaken ? size + request : 0);
	/** What a load that comes to take two files as one takes besides, which the one that it did not take needs. */
	function besides(a: File, b: File, load: number | undefined): readonly File[] {
		if (load === undefined || has(a, load) === has(b, load)) return [];
		return graph
			.neededBy(has(a, load) ? b : a)
			.filter((file) => file !== a && file !== b && !has(file, load));
	}
	function saved(a: File, b: File): number {
		let bytes = 0;
		for (const [load, { weight, after }] of loads.entries()) {
			const [takesA, takesB] = [has(a, load) && !has(a, after), has(b, load) && !has(b, after)];
			const takesBoth = (has(a, load) || has(b, load)) && !has(a, after) && !has(b, after);
			bytes += (bytesOf(a.size, takesA) + bytesOf(b.size, takesB)) * weight;
			bytes -= bytesOf(a.size + b.size, takesBoth) * weight;
		}
		// No more is saved than that.
		if (bytes <= 0) return 0;
		for (const [load, { weight, after }] of loads.entries()) {
			const before = besides(a, b, after);
			for (const file of besides(a, b, load))
				if (!has(file, after) && !before.includes(file)) bytes -= bytesOf(file.size, true) * weight;
		}
		return bytes;
	}
	function join(a: File, b: File): File {
		const joined = {
			first: a.first,
			parts: [...a.parts, ...b.parts],
			size: a.size + b.size,
			loads: a.loads.map((needs, load) => needs | b.loads[load]!),
			isNew: a.isNew
		};
		graph.join(a, b, joined);
		for (const file of graph.neededBy(joined))
			for (const [load, { after }] of loads.entries())
				if (has(joined, load) && !has(file, after)) file.loads[load] = 1;
		return joined;
	}
	return joinMost(files, saved, join, graph.isBetween).map((file) => file.parts);
}

/** Joins the two files that save most, as long as any save. */
function joinMost(
	files: readonly File[],
	saved: (a: File, b: File) => number,
	join: (a: File, b: File) => File,
	isBetween: (a: File, b: File) => boolean
): readonly File[] {
	/** For each file the others that it could be joined with, and what that saves. */
	const gains = new Map(files.map((file) => [file, new Map<File, number>()]));
	function compare(a: File, b: File): number {
		const gain = a.isNew === b.isNew && !isBetween(a, b) && !isBetween(b, a) ? saved(a, b) : 0;
		for (const [one, other] of [
			[a, b],
			[b, a]
		] as const) {
			if (gain > 0) gains.get(one)!.set(other, gain);
			else gains.get(one)!.delete(other);
		}
		return gain;
	}
	function compareAll(): void {
		const list = [...gains.keys()];
		for (const [i, a] of list.entries()) for (const b of list.slice(i + 1)) compare(a, b);
	}
	compareAll();
	for (;;) {
		const best = largest(gains);
		if (!best) return [...gains.keys()];
		const [a, b, gain] = best;
		// What was joined since may have made it less.
		if (compare(a, b) < gain) continue;
		const joined = join(a, b);
		for (const gone of [a, b]) {
			for (const other of gains.get(gone)!.keys()) gains.get(other)?.delete(gone);
			gains.delete(gone);
		}
		const others = [...gains.keys()];
		gains.set(joined, new Map());
		for (const other of others) compare(joined, other);
		// Or more: what loads take since is taken for nothing.
		if (!largest(gains)) compareAll();
	}
}

function largest(
	gains: ReadonlyMap<File, ReadonlyMap<File, number>>
): readonly [File, File, number] | undefined {
	let best: readonly [File, File, number] | undefined;
	for (const [a, others] of gains)
		for (const [b, gain] of others) if (gain > (best?.[2] ?? 0)) best = [a, b, gain];
	return best;
}

function fileOf(parts: readonly [Part, ...Part[]], loads: number): File {
	const [first] = parts;
	return {
		first: first.id,
		parts: parts.map(({ id }) => id),
		size: parts.reduce((sum, { size }) => sum + size, 0),
		loads: Uint8Array.from({ length: loads }, (_, load) => Number(first.loads.includes(load))),
		isNew: first.isNew
	};
}

function filesOfSameLoads(parts: readonly Part[], loads: number): readonly File[] {
	const levelOf = levelsIn(parts);
	const free = sort(
		parts.filter(({ isFree }) => isFree),
		({ id }) => id
	);
	return [...group(free, (part) => [part.isNew, levelOf(part), ...part.loads].join()).values()].map(
		([first, ...others]) => fileOf([first!, ...others], loads)
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

/** Which files need which. */
function graphOf(parts: readonly Part[], files: readonly File[]) {
	const holder = new Map(files.flatMap((file) => file.parts.map((id) => [id, file] as const)));
	const uses = new Map(files.map((file) => [file, new Set<File>()]));
	for (const { id, uses: used } of parts)
		for (const other of used) {
			const [file, needed] = [holder.get(id)!, holder.get(other)!];
			if (file !== needed) uses.get(file)!.add(needed);
		}
	/** What each needs, and what that needs, as long as no two are joined. */
	const known = new Map<File, readonly File[]>();
	function neededBy(file: File): readonly File[] {
		const needed = known.get(file) ?? [...reachedFrom(uses.get(file)!, (next) => uses.get(next)!)];
		known.set(file, needed);
		return needed;
	}
	return {
		neededBy,
		/** Whether `from` needs something else that needs `to`. */
		isBetween(from: File, to: File): boolean {
			if (!neededBy(from).includes(to)) return false;
			return [...uses.get(from)!].some((next) => next !== to && neededBy(next).includes(to));
		},
		join(a: File, b: File, joined: File): void {
			const needed = new Set([...uses.get(a)!, ...uses.get(b)!]);
			for (const gone of [a, b]) {
				needed.delete(gone);
				uses.delete(gone);
			}
			for (const others of uses.values())
				if ([others.delete(a), others.delete(b)].includes(true)) others.add(joined);
			uses.set(joined, needed);
			known.clear();
		}
	};
}

/** All that is reached from some by one step after another, those themselves among it. */
export function reachedFrom<Node>(
	starts: Iterable<Node>,
	next: (node: Node) => Iterable<Node>
): ReadonlySet<Node> {
	const reached = new Set<Node>();
	const open = [...starts];
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		if (reached.has(node)) continue;
		reached.add(node);
		open.push(...next(node));
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
