import { readdirSync, readFileSync } from 'node:fs';
import {
	converter,
	differenceEuclidean,
	filterDeficiencyDeuter,
	filterDeficiencyProt,
	filterDeficiencyTrit,
	wcagContrast
} from 'culori';
import { describe, expect, it } from 'vitest';
import { kindMarks, backgroundOf } from '$lib/viz/kinds/marks';
import { isStrongStep, valueSteps } from '$lib/viz/tensor/values';
import { readColour } from '$lib/viz/tensor/channelColour';
import { palette, themes } from './palette';

const lab = converter('oklab');
const lch = converter('oklch');
const rgb = converter('rgb');
const apart = differenceEuclidean('oklab');

/** Eyes without cones of one kind: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, IEEE TVCG 15 (2009), at full severity. */
const eyes = {
	all: (color: string) => rgb(color)!,
	protanopia: (color: string) => filterDeficiencyProt(1)(rgb(color)!),
	deuteranopia: (color: string) => filterDeficiencyDeuter(1)(rgb(color)!),
	tritanopia: (color: string) => filterDeficiencyTrit(1)(rgb(color)!)
};

/** Pairs of a list, each once. */
const pairs = <T>(list: readonly T[]) => list.flatMap((a, i) => list.slice(0, i).map((b) => [b, a] as const));
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Tokens that may have a hue: channels, networks, what can be touched, what went wrong; and the sign of maps, hardly any. */
const hued = /^(ch-\d|many-(first|last)|net-\w+|accent.*|focus|warn.*|error|map-(negative|positive))$/;

