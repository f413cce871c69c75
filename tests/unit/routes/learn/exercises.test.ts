import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { locales } from '../../../../src/lib/i18n/languages';
import { filled, filledAddress } from '../../../../src/lib/lessons/compiler/problem';
import {
	firstSeed,
	lastSeed,
	type Exercise,
	type NumberQuestion,
	type Problem
} from '../../../../src/lib/lessons/compiler/lesson';
import { benchCodec } from '../../../../src/lib/viz/figures/bench/address';
import { fireKnobs } from '../../../../src/lib/viz/figures/fire/knobs';
import { knobsCodec } from '../../../../src/lib/viz/address/knobs';
import { isBenchOp } from '../../../../src/lib/viz/figures/bench/spec';
import { fits, judge } from '../../../../src/routes/[lang=lang]/(site)/learn/entry';
import { lessonOf, slugs } from '../../../../src/routes/[lang=lang]/(site)/learn/lessons';
import { otherSeed, randomSeed } from '../../../../src/routes/[lang=lang]/(site)/learn/otherSeed';

const files = import.meta.glob<Readonly<Record<string, Exercise>>>('/src/routes/**/learn/exercises/*.ts', {
	eager: true,
	import: 'default'
});
const exercises = Object.entries(files).flatMap(([path, of]) => {
	const slug = /([\w-]+)\.ts$/.exec(path)![1]!;
	return Object.entries(of).map(([name, exercise]) => ({ id: `${slug}/${name}`, exercise }));
});

const seeds = Array.from({ length: 300 }, (_, i) => i + 1);
const problems = new Map(exercises.map(({ id, exercise }) => [id, seeds.map((seed) => exercise.at(seed))]));

type Sizes = Readonly<Record<string, number>>;
const square = (n: number) => n * n;

/** What textbooks say, by hand: the exercises ask the operators. */
const textbook: Readonly<Record<string, (sizes: Sizes) => number>> = {
	'convolution/planes': ({ kernel, channels }) => square(kernel!) * channels!,
	'convolution/params': ({ kernel, channels, filters }) => (square(kernel!) * channels! + 1) * filters!,
	'convolution/strided': ({ side, kernel, stride, padding }) =>
		Math.floor((side! + 2 * padding! - kernel!) / stride!) + 1,
	'convolution/macs': ({ side, kernel, channels, filters }) =>
		square(side! - kernel! + 1) * square(kernel!) * channels! * filters!,
	'convolution/one-by-one': ({ side, channels, filters }) => square(side!) * channels! * filters!,
	'convolution/rectified': ({ a, b, c, d }) =>
		[a!, b!, c!, d!].reduce((sum, value) => sum + Math.max(0, value), 0) / 4,
	'convolution/normed': ({ value, mean, deviation, gamma, beta }) =>
		(gamma! * (value! - mean!)) / deviation! + beta!,
	'convolution/pooled': ({ side, times }) => side! / 2 ** times!,
	'convolution/softened': ({ a, b, c }) => (100 * a!) / (a! + b! + c!),
	'convolution/erring': ({ pictures, first, more }) => 100 * (1 - (first! + more!) / pictures!),
	'convolution/field-of-three': ({ k1, s1, k2, s2, k3 }) => k1! + (k2! - 1) * s1! + (k3! - 1) * s1! * s2!,
	'why-light/size': ({ side, channels, neurons, bits }) => (square(side!) * channels! * neurons! * bits!) / 8,
	'squeezenet/shape': ({ e1, e3 }) => e1! + e3!,
	'squeezenet/fire-params': ({ inChannels, s1, e1, e3 }) =>
		s1! * (inChannels! + 1) + e1! * (s1! + 1) + e3! * (9 * s1! + 1),
	'squeezenet/squeeze-saves': ({ inChannels, s1 }) => inChannels! / s1!,
	'mobilenet/saving-of-sixty-four': ({ kernel, filters }) => 1 / (1 / filters! + 1 / square(kernel!)),
	'mobilenet/depthwise-weights': ({ kernel, channels }) => square(kernel!) * channels!,
	'mobilenet/separable-macs': ({ side, channels, filters }) => square(side!) * channels! * (9 + filters!),
	'shufflenet/six-groups': ({ channels, groups }) => square(channels! / groups!),
	'shufflenet/group-macs': ({ side, channels, filters, groups }) =>
		(square(side!) * channels! * filters!) / groups!,
	'shufflenet/shuffle-to': ({ channels, groups, channel }) => {
		const rows = Array.from({ length: groups! }, (_, row) =>
			Array.from({ length: channels! / groups! }, (_, column) => row * (channels! / groups!) + column)
		);
		return rows[0]!.flatMap((_, column) => rows.map((row) => row[column]!)).indexOf(channel!);
	},
	'xception/segments': ({ segments, channels }) => (9 * square(channels!)) / segments!,
	'xception/seen': ({ kernel }) => square(kernel!),
	'side-by-side/code-of': ({ steps, low, value }) => steps! * (low! + value!),
	'side-by-side/flops-per-byte': ({ side, channels, filters }) =>
		(2 * square(side!) * channels! * filters!) /
		(4 * (square(side!) * (channels! + filters!) + channels! * filters!)),
	'side-by-side/share-of-peak': ({ side, balance }) =>
		(100 * 2 * 9 * square(side!)) / (4 * (2 * square(side!) + 9)) / balance!,
	'side-by-side/cut-and-mixed': ({ side, channels, groups }) =>
		square(side!) * channels! * ((2 * channels!) / groups! + 9),
	'make-your-own/two-groups': ({ channels, groups }) => channels! / groups!,
	'make-your-own/pointwise-instead': ({ groups }) => 1 + groups! / 2,
	'make-your-own/half-left-alone': ({ side, channels }) => square(side! * (channels! / 2))
};

