import { sizeOf } from '$lib/ops/tensor';
import { planBench } from './problems';
import { resolveBench, weightShapes } from './resolve';
import {
	type BenchOp,
	type BenchSpec,
	defaults,
	type Edits,
	type Field,
	fieldsOf,
	inputPresets,
	limits,
	type PaddingSides,
	pools,
	type Range,
	type StageId,
	valueLimits,
	weightPresets
} from './spec';
import { stepCount } from './timeline';

/** A part of an address that was not taken over, and why. */
export interface Ignored {
	readonly key: string;
	readonly value: string;
	/**
	 * `unknown`: no such key. `unused`: it means nothing to this operation. `invalid`: not a value that the key can have.
	 * `unfit`: not together with the rest (groups that do not divide, a kernel larger than the input, a step past the end).
	 */
	readonly reason: 'unknown' | 'unused' | 'invalid' | 'unfit';
}

type Part = Partial<BenchSpec>;

/** How some fields of the spec stand in an address. */
interface Entry {
	readonly key: string;
	readonly fields: readonly Field[];
	write(spec: BenchSpec): string;
	/** `null` where the text says nothing valid. */
	read(text: string): Part | null;
}

/** In the order in which they stand in an address. */
const entries: readonly Entry[] = [
	choice('pool', 'pool', pools),
	sizes('in', ['height', 'width', 'channels']),
	number('f', 'filters'),
	number('m', 'multiplier'),
	sizes('k', ['kernelHeight', 'kernelWidth']),
	number('s', 'stride'),
	{
		key: 'p',
		fields: ['padding'],
		write: ({ padding }) => (typeof padding === 'string' ? padding : paddingText(padding)),
		read(text) {
			if (text === 'valid' || text === 'same') return { padding: text };
			const sides = numbers(text, ',', limits.side);
			const [top, right = top, bottom = top, left = right] = sides;
			if (top === undefined || right === undefined || bottom === undefined || left === undefined) return null;
			return sides.length === 1 || sides.length === 4 ? { padding: { top, bottom, left, right } } : null;
		}
	},
	number('op', 'outputPadding'),
	number('d', 'dilation'),
	number('g', 'groups'),
	flag('b', 'bias'),
	flag('shuffle', 'shuffle'),
	flag('ceil', 'ceil'),
	flag('count', 'countPadding'),
	choice('x', 'inputPreset', inputPresets),
	choice('w', 'weightPreset', weightPresets),
	number('seed', 'seed')
];

/** Tensors that can be edited, as an address calls them: `x` the input, then a stage's initial and `w` (kernel) or `b` (bias). */
const initials: Readonly<Partial<Record<StageId, string>>> = {
	conv: 'c',
	depthwise: 'd',
	pointwise: 'p',
	first: 'f',
	second: 's',
	transposed: 't'
};

/** What of the spec differs from the page's defaults, as a query without `?`; empty where nothing does. */
export function writeAddress(spec: BenchSpec): string {
	const initial = defaults(spec.op);
	const used = fieldsOf(spec);
	const pairs = entries
		.filter((entry) => entry.fields.every((field) => used.includes(field)))
		.filter((entry) => entry.write(spec) !== entry.write(initial))
		.map((entry) => [entry.key, entry.write(spec)]);
	if (spec.grain !== initial.grain) pairs.push(['grain', spec.grain]);
	// Readers count steps from 1.
	if (spec.step !== initial.step) pairs.push(['step', String(spec.step + 1)]);
	const edits = editsText(spec);
	if (edits !== '') pairs.push(['e', edits]);
	return pairs.map((pair) => pair.join('=')).join('&');
}

/**
 * The spec that an address of this operation's page describes, within all limits and always one that resolves, and what was
 * ignored. Keys that belong to the page and not to the bench are to be taken out first.
 */