describe.each(themes)('the %s palette', (theme) => {
	const token = (name: string) => {
		const value = palette[theme][name];
		if (value === undefined) throw new Error(`there is no token ${name}`);
		return value;
	};
	const channels = range(8).map((i) => token(`ch-${i}`));
	const values = range(valueSteps + 1).map((i) => token(`value-${i}`));
	const tones = range(4).map((i) => token(`tone-${i + 1}`));
	const grounds = ['paper', 'figure', 'raised'].map(token);
	const contrast = (a: string, b: string) => wcagContrast(a, b);
	const lightness = (color: string) => lab(color)!.l;

	it.each(Object.entries(eyes))('tells eight channels apart, for %s', (_, seen) => {
		for (const [a, b] of pairs(channels)) expect(apart(seen(a), seen(b)), `${a} ${b}`).toBeGreaterThan(0.11);
	});

	it('gives channels more colour than anything that is not somebody, and networks colours of their own', () => {
		for (const color of channels) expect(lch(color)!.c, color).toBeGreaterThanOrEqual(0.075);
		for (const [name, color] of Object.entries(palette[theme])) {
			if (!hued.test(name)) expect(lch(color)!.c, name).toBeLessThan(0.025);
		}
		for (const name of ['map-negative', 'map-positive'])
			expect(lch(token(name))!.c).toBeLessThanOrEqual(0.05);
		const nets = ['squeezenet', 'mobilenet', 'shufflenet', 'xception'].map((name) => token(`net-${name}`));
		for (const [a, b] of pairs(nets)) expect(apart(a, b), `${a} ${b}`).toBeGreaterThan(0.12);
	});

	it('has values that go evenly from the figure’s paper towards ink', () => {
		const towards = Math.sign(lightness(token('ink')) - lightness(token('figure')));
		const steps = values.slice(1).map((color, i) => towards * (lightness(color) - lightness(values[i]!)));
		for (const step of steps) expect(step).toBeGreaterThan(0.035);
		expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(0.005);
		expect(Math.abs(lightness(values[0]!) - lightness(token('figure')))).toBeLessThan(0.03);
	});

	it('writes on every value, tone by tone, what can be read', () => {
		for (const [step, color] of values.entries()) {
			const ink = token(isStrongStep(step) ? 'on-strong-value' : 'on-value');
			expect(contrast(ink, color), `step ${step}`).toBeGreaterThanOrEqual(4.5);
		}
	});

	it('has outlines that are seen on every value: each in a casing of paper, and that of ink by itself too', () => {
		for (const name of ['ink', 'accent'])
			expect(contrast(token(name), token('figure')), name).toBeGreaterThanOrEqual(4.5);
		const [line, casing] = [token('ink'), token('figure')];
		for (const color of values)
			expect(Math.max(contrast(line, color), contrast(casing, color)), color).toBeGreaterThanOrEqual(4);
	});

	it('has words that can be read on what they stand on', () => {
		for (const name of ['ink', 'ink-2', 'ink-3', 'accent', 'warn', 'error'])
			for (const ground of grounds) expect(contrast(token(name), ground), name).toBeGreaterThanOrEqual(4.5);
		for (const [text, ground] of [
			['accent-ink', 'accent'],
			['accent', 'accent-soft'],
			['ink', 'accent-soft'],
			['ink', 'warn-soft']
		])
			expect(contrast(token(text!), token(ground!)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
	});

	it('tells the sign of a map without numbers by warmth alone', () => {
		const [zero, negative, positive] = ['zero', 'negative', 'positive'].map((name) =>
			lab(token(`map-${name}`))!
		);
		expect(negative!.b).toBeLessThan(-0.025);
		expect(positive!.b).toBeGreaterThan(0.025);
		expect(Math.abs(negative!.l - positive!.l)).toBeLessThan(0.02);
		expect(Math.abs(zero!.l - positive!.l)).toBeGreaterThan(0.6);
	});

	it('has tones that stand apart', () => {
		for (const [i, tone] of tones.entries())
			if (i > 0) expect(Math.abs(lightness(tone) - lightness(tones[i - 1]!))).toBeGreaterThan(0.13);
		expect(contrast(tones[3]!, tones[0]!)).toBeGreaterThanOrEqual(4.5);
	});
});

it('every token has a colour for light and one for dark, but for shades and what lies on pictures', () => {
	const same = Object.keys(palette.light).filter((name) => palette.light[name] === palette.dark[name]);
	expect(same).toEqual(['shade', 'shadow', 'on-picture']);
});

it('kinds of layers that are met in one network are told apart', () => {
	const marks = Object.entries(kindMarks).filter(
		([kind]) => !['norm', 'activation', 'dropout'].includes(kind)
	);
	expect(new Set(marks.map(([, mark]) => backgroundOf(mark))).size).toBe(marks.length);
	expect(marks.length).toBeGreaterThan(8);
});

describe('readColour', () => {
	it('is the hue of one, the greyed mean of some, and grey for all', () => {
		expect(readColour([3], 4)).toBe('var(--ch-3)');
		expect(readColour([0], 1)).toBe('var(--ch-0)');
		expect(readColour([0, 1], 4)).toBe(
			'color-mix(in oklab, color-mix(in oklab, var(--ch-0), var(--ch-1) 50%), var(--many-grey) 26.8%)'
		);
		expect(readColour([0, 1, 2], 3)).toBe('var(--many-grey)');
	});
	it('lies on the ramp where there are more channels than hues', () => {
		expect(readColour([0], 9)).toContain('var(--many-first), var(--many-last) 0%');
		expect(readColour([8], 9)).toContain('var(--many-first), var(--many-last) 100%');
		expect(readColour([0, 8], 9)).toContain('50%');
		expect(readColour([], 9)).toBe('var(--many-grey)');
	});
});

describe('what is written', () => {
	const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
		.map((file) => file.replaceAll('\\', '/'))
		.filter((file) => /\.(svelte|css|ts)$/.test(file) && file !== 'tokens.css')
		.map((file) => ({ file, text: readFileSync(`src/${file}`, 'utf8') }));
	/** Without comments, which may name a colour. */
	const plain = (text: string) => text.replace(/\/\*.*?\*\/|<!--.*?-->|^\s*\/\/[^\n]*$/gms, '');
	const using = (pattern: RegExp) =>
		files.filter(({ text }) => pattern.test(plain(text))).map(({ file }) => file);

	it('has colours in tokens.css only', () => {
		expect(files.length).toBeGreaterThan(500);
		const literal =
			/(?<![\w&/(])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?!['"]?>)|\b(?:rgb|hsl|oklch|oklab|lab|lch)a?\([\d.]/i;
		expect(using(literal)).toEqual([
			// What SVG means where it says nothing, and white paper.
			'lib/viz/export/styles.ts',
			'lib/viz/export/svg.ts',
			// The colours that a reader draws with.
			'routes/[lang=lang]/(site)/playground/picture/Drawing.svelte'
		]);
	});

	it('names the hues of channels, and the ramp, where they are chosen only', () => {
		expect(using(/--ch-(\d|\{|\$)/)).toEqual(['lib/viz/tensor/channelColour.ts']);
		expect(using(/--many-(first|last)/)).toEqual(['lib/viz/tensor/tint.ts']);
	});

	it('names the hues of networks on charts, in lists and on pages of networks only', () => {
		const places = /^(lib\/viz\/figures\/(compare|network|blocks)\/|routes\/)/;
		expect(using(/--net-/).filter((file) => !places.test(file))).toEqual([]);
	});

	it('washes nothing that is drawn', () => {
		const drawn = new Set(using(/<svg|<canvas|^\s*<(path|rect|circle|g|text)\b/m));
		expect(using(/--accent-soft/).filter((file) => drawn.has(file))).toEqual([]);
	});

	it('sets text by offsets, not by baselines, which programs read differently', () => {
		expect(using(/(dominant|alignment)-baseline/)).toEqual([]);
	});
});
