import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatGraph, parseGraph, type GraphNode } from '$lib/nets';
import {
	activationOf,
	activations,
	type ActivationKind,
	type ChannelUse,
	type Geometry,
	hasKernel,
	isActivation,
	isValueByValue,
	computedKinds,
	type ComputedKind,
	type LayerNormGeometry,
	type LocalResponseNormGeometry,
	operatorOf,
	sizeOf,
	type Step
} from '$lib/ops';
import { erf } from '$lib/ops/erf';
import { type Case, casesOf, cellsOf, nameOf, operatorOfCase } from './cases';

const seed = Math.floor(Math.random() * 2 ** 31);

/** Enough cases that what holds for all of them is no accident. */
const sampleOf = (kind: ComputedKind) => fc.sample(casesOf(kind), { numRuns: 120, seed });

/** For each output channel, the channels of inputs that its cells read, by name. */
function dependencies(c: Case): { readonly channel: number; readonly reads: readonly string[] }[] {
	const operator = operatorOfCase(c);
	const byChannel = new Map<string, { readonly channel: number; readonly reads: Set<string> }>();
	for (const cell of cellsOf(c.g.outputs)) {
		const key = `${cell.tensor}:${cell.channel}`;
		const of = byChannel.get(key) ?? { channel: cell.channel, reads: new Set<string>() };
		byChannel.set(key, of);
		for (const { tensor, channel } of operator.reads(c.g, cell)) of.reads.add(`${tensor}:${channel}`);
	}
	return [...byChannel.values()].map(({ channel, reads }) => ({ channel, reads: [...reads].sort() }));
}

/** What holds of the channels of all cases, the narrowest first. */
function channelUse(cases: readonly Case[]): ChannelUse {
	const all = cases.map((c) => ({ c, channels: dependencies(c) }));
	const isOwn = all.every(({ c, channels }) =>
		channels.every(
			({ channel, reads }) => String(reads) === String(c.g.inputs.map((_, tensor) => `${tensor}:${channel}`))
		)
	);
	if (isOwn) return 'own';
	const isMoved = all.every(({ channels }) => {
		const sources = channels.flatMap(({ reads }) => reads);
		return channels.every(({ reads }) => reads.length === 1) && new Set(sources).size === sources.length;
	});
	if (isMoved) return 'moved';
	const groups = all.map(({ channels }) => [...new Set(channels.map(({ reads }) => String(reads)))]);
	const areApart = groups.every((sets) => {
		const members = sets.filter((set) => set !== '').flatMap((set) => set.split(','));
		return new Set(members).size === members.length;
	});
	return areApart && groups.some((sets) => sets.length > 1) ? 'grouped' : 'mixed';
}

/** Whether each output cell reads the only input's cell in its place, and no other. */
function readsItsPlace(c: Case): boolean {
	const { inputs, outputs } = c.g;
	if (inputs.length !== 1 || outputs.length !== 1 || String(inputs[0]) !== String(outputs[0])) return false;
	return cellsOf(outputs).every((cell) => {
		const read = operatorOfCase(c).reads(c.g, cell);
		return read.length === 1 && nameOf(read[0]!) === nameOf(cell);
	});
}

/** What a step writes, worked out from its terms as its operator's form has it. */
function workedOut(c: Case, { terms, bias, output, writes }: Step): number {
	const values = terms.map(({ inputValue }) => inputValue);
	const products = terms.map(({ product }) => product);
	const sum = products.reduce((total, product) => total + product, 0);
	switch (operatorOfCase(c).traits.form) {
		case 'sum':
			return sum + bias;
		case 'average': {
			// Padding may count or not, which is held against TensorFlow.js: some of the taps do.
			const counts = terms.map((_, i) => i + 1);
			return sum / (counts.find((count) => Math.abs(sum / count - writes!) < 1e-12) ?? NaN);
		}
		case 'max':
			return Math.max(...values);
		case 'product':
			return values.reduce((total, value) => total * value, 1);
		case 'copy':
			return values.length === 1 ? values[0]! : NaN;
		case 'function':
			return valueOf(c.kind as ActivationKind, values[0]!, c.g);
		case 'softmax':
			return 1 / sum;
		case 'slope': {
			const { data } = c.weights['alpha']!;
			return values[0]! < 0 ? values[0]! * data[data.length === 1 ? 0 : output.channel]! : values[0]!;
		}
		case 'channelNorm': {
			const mean = sum / values.length;
			const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
			const { epsilon } = c.g as LayerNormGeometry;
			const normal = (values[output.channel]! - mean) / Math.sqrt(variance + epsilon);
			const { gamma, beta } = c.weights;
			return normal * (gamma?.data[output.channel] ?? 1) + (beta?.data[output.channel] ?? 0);
		}
		case 'localNorm': {
			const g = c.g as LocalResponseNormGeometry;
			const own = terms.find(({ input }) => input && nameOf(input) === nameOf({ ...output, tensor: 0 }))!;
			return own.inputValue / (g.bias + g.alpha * sum) ** g.beta;
		}
	}
}

