import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cycleIn, groupParts, reachedFrom, type Part } from '../../../tools/chunks/groups';
import { linksBetween, type ModuleInfo } from '../../../tools/chunks/links';
import { findLoads } from '../../../tools/chunks/loads';

const module = (
	code: string,
	importedIds: readonly string[] = [],
	later: readonly string[] = []
): ModuleInfo => ({
	...{ code, importedIds, dynamicallyImportedIds: later }
});

/** What `page` uses, of modules that are pure but for those whose names begin with `active`. */
function usesOf(modules: Readonly<Record<string, ModuleInfo>>) {
	const links = linksBetween(new Map(Object.entries(modules)), (id) => !id.startsWith('active'));
	return [...links.get('page')!.uses].sort();
}

describe('what a module needs', () => {
	const rooms = {
		all: module(`export { a } from './a'; export * from './b'; export * as c from './c';`, ['a', 'b', 'c']),
		a: module('export const a = 1;'),
		b: module('export const b = 2, d = 3;'),
		c: module(`export * from './c1'; export * from './c2';`, ['c1', 'c2']),
		c1: module('const one = 1; export { one };'),
		c2: module('export default 2; export const two = 2;')
	};

	it('is where a name stands, not what hands it on', () => {
		expect(usesOf({ ...rooms, page: module(`import { a } from './all'; a();`, ['all']) })).toEqual(['a']);
		expect(usesOf({ ...rooms, page: module(`import { d as e } from './all'; e();`, ['all']) })).toEqual([
			'b'
		]);
	});

	it('is what is named of a whole that hands on', () => {
		expect(usesOf({ ...rooms, page: module(`import { c } from './all'; c.two();`, ['all']) })).toEqual([
			'c2'
		]);
		expect(usesOf({ ...rooms, page: module(`import * as $ from './all'; $.b($.a);`, ['all']) })).toEqual([
			'a',
			'b'
		]);
	});

	it('is all of a whole that is taken apart', () => {
		const page = module(`import * as all from './all'; const { a } = all;`, ['all']);
		expect(usesOf({ ...rooms, page })).toEqual(['a', 'b', 'c1', 'c2']);
	});

	it('is each module on the way that may do something by itself', () => {
		const active = module(`export { a } from './a'; export { b } from './activeB';`, ['a', 'activeB']);
		const modules = { ...rooms, active, activeB: module('go(); export const b = 1;') };
		expect(usesOf({ ...modules, page: module(`import { a } from './active'; a();`, ['active']) })).toEqual([
			'a',
			'active'
		]);
		expect(usesOf({ ...modules, page: module(`import './active';`, ['active']) })).toEqual(['active']);
		expect(usesOf({ ...modules, page: active })).toEqual(['activeB']);
	});

	it('is what the bundler added, and the whole of a module two of whose requests are one', () => {
		expect(usesOf({ ...rooms, page: module(`import { a } from './a'; a();`, ['a', 'added']) })).toEqual([
			'a',
			'added'
		]);
		expect(
			usesOf({ ...rooms, page: module(`export { a } from 'x'; export { a as z } from 'y';`, ['a']) })
		).toEqual(['a']);
	});
});

it('finds a load for each page, and one for each part that comes late, of what the page does not have', () => {
	const modules = new Map(
		Object.entries({
			'/nodes/0.js': module(`import './shell';`, ['shell']),
			'/nodes/5.js': module(`export * as component from './page';`, ['page']),
			'/nodes/6.js': module(`import './shared';`, ['shared']),
			page: module(`import './shared'; export default 1;`, ['shared'], ['late', '/nodes/6.js']),
			late: module(`import './shared'; import './own';`, ['shared', 'own']),
			shell: module('shell();'),
			shared: module('shared();'),
			own: module('own();')
		})
	);
	const entries = ['/nodes/0.js', '/nodes/5.js', '/nodes/6.js'];
	const { parts, loads } = findLoads(
		linksBetween(modules, () => false),
		entries,
		(id) => id === 'own'
	);
	const of = Object.fromEntries(parts.map(({ id, loads, isFree }) => [id, { loads, isFree }]));
	expect(loads).toEqual([{ weight: 1 }, { weight: 1 }, { weight: 1 / 20, after: 1 }, { weight: 1 }]);
	expect(of.shell).toEqual({ loads: [0, 1, 3], isFree: true });
	expect(of.shared).toEqual({ loads: [1, 3], isFree: true });
	expect(of.page).toEqual({ loads: [1], isFree: false });
	expect(parts.filter(({ isNew }) => isNew).map(({ id }) => id)).toEqual(['late', 'own']);
	// What is asked for by itself is a file of its own, and what it alone needs is in that.
	expect(of.late).toEqual({ loads: [2], isFree: false });
	expect(of.own).toEqual({ loads: [2], isFree: false });
});