export function readAddress(op: BenchOp, query: URLSearchParams): { spec: BenchSpec; ignored: Ignored[] } {
	const ignored: Ignored[] = [];
	const given = new Map<string, string>();
	for (const [key, value] of query) {
		const isKnown = ['grain', 'step', 'e', ...entries.map((entry) => entry.key)].includes(key);
		if (!isKnown) ignored.push({ key, value, reason: 'unknown' });
		else if (given.has(key)) ignored.push({ key, value, reason: 'invalid' });
		else given.set(key, value);
	}

	let spec = defaults(op);
	const taken: { entry: Entry; value: string }[] = [];
	for (const entry of entries) {
		const value = given.get(entry.key);
		if (value === undefined) continue;
		const part = entry.read(value);
		// The kind of pool comes first, and the other fields depend on it.
		if (!entry.fields.every((field) => fieldsOf({ ...spec, ...part }).includes(field))) {
			ignored.push({ key: entry.key, value, reason: 'unused' });
		} else if (!part) {
			ignored.push({ key: entry.key, value, reason: 'invalid' });
		} else {
			spec = { ...spec, ...part };
			taken.push({ entry, value });
		}
	}
	spec = fitting(spec, taken, ignored);

	const grain = given.get('grain');
	if (grain === 'value' || grain === 'multiply') spec = { ...spec, grain };
	else if (grain !== undefined) ignored.push({ key: 'grain', value: grain, reason: 'invalid' });

	const edits = given.get('e');
	if (edits !== undefined) spec = { ...spec, ...readEdits(edits, spec, ignored) };

	const step = given.get('step');
	if (step !== undefined) {
		const [n, ...more] = numbers(step, ',', { min: 1, max: limits.step.max });
		if (n === undefined || more.length > 0) ignored.push({ key: 'step', value: step, reason: 'invalid' });
		else if (n > stepsOf(spec)) ignored.push({ key: 'step', value: step, reason: 'unfit' });
		else spec = { ...spec, step: n - 1 };
	}
	return { spec, ignored };
}

/** Takes back what does not fit with the rest, the fields that are wrong first, until the spec resolves. */
function fitting(
	spec: BenchSpec,
	taken: readonly { entry: Entry; value: string }[],
	ignored: Ignored[]
): BenchSpec {
	const plan = planBench(spec);
	if (plan.ok) return spec;
	const wrong = plan.problems.map(({ field }) => field);
	const back = taken.find(({ entry }) => entry.fields.some((field) => wrong.includes(field))) ?? taken.at(-1);
	// The defaults resolve, so there is something to take back.
	if (!back) return defaults(spec.op);
	ignored.push({ key: back.entry.key, value: back.value, reason: 'unfit' });
	const initial = defaults(spec.op);
	const restored = Object.fromEntries(back.entry.fields.map((field) => [field, initial[field]]));
	return fitting(
		{ ...spec, ...restored },
		taken.filter((other) => other !== back),
		ignored
	);
}

function stepsOf(spec: BenchSpec): number {
	const resolved = resolveBench(spec);
	return resolved.ok ? stepCount(resolved.bench, spec.grain) : 0;
}

/** `x12:3:-1,cw4:2.5`: from index 12 of the input on 3 and −1, at index 4 of the convolution's kernel 2.5. */
function editsText(spec: BenchSpec): string {
	return tensorsOf(spec)
		.flatMap(({ name, size, edits }) => {
			const indices = Object.keys(edits)
				.map(Number)
				.filter((index) => index < size)
				.sort((a, b) => a - b);
			return indices.map((index, n) =>
				indices[n - 1] === index - 1 ? `:${edits[index]}` : `,${name}${index}:${edits[index]}`
			);
		})
		.join('')
		.slice(1);
}

function readEdits(
	text: string,
	spec: BenchSpec,
	ignored: Ignored[]
): Pick<BenchSpec, 'inputEdits' | 'weightEdits' | 'biasEdits'> {
	const tensors = tensorsOf(spec);
	const found = new Map<string, Record<number, number>>(tensors.map(({ name }) => [name, {}]));
	for (const run of text.split(',')) {
		const [, name = '', start = '', list = ''] = /^([a-z]{1,2})(\d{1,5}):(.*)$/.exec(run) ?? [];
		const edits = found.get(name);
		const size = tensors.find((tensor) => tensor.name === name)?.size ?? 0;
		const values = list.split(':').map(readValue);
		if (!edits || values.includes(null)) ignored.push({ key: 'e', value: run, reason: 'invalid' });
		else if (Number(start) + values.length > size) ignored.push({ key: 'e', value: run, reason: 'unfit' });
		else values.forEach((value, n) => (edits[Number(start) + n] = value!));
	}
	const ofStages = (kind: 'w' | 'b') =>
		Object.fromEntries(
			tensors.flatMap(({ stage, name }) => {
				const edits = found.get(name)!;
				return stage && name.endsWith(kind) && Object.keys(edits).length > 0 ? [[stage, edits]] : [];
			})
		);
	return { inputEdits: found.get('x') ?? {}, weightEdits: ofStages('w'), biasEdits: ofStages('b') };
}

