import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benchCodec } from '$lib/viz/figures/bench/address';
import { planBench } from '$lib/viz/figures/bench/problems';
import { resolveBench, weightShapes } from '$lib/viz/figures/bench/resolve';
import { benchOps, type BenchSpec, defaults, type StageId } from '$lib/viz/figures/bench/spec';
import { stepCount } from '$lib/viz/figures/bench/timeline';
import { fittingSpecs } from './fitting';

const write = (spec: BenchSpec) => benchCodec(spec.op).format(spec).slice(1);
const read = (op: BenchSpec['op'], query: string) => {
	const { value: spec, ignored } = benchCodec(op).parse(query);
	return { spec, ignored: ignored.map(({ name, value, reason }) => ({ key: name, value, reason })) };
};

const value = fc.oneof(
	fc.integer({ min: -999, max: 999 }),
	fc.double({ min: -999, max: 999, noNaN: true }).map((n) => n + 0)
);
const edits = (size: number) =>
	fc
		.dictionary(fc.nat(size - 1).map(String), value, { maxKeys: 8 })
		.map((found) => Object.fromEntries(Object.entries(found).map(([key, v]) => [Number(key), v])));

/** Specs with edits, at some step. */
const states = fittingSpecs().chain((spec) => {
	const resolved = resolveBench(spec);
	if (!resolved.ok) throw new Error('fittingSpecs() gives specs that resolve');
	const { input, stages } = resolved.bench;
	const weighted = stages.filter(weightShapes);
	const ofStages = (name: 'kernel' | 'bias') =>
		fc
			.record(
				Object.fromEntries(
					weighted
						.filter(({ weights }) => weights[name])
						.map(({ id, weights }) => [id, edits(weights[name]!.data.length)])
				)
			)
			.map(
				(all) =>
					Object.fromEntries(
						Object.entries(all).filter(([, some]) => Object.keys(some).length > 0)
					) as Partial<Record<StageId, Record<number, number>>>
			);
	return fc
		.record({
			inputEdits: edits(input.data.length),
			weightEdits: ofStages('kernel'),
			biasEdits: ofStages('bias'),
			granularity: fc.constantFrom('value' as const, 'multiply' as const)
		})
		.chain((part) =>
			fc
				.nat(stepCount(resolved.bench, part.granularity) - 1)
				.map((step): BenchSpec => ({ ...spec, ...part, step }))
		);
});

describe('benchCodec(op).format(spec)', () => {
	it.each(benchOps)('%s: says nothing of the defaults', (op) => expect(write(defaults(op))).toBe(''));

	it('is short and readable', () => {
		expect(
			write({
				...defaults('standard'),
				height: 6,
				channels: 4,
				filters: 4,
				groups: 2,
				padding: 'same',
				kernelWidth: 5,
				bias: false,
				granularity: 'multiply',
				step: 11,
				inputEdits: { 12: 3, 13: -1, 20: 2.5 },
				weightEdits: { conv: { 4: 0 } }
			})
		).toBe('in=6x5x4&f=4&k=3x5&p=same&g=2&b=0&grain=multiply&step=12&e=x12:3:-1,x20:2.5,cw4:0');
	});

	it('writes padding as CSS does: one number, or top, right, bottom, left', () => {
		const padded = (padding: BenchSpec['padding']) => write({ ...defaults('standard'), padding });
		expect(padded({ top: 1, bottom: 1, left: 1, right: 1 })).toBe('p=1');
		expect(padded({ top: 1, bottom: 0, left: 2, right: 3 })).toBe('p=1,3,0,2');
	});

	it('leaves out edits beyond the end of their tensor', () => {
		expect(write({ ...defaults('standard'), inputEdits: { 50: 1 } })).toBe('');
	});
});

