import { sizeOf } from '$lib/ops/tensor';
import { addressCodec, type Codec, type Part, partsOf } from '../../address/codec';
import { custom, integer, type Kind, oneOf, row } from '../../address/kinds';
import { planBench } from './problems';
import { resolveBench, weightShapes } from './resolve';
import {
	benchFields,
	type BenchOp,
	type BenchSpec,
	defaults,
	type Edits,
	type Field,
	fieldsOf,
	type StageId,
	valueLimits
} from './spec';
import { stepCount } from './timeline';

type AllEdits = Pick<BenchSpec, 'inputEdits' | 'weightEdits' | 'biasEdits'>;

/** The addresses of an operation's page. What they say resolves, whatever it is; what does not fit is taken back. */
export function benchCodec(op: BenchOp): Codec<BenchSpec> {
	return addressCodec<BenchSpec>({
		initial: defaults(op),
		parts: fieldParts,
		misfit(spec, said) {
			const plan = planBench(spec);
			if (plan.ok) return undefined;
			// The fields that are wrong go first.
			const wrong = plan.problems.map(({ field }): string => field);
			return said.find(({ keys }) => keys.some((key) => wrong.includes(key))) ?? said.at(-1);
		},
		later: laterParts
	});
}

const { field } = partsOf<BenchSpec>();

const names = Object.keys(benchFields) as Field[];

/** A part for each field; of those with one name, together. */
const fieldParts = [...new Set(names.map((name) => benchFields[name].key))].map((name): Part<BenchSpec> => {
	const keys = names.filter((key) => benchFields[key].key === name);
	const kinds = keys.map((key): Kind<unknown> => benchFields[key].kind);
	const isUsed = (spec: BenchSpec) => keys.every((key) => fieldsOf(spec).includes(key));
	if (keys.length === 1) return field(name, keys[0]!, kinds[0] as Kind<never>, { isUsed });
	return {
		...{ name, keys, isUsed },
		// A kernel's size may be one number.
		kind: row('x', kinds, { short: keys.length === 2 }),
		get: (spec) => keys.map((key) => spec[key]),
		put: (values) => Object.fromEntries(keys.map((key, n) => [key, (values as unknown[])[n]]))
	};
});

const counted = integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

const laterParts: readonly Part<BenchSpec>[] = [
	field('grain', 'granularity', oneOf(['value', 'multiply'])),
	{
		name: 'step',
		keys: ['step'],
		kind: (spec): Kind<number> => ({
			...counted,
			read(text, ignore) {
				const n = counted.read(text, ignore);
				return n !== undefined && n > stepsOf(spec) ? ignore('unfit') : n;
			}
		}),
		// Readers count steps from 1.
		get: ({ step }) => step + 1,
		put: (n) => ({ step: (n as number) - 1 })
	},
	{
		name: 'e',
		keys: ['inputEdits', 'weightEdits', 'biasEdits'],
		kind: editsOf as Part<BenchSpec>['kind'],
		get: ({ inputEdits, weightEdits, biasEdits }): AllEdits => ({ inputEdits, weightEdits, biasEdits }),
		put: (edits) => edits as AllEdits
	}
];

function stepsOf(spec: BenchSpec): number {
	const resolved = resolveBench(spec);
	return resolved.ok ? stepCount(resolved.bench, spec.granularity) : 0;
}

/** Tensors that can be edited, as an address calls them: `x` the input, then a stage's initial and `w` (kernel) or `b` (bias). */
const initials: Readonly<Partial<Record<StageId, string>>> = {
	conv: 'c',
	depthwise: 'd',
	pointwise: 'p',
	first: 'f',
	second: 's',
	transposed: 't'
};

/** `x12:3:-1,cw4:2.5`: from index 12 of the input on 3 and −1, at index 4 of the convolution's kernel 2.5. */
function editsOf(spec: BenchSpec): Kind<AllEdits> {
	const tensors = tensorsOf(spec);
	return custom<AllEdits>({
		read(text, ignore) {
			const found = new Map<string, Record<number, number>>(tensors.map(({ name }) => [name, {}]));
			for (const run of text.split(',')) {
				const [, name = '', start = '', list = ''] = /^([a-z]{1,2})(\d{1,5}):(.*)$/.exec(run) ?? [];
				const edits = found.get(name);
				const size = tensors.find((tensor) => tensor.name === name)?.size ?? 0;
				const values = list.split(':').flatMap((word) => readValue(word) ?? []);
				if (!edits || values.length < list.split(':').length) ignore('invalid', { value: run });
				else if (Number(start) + values.length > size) ignore('unfit', { value: run });
				else values.forEach((value, n) => (edits[Number(start) + n] = value));
			}
			const ofStages = (letter: 'w' | 'b') =>
				Object.fromEntries(
					tensors.flatMap(({ stage, name }) => {
						const edits = found.get(name) ?? {};
						return stage && name.endsWith(letter) && Object.keys(edits).length > 0 ? [[stage, edits]] : [];
					})
				);
			return { inputEdits: found.get('x') ?? {}, weightEdits: ofStages('w'), biasEdits: ofStages('b') };
		},
		write: (all) =>
			tensors
				.flatMap(({ name, size, of }) => {
					const edits = of(all);
					const indices = Object.keys(edits)
						.map(Number)
						.filter((index) => index < size)
						.sort((a, b) => a - b);
					return indices.map((index, n) =>
						indices[n - 1] === index - 1 ? `:${edits[index]}` : `,${name}${index}:${edits[index]}`
					);
				})
				.join('')
				.slice(1)
	});
}

function readValue(text: string): number | null {
	const value = /^-?\d+(\.\d+)?(e-\d+)?$/.test(text) ? Number(text) : NaN;
	return value >= valueLimits.min && value <= valueLimits.max ? value : null;
}

interface Editable {
	readonly name: string;
	readonly stage: StageId | null;
	readonly size: number;
	of(edits: AllEdits): Edits;
}

/** The tensors of a spec that can be edited; of one that does not resolve, the input. */
function tensorsOf(spec: BenchSpec): Editable[] {
	const size = spec.height * spec.width * spec.channels;
	const input: Editable = { name: 'x', stage: null, size, of: ({ inputEdits }) => inputEdits };
	const plan = planBench(spec);
	const ofStages = (plan.ok ? plan.stages : []).flatMap((stage): Editable[] => {
		const shapes = weightShapes(stage);
		if (!shapes) return [];
		const { id } = stage;
		const name = initials[id] ?? '';
		return [
			{ name: `${name}w`, stage: id, size: sizeOf(shapes.kernel), of: (all) => all.weightEdits[id] ?? {} },
			{ name: `${name}b`, stage: id, size: shapes.bias, of: (all) => all.biasEdits[id] ?? {} }
		];
	});
	// Without a bias there is nothing to edit.
	return [input, ...ofStages.filter((tensor) => tensor.size > 0)];
}