function readValue(text: string): number | null {
	const value = /^-?\d+(\.\d+)?(e-\d+)?$/.test(text) ? Number(text) : NaN;
	return value >= valueLimits.min && value <= valueLimits.max ? value : null;
}

interface Editable {
	readonly name: string;
	readonly stage: StageId | null;
	readonly size: number;
	readonly edits: Edits;
}

/** The tensors of a spec that can be edited; of one that does not resolve, the input. */
function tensorsOf(spec: BenchSpec): Editable[] {
	const size = spec.height * spec.width * spec.channels;
	const tensors: Editable[] = [{ name: 'x', stage: null, size, edits: spec.inputEdits }];
	const plan = planBench(spec);
	for (const stage of plan.ok ? plan.stages : []) {
		const shapes = weightShapes(stage);
		if (!shapes) continue;
		const { id } = stage;
		const kernel = { name: `${initials[id]}w`, stage: id, size: sizeOf(shapes.kernel) };
		tensors.push({ ...kernel, edits: spec.weightEdits[id] ?? {} });
		if (shapes.bias > 0) {
			tensors.push({
				name: `${initials[id]}b`,
				stage: id,
				size: shapes.bias,
				edits: spec.biasEdits[id] ?? {}
			});
		}
	}
	return tensors;
}

type NumberKey = { [K in Field]: BenchSpec[K] extends number ? K : never }[Field];
type FlagKey = { [K in Field]: BenchSpec[K] extends boolean ? K : never }[Field];

function number(key: string, field: NumberKey): Entry {
	return {
		key,
		fields: [field],
		write: (spec) => String(spec[field]),
		read(text) {
			const [value, ...more] = numbers(text, ',', limits[field]);
			return value === undefined || more.length > 0 ? null : { [field]: value };
		}
	};
}

/** `5x5x2`; where all agree, a kernel's size may be one number. */
function sizes(key: string, fields: readonly NumberKey[]): Entry {
	const isPair = fields.length === 2;
	return {
		key,
		fields,
		write(spec) {
			const values = fields.map((field) => spec[field]);
			return isPair && values[0] === values[1] ? String(values[0]) : values.join('x');
		},
		read(text) {
			const parts = text.split('x');
			const texts = isPair && parts.length === 1 ? [text, text] : parts;
			const values = fields.flatMap((field, n) => numbers(texts[n] ?? '', 'x', limits[field]));
			if (texts.length !== fields.length || values.length !== fields.length) return null;
			return Object.fromEntries(fields.map((field, n) => [field, values[n]]));
		}
	};
}

function flag(key: string, field: FlagKey): Entry {
	return {
		key,
		fields: [field],
		write: (spec) => (spec[field] ? '1' : '0'),
		read: (text) => (text === '1' || text === '0' ? { [field]: text === '1' } : null)
	};
}

function choice(key: string, field: Field, values: readonly string[]): Entry {
	return {
		key,
		fields: [field],
		write: (spec) => String(spec[field]),
		read: (text) => (values.includes(text) ? { [field]: text } : null)
	};
}

/** Whole numbers within a range; none, where one of them is not. */
function numbers(text: string, separator: string, { min, max }: Range): number[] {
	const found = text.split(separator).map((part) => (/^\d{1,16}$/.test(part) ? Number(part) : NaN));
	return found.every((n) => n >= min && n <= max) ? found : [];
}

/** One number where all sides agree, otherwise top, right, bottom, left, as in CSS. */
function paddingText({ top, bottom, left, right }: PaddingSides): string {
	return top === bottom && left === right && top === left
		? String(top)
		: [top, right, bottom, left].join(',');
}