describe('benchCodec(op).parse(search)', () => {
	it('gives back every spec that was written, and ignores nothing of it', () => {
		fc.assert(
			fc.property(states, (spec) => {
				const query = write(spec);
				expect(query).toMatch(/^[a-z0-9=&:,.x-]*$/);
				expect(read(spec.op, query)).toEqual({ spec, ignored: [] });
			}),
			{ numRuns: 100 }
		);
	});

	it.each([
		['k=99', 'k', '99', 'invalid'],
		['k=0', 'k', '0', 'invalid'],
		['k=3x3x3', 'k', '3x3x3', 'invalid'],
		['in=5x5', 'in', '5x5', 'invalid'],
		['in=5x5x13', 'in', '5x5x13', 'invalid'],
		['s=1.5', 's', '1.5', 'invalid'],
		['p=1,2', 'p', '1,2', 'invalid'],
		['b=yes', 'b', 'yes', 'invalid'],
		['x=cat', 'x', 'cat', 'invalid'],
		['strid=2', 'strid', '2', 'unknown'],
		['m=2', 'm', '2', 'unused'],
		['pool=max', 'pool', 'max', 'unused'],
		['g=2', 'g', '2', 'unfit'],
		['k=6', 'k', '6', 'unfit'],
		['step=0', 'step', '0', 'invalid'],
		['step=28', 'step', '28', 'unfit'],
		['grain=fine', 'grain', 'fine', 'invalid'],
		['e=x50:1', 'e', 'x50:1', 'unfit'],
		['e=x49:1:2', 'e', 'x49:1:2', 'unfit'],
		['e=pw0:1', 'e', 'pw0:1', 'invalid'],
		['e=x0:1000', 'e', 'x0:1000', 'invalid'],
		['e=x0', 'e', 'x0', 'invalid'],
		['e=', 'e', '', 'invalid']
	] as const)('standard: %s gives the default, and says so', (query, key, text, reason) => {
		expect(read('standard', query)).toEqual({
			spec: defaults('standard'),
			ignored: [{ key, value: text, reason }]
		});
	});

	it('keeps what is right beside what is wrong', () => {
		expect(read('standard', 's=2&k=99&seed=7&e=x0:9,x1:no')).toEqual({
			spec: { ...defaults('standard'), stride: 2, seed: 7, inputEdits: { 0: 9 } },
			ignored: [
				{ key: 'k', value: '99', reason: 'invalid' },
				{ key: 'e', value: 'x1:no', reason: 'invalid' }
			]
		});
	});

	it('takes the first where a key stands twice', () => {
		expect(read('standard', 's=2&s=3')).toEqual({
			spec: { ...defaults('standard'), stride: 2 },
			ignored: [{ key: 's', value: '3', reason: 'invalid' }]
		});
	});

	it('knows which fields a kind of pool has', () => {
		expect(read('pooling', 'k=3&pool=global').ignored).toEqual([{ key: 'k', value: '3', reason: 'unused' }]);
		expect(read('pooling', 'pool=max&count=1').ignored).toEqual([
			{ key: 'count', value: '1', reason: 'unused' }
		]);
	});

	it('never throws and never leaves the limits, whatever the address says', () => {
		const number = fc.oneof(fc.integer({ min: -2, max: 30 }).map(String), fc.string({ maxLength: 4 }));
		const text = fc.oneof(
			number,
			fc.tuple(number, number, number).map((parts) => parts.join('x')),
			fc.tuple(number, number, number, number).map((parts) => parts.join(',')),
			fc.constantFrom('same', 'valid', 'photo', 'edges', 'max', 'average', 'global', 'multiply'),
			fc
				.tuple(fc.constantFrom('x', 'cw', 'cb', 'dw', 'pw', 'fw', 'sb', 'tw'), number, number)
				.map(([name, at, v]) => `${name}${at}:${v}`),
			fc.string()
		);
		const key = fc.oneof(
			fc.constantFrom('in', 'f', 'm', 'k', 's', 'p', 'd', 'g', 'b', 'shuffle', 'pool', 'ceil', 'count'),
			fc.constantFrom('x', 'w', 'seed', 'grain', 'step', 'e', '__proto__', 'constructor'),
			fc.string()
		);
		const pairs = fc.array(fc.tuple(key, text), { maxLength: 8 });
		fc.assert(
			fc.property(fc.constantFrom(...benchOps), pairs, (op, query) => {
				const { spec, ignored } = read(op, String(new URLSearchParams(query)));
				expect(planBench(spec).ok).toBe(true);
				const resolved = resolveBench(spec);
				expect(resolved.ok && spec.step < stepCount(resolved.bench, spec.granularity)).toBe(true);
				// What was taken over is written again, and reads the same.
				expect(read(op, write(spec))).toEqual({ spec, ignored: [] });
				for (const { key, value } of ignored)
					expect(query.some(([k, v]) => k === key && v.includes(value))).toBe(true);
			}),
			{ numRuns: 400 }
		);
	});
});