/** The value of an activation's formula as it is written out, for a value put in. */
function valueOf(kind: ActivationKind, x: number, own: Geometry): number {
	const operator = activationOf(kind);
	const text = operator.formula(String(x), x < 0 ? `(${x})` : String(x), own);
	const code = text
		.replaceAll('−', '-')
		.replaceAll('×', '*')
		.replaceAll('½', '0.5')
		.replaceAll('√2', 'Math.SQRT2')
		.replaceAll(/\|([^|]+)\|/g, 'abs($1)')
		.replaceAll(/\b(?!erf)[a-z]+(?=\()/g, 'Math.$&');

	return new Function('erf', `return ${code}`)(erf) as number;
}

describe.each(computedKinds)('%s', (kind) => {
	const operator = operatorOf(kind);
	const { traits } = operator;

	it('goes by its own name', () => {
		expect(operator.kind).toBe(kind);
	});

	it(`uses channels as it says: ${traits.channels}`, () => {
		const cases = sampleOf(kind);
		expect(channelUse(cases), `seed ${seed}`).toBe(traits.channels);
	});

	it('works value by value if, whatever the case, every value is computed from that in its place alone', () => {
		const cases = sampleOf(kind);
		const inPlace = cases.filter((c) => isValueByValue(operator, c.g));
		expect(inPlace.every(readsItsPlace), `seed ${seed}`).toBe(true);
		if (cases.every(readsItsPlace)) expect(inPlace, `seed ${seed}`).toHaveLength(cases.length);
	});

	it(`puts its terms together as it says: ${traits.form}`, () => {
		expect(isActivation(kind)).toBe(traits.form === 'function');
		fc.assert(
			fc.property(casesOf(kind), fc.nat(), (c, pick) => {
				const n = pick % operator.stepCount(c.g, 'value');
				const step = operator.step(n, 'value', c.inputs, c.weights, c.g);
				expect(step.writes).toBeCloseTo(workedOut(c, step), 12);
			})
		);
	});

	it('has a kernel if it is a convolution or a dense layer', () => {
		const cases = sampleOf(kind);
		expect(hasKernel(kind)).toBe(['convolution', 'transposed', 'dense'].includes(traits.role));
		for (const c of cases) {
			const names = operator.weights(c.g).map(({ name }) => name);
			expect(names.includes('kernel')).toBe(hasKernel(kind));
		}
	});

	it('costs what its weights, tensors and multiplications come to', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const specs = operator.weights(c.g);
				const { params, macs, bytesRead, bytesWritten } = operator.cost(c.g);
				for (const role of ['weight', 'bias', 'bnTrainable', 'bnStatistics'] as const) {
					const ofRole = specs.filter((spec) => spec.role === role);
					expect(params[role]).toBe(ofRole.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
				}
				const bytes = (shapes: readonly (readonly number[])[]) =>
					shapes.reduce((sum, shape) => sum + 4 * sizeOf(shape), 0);
				expect(bytesRead).toBe(bytes([...c.g.inputs, ...specs.map(({ shape }) => shape)]));
				expect(bytesWritten).toBe(bytes(c.g.outputs));
				if (!hasKernel(kind)) expect(macs).toBe(0);
			})
		);
	});

	it('has its options in a graph’s text and finds them there again, each of them', () => {
		const cases = sampleOf(kind);
		const known = Object.keys(operator.fields).sort();
		expect([...new Set(cases.flatMap(({ options }) => Object.keys(options)))].sort(), `seed ${seed}`).toEqual(
			known
		);
		for (const c of cases) {
			const inputs = c.g.inputs.map((shape, i) => ({ id: `input${i}`, shape }));
			const node = { id: 'node', op: kind, options: c.options, inputs: inputs.map(({ id }) => id) };
			const graph = { name: kind, inputs, nodes: [node as unknown as GraphNode], output: 'node', blocks: [] };
			expect(parseGraph(formatGraph(graph))).toEqual(graph);
		}
	});
});

describe.each(Object.keys(activations) as ActivationKind[])('the activation %s', (kind) => {
	const operator = activationOf(kind);
	const g = operator.geometry([[1, 1, 1]], {});

	it('has a label that fits where there is little room', () => {
		expect(operator.label.length).toBeLessThanOrEqual(8);
	});

	it('has programs that call what takes a value', () => {
		expect(operator.keras(g)).toMatch(/^\w+\(.*\)$/);
		expect(operator.pytorch('x', g)).toMatch(/^(F\.\w+)?\(x.*\)$/);
	});

	it('has a formula that is right beyond its bends', () => {
		for (const x of [-20, -4, -3, -1.5, -0, 0.5, 3, 5.5, 6, 7, 20]) {
			const [y] = operator.run([{ shape: [1, 1, 1], data: Float64Array.of(x) }], {}, g);
			expect(y!.data[0]).toBeCloseTo(valueOf(kind, x, g), 12);
		}
	});
});