describe('files', () => {
	/** Three pages, and a late part of each of the first two. */
	const loads = [
		{ weight: 1 },
		{ weight: 1 },
		{ weight: 1 },
		{ weight: 1 / 8, after: 0 },
		{ weight: 1 / 8, after: 1 }
	];

	/** Parts that need some of those before them, so that there is no circle, with loads that have all that they need. */
	const anySite = fc
		.array(
			fc.record({
				size: fc.integer({ min: 1, max: 2000 }),
				uses: fc.array(fc.nat(), { maxLength: 3 }),
				isFree: fc.boolean(),
				isNew: fc.boolean(),
				loads: fc.uniqueArray(fc.nat({ max: loads.length - 1 }), { maxLength: 3 })
			}),
			{ minLength: 1, maxLength: 14 }
		)
		.map((drawn) => {
			const uses = drawn.map((part, i) => (i === 0 ? [] : [...new Set(part.uses.map((use) => use % i))]));
			const loadsOf = drawn.map((part) => new Set(part.loads));
			for (let i = drawn.length - 1; i >= 0; i--) {
				for (const use of uses[i]!) for (const load of loadsOf[i]!) loadsOf[use]!.add(load);
			}
			// What the page has brought does not come once more.
			for (const of of loadsOf)
				for (const [load, { after }] of loads.entries())
					if (after !== undefined && of.has(after)) of.delete(load);
			// What needs something new is new.
			const isNew: boolean[] = [];
			for (const [i, part] of drawn.entries()) isNew.push(part.isNew || uses[i]!.some((use) => isNew[use]));
			return drawn.map(({ size, isFree }, i): Part => ({
				...{ id: `part${i}`, size, isFree, isNew: isNew[i]! },
				loads: [...loadsOf[i]!].sort(),
				uses: uses[i]!.map((use) => `part${use}`)
			}));
		});

	/** What all loads take, each file with what it needs, but for what the load before has brought. */
	function costOf(parts: readonly Part[], files: readonly (readonly string[])[], request: number) {
		const byId = new Map(parts.map((part) => [part.id, part]));
		const fileOf = new Map(files.flatMap((file) => file.map((id) => [id, file] as const)));
		const inFileOf = (id: string) => fileOf.get(id) ?? [id];
		const taken = loads.map((_, load) =>
			reachedFrom(
				parts.filter((part) => part.loads.includes(load)).flatMap(({ id }) => inFileOf(id)),
				(id) => byId.get(id)!.uses.flatMap(inFileOf)
			)
		);
		const costs = loads.map(({ weight, after }, load) => {
			const ids = [...taken[load]!].filter((id) => after === undefined || !taken[after]!.has(id));
			const count = new Set(ids.map((id) => inFileOf(id)[0])).size;
			return weight * ids.reduce((sum, id) => sum + byId.get(id)!.size, count * request);
		});
		return costs.reduce((a, b) => a + b, 0);
	}

	it('hold each part that may share one once, need each other in no circle, and cost no more than one a part', () => {
		fc.assert(
			fc.property(anySite, fc.integer({ min: 0, max: 3000 }), (parts, request) => {
				const files = groupParts(parts, loads, request);
				const free = parts.filter(({ isFree }) => isFree).map(({ id }) => id);
				expect(files.flat().sort()).toEqual(free.toSorted());
				const byId = new Map(parts.map((part) => [part.id, part]));
				for (const file of files) expect(new Set(file.map((id) => byId.get(id)!.isNew)).size).toBe(1);

				const fileOf = new Map(files.flatMap((file) => file.map((id) => [id, file[0]!] as const)));
				const nameOf = (id: string) => fileOf.get(id) ?? id;
				const needs = new Map<string, string[]>();
				for (const { id, uses } of parts) {
					const others = uses.map(nameOf).filter((name) => name !== nameOf(id));
					needs.set(nameOf(id), [...(needs.get(nameOf(id)) ?? []), ...others]);
				}
				expect(cycleIn(needs)).toBeUndefined();
				const alone = free.map((id) => [id]);
				expect(costOf(parts, files, request)).toBeLessThanOrEqual(costOf(parts, alone, request) + 1e-6);
			})
		);
	});

	it('are the same for the same parts in any order', () => {
		const anyTwo = anySite.chain((parts) =>
			fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length }))
		);
		fc.assert(
			fc.property(anyTwo, ([parts, shuffled]) => {
				expect(groupParts(shuffled, loads, 700)).toEqual(groupParts(parts, loads, 700));
			})
		);
	});

	it('are joined where that saves more than it costs', () => {
		const part = (
			id: string,
			size: number,
			loads: readonly number[],
			uses: readonly string[] = []
		): Part => ({
			...{ id, size, loads, uses, isNew: false, isFree: true }
		});
		const pages = [{ weight: 1 }, { weight: 1 }, { weight: 1 }];
		const small = [part('a', 100, [0, 1]), part('b', 100, [0, 1, 2])];
		expect(groupParts(small, pages, 700)).toEqual([['a', 'b']]);
		// Two requests less, and a load that takes 5,000 bytes for nothing.
		expect(groupParts([part('a', 5000, [0, 1]), small[1]!], pages, 700)).toEqual([['a'], ['b']]);
		// The same where it is not the part that is large, but what it needs.
		const needing = [part('a', 100, [0, 1], ['large']), small[1]!, part('large', 5000, [0, 1])];
		expect(groupParts(needing, pages, 700)).toEqual([['a', 'large'], ['b']]);
	});
});

it('names the files of a circle', () => {
	const needs = new Map([
		['a', ['b']],
		['b', ['c', 'd']],
		['c', []],
		['d', ['b']]
	]);
	expect(cycleIn(needs)).toEqual(['b', 'd', 'b']);
	expect(cycleIn(new Map([['a', ['b']]]))).toBeUndefined();
});