it('every exercise has its textbook', () =>
	expect(Object.keys(textbook).sort()).toEqual(exercises.map(({ id }) => id).sort()));

describe.each(exercises)('exercise $id', ({ id, exercise }) => {
	const all = problems.get(id)!;

	it('the operators count what the textbook says', () => {
		for (const { values } of all) expect(values.answer).toBeCloseTo(textbook[id]!(values), 9);
	});

	it('no mistake is the answer or looks like another, and each turns up', () => {
		for (const { values, digits, mistakes } of all) {
			const typed = [values.answer!, ...mistakes.map(({ value }) => value)];
			typed.forEach((one, i) => {
				expect(one).toBeGreaterThan(0);
				for (const other of typed.slice(i + 1)) expect(fits(one, other, digits)).toBe(false);
			});
		}
		const met = new Set(all.flatMap(({ mistakes }) => mistakes.map(({ name }) => name)));
		expect([...met].sort()).toEqual(exercise.mistakes.toSorted());
		expect(Math.min(...all.map(({ mistakes }) => mistakes.length))).toBeGreaterThan(0);
	});

	it('its numbers are whole, and small enough for a head or a sheet of paper', () => {
		for (const { values, digits } of all) {
			for (const [name, value] of Object.entries(values))
				if (name !== 'answer' || digits === 0) expect(Number.isInteger(value)).toBe(true);
			expect(values.answer).toBeLessThanOrEqual(100_000);
		}
	});

	it('what is typed is judged by what it is', () => {
		for (const problem of all.slice(0, 40)) {
			const typed = (n: number) => n.toFixed(problem.digits === 0 ? 0 : 3);
			expect(judge(typed(problem.values.answer!), problem)).toEqual({ kind: 'right' });
			for (const { name, value } of problem.mistakes)
				expect(judge(typed(value), problem)).toEqual({ kind: 'mistake', name });
		}
	});

	it('another one has other sizes, from wherever the search begins', () => {
		for (const from of [1, 7, 9999]) {
			const other = otherSeed(exercise, 7, from);
			expect(exercise.at(other).values).not.toEqual(exercise.at(7).values);
			expect(exercise.at(other)).toEqual(exercise.at(other));
		}
		expect(new Set(all.map(({ values }) => JSON.stringify(values))).size).toBeGreaterThan(5);
	});
});

it('a seed by chance is one that may be asked for, and never the one of now', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: firstSeed, max: lastSeed }),
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			(seed, chance) => {
				vi.spyOn(Math, 'random').mockReturnValue(chance);
				const other = randomSeed(seed);
				expect(other).not.toBe(seed);
				expect(Number.isInteger(other) && other >= firstSeed && other <= lastSeed).toBe(true);
			}
		)
	);
	vi.restoreAllMocks();
});

/** The texts of a question, as one reads them. */
const readable = (html: string, problem: Problem) =>
	filled(html, problem, (n, name) => (name === 'answer' ? n.toFixed(problem.digits) : String(n))).replace(
		/<[^>]+>/g,
		''
	);

/** What stands on both sides of each equals sign. */
function equations(text: string): readonly (readonly [string, string])[] {
	return [...text.matchAll(/((?:[\d(][\d.() ]*[·+−/] ?)+[\d.()]+) = ([\d.]*\d)/g)].map(([, left, right]) => [
		left!,
		right!
	]);
}

/** The value of such a side: sums of products, in brackets or not. */
function valueOf(expression: string): number {
	const tokens = expression.match(/[\d.]+|[()·+−/]/g)!;
	let i = 0;
	const factor = (): number => {
		if (tokens[i] !== '(') return Number(tokens[i++]);
		i++;
		const inside = sum();
		i++;
		return inside;
	};
	const product = (): number => {
		let value = factor();
		while (tokens[i] === '·' || tokens[i] === '/')
			value = tokens[i++] === '·' ? value * factor() : value / factor();
		return value;
	};
	const sum = (): number => {
		let value = product();
		while (tokens[i] === '+' || tokens[i] === '−')
			value = tokens[i++] === '+' ? value + product() : value - product();
		return value;
	};
	const value = sum();
	expect(i).toBe(tokens.length);
	return value;
}

describe.each(locales.flatMap((language) => slugs(language).map((slug) => ({ language, slug }))))(
	'the worked answers of $slug in $language',
	({ language, slug }) => {
		const questions = lessonOf(language, slug)!.parts.filter(
			(part): part is NumberQuestion => part.kind === 'number'
		);

		it('are right with any sizes', () => {
			for (const { name, reveal } of questions) {
				for (const problem of problems.get(`${slug}/${name}`)!.slice(0, 30)) {
					for (const [left, right] of equations(readable(reveal, problem)))
						expect(`${left} = ${valueOf(left)}`).toBe(`${left} = ${right}`);
				}
			}
		});

		it('set the figure beside them to these very sizes', () => {
			const figures = lessonOf(language, slug)!.parts.filter((part) => part.kind === 'figure');
			for (const { name, reveal } of questions) {
				const phrases = reveal.matchAll(/data-figure="([\w-]+)" data-state="([^"]*%7B[^"]*)"/g);
				for (const [, figure, search] of phrases) {
					const { id, of } = figures.find((part) => part.name === figure)!;
					const codec = id === 'bench' && isBenchOp(of) ? benchCodec(of) : knobsCodec(fireKnobs);
					expect(['bench', 'fire']).toContain(id);
					for (const { values } of problems.get(`${slug}/${name}`)!.slice(0, 30)) {
						const address = filledAddress(search!.replaceAll('&amp;', '&'), values);
						expect(codec.parse(address).ignored).toEqual([]);
					}
				}
			}
		});

		it('lead to a bench with these very sizes', () => {
			for (const { name, reveal } of questions) {
				const links = [...reveal.matchAll(/href="site:\/ops\/(\w+)(\?[^"]*%7B[^"]*)"/g)];
				for (const [, op, search] of links) {
					if (!isBenchOp(op!)) throw new Error(`no operation ${op!}`);
					for (const { values } of problems.get(`${slug}/${name}`)!.slice(0, 30)) {
						const address = filledAddress(search!.replaceAll('&amp;', '&'), values);
						expect(benchCodec(op).parse(address).ignored).toEqual([]);
					}
				}
			}
		});
	}
);

it('finds the sums that it holds against the textbook', () => {
	expect(equations('In all 3 · (4 + 1) = 15, or 7 − 2 = 5 rows.')).toEqual([
		['3 · (4 + 1)', '15'],
		['7 − 2', '5']
	]);
	expect(valueOf('2 · (3 + 4) − 8 / 2')).toBe(10);
	const found = locales.map((language) =>
		slugs(language).flatMap((slug) =>
			lessonOf(language, slug)!.parts.flatMap((part) =>
				part.kind === 'number' ? equations(readable(part.reveal, part.first)) : []
			)
		)
	);
	expect(found[0]!.length).toBeGreaterThan(20);
	expect(found.map(({ length }) => length)).toEqual(found.map(() => found[0]!.length));
});
