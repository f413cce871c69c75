import { describe, expect, it, vi } from 'vitest';
import { mergeSearch } from '$lib/viz/address/codec';
import type { LessonFigure } from '$lib/viz/lessonFigure';
import { lessonOf, slugs } from '../../../../src/routes/[lang=lang]/(site)/learn/lessons';
import { Trail } from '../../../../src/routes/[lang=lang]/(site)/learn/trail';

// Its navigation is the page's; here only what it shows counts.
vi.mock('../../../../src/routes/[lang=lang]/(site)/train/TrainingView.svelte', () => ({ default: {} }));

const phrases = ['?task=together', '?b=1', null, '?task=space', '?depth=1'];

/** A figure as most are: a phrase sets what it names. */
function figureAt(search = '') {
	let now = search;
	const set = (phrase: string) => void (now = mergeSearch(now, phrase));
	const keep = () => {
		const before = now;
		return () => void (now = before);
	};
	const trail = new Trail({ set, keep });
	return { now: () => Object.fromEntries(new URLSearchParams(now)), set, trail };
}

describe('Trail', () => {
	it('takes back what a phrase has set when the reader goes back before it', () => {
		const { trail, now } = figureAt('?ways=group');
		const seen = [0, 1, 3, 4, 3, 1, 0, -1, 0].map((to) => {
			trail.go(to, phrases, true);
			return now();
		});
		const start = { ways: 'group' };
		const [first, second] = [
			{ ...start, task: 'together' },
			{ ...start, task: 'together', b: '1' }
		];
		const third = { ...second, task: 'space' };
		expect(seen).toEqual([
			first,
			second,
			third,
			{ ...third, depth: '1' },
			third,
			second,
			first,
			start,
			first
		]);
	});

	it('shows the same however fast the text was scrolled', () => {
		const { trail, now } = figureAt();
		trail.go(4, phrases, true);
		expect(now()).toEqual({ task: 'space', b: '1', depth: '1' });
		trail.go(1, phrases, true);
		expect(now()).toEqual({ task: 'together', b: '1' });
		trail.go(-1, phrases, true);
		expect(now()).toEqual({});
	});

	it('shows of a choice what it names, and takes that back, too', () => {
		const { trail, now } = figureAt();
		trail.go(0, phrases, true);
		trail.go(4, phrases, false);
		expect(now()).toEqual({ task: 'together', depth: '1' });
		trail.go(1, phrases, true);
		expect(now()).toEqual({ task: 'together', b: '1' });
		trail.go(1, phrases, false);
		trail.go(0, phrases, false);
		expect(now()).toEqual({ task: 'together' });
	});

	it('leaves what the reader has set', () => {
		const { trail, now, set } = figureAt();
		trail.go(1, phrases, true);
		set('?rate=3&b=2');
		trail.forget();
		trail.go(1, phrases, false);
		expect(now()).toEqual({ task: 'together', rate: '3', b: '1' });
		trail.go(-1, phrases, true);
		expect(now()).toEqual({ task: 'together', rate: '3', b: '2' });
	});

	it('sets anew what a phrase names since it names something else', () => {
		const { trail, now } = figureAt();
		trail.go(0, ['?a=1'], true);
		trail.go(0, ['?a=2'], false);
		expect(now()).toEqual({ a: '2' });
		trail.go(-1, ['?a=2'], true);
		expect(now()).toEqual({});
	});
});

// What figures ask of a window: one that nothing is to move in.
const media = { matches: true, ...listening() };
vi.stubGlobal('matchMedia', () => media);
vi.stubGlobal('window', { devicePixelRatio: 1, matchMedia: () => media, ...listening() });

function listening() {
	return { addEventListener: () => undefined, removeEventListener: () => undefined };
}

const files = import.meta.glob<LessonFigure>(['/src/**/*.figure.ts'], { import: 'default' });
const loadOf = (id: string) => Object.entries(files).find(([path]) => path.endsWith(`/${id}.figure.ts`))![1];

/** All that can be read of a figure's state, without what draws it. */
function standing(props: Record<string, unknown>): string {
	const read = (value: unknown, depth: number): unknown => {
		if (value === null || typeof value !== 'object') return typeof value === 'function' ? undefined : value;
		const of = value as Record<string, unknown>;
		if ('search' in of) return [of['search'], 'step' in of && of['step']];
		if ('spec' in of) return of['spec'];
		if ('step' in of) return of['step'];
		return depth === 0
			? undefined
			: Object.fromEntries(Object.keys(of).map((name) => [name, read(of[name], depth - 1)]));
	};
	return JSON.stringify(read(props, 3));
}

/** Figures that fetch what they show; what phrases set in them is in knobs, or in an address, as in others. */
const fetching = ['answer', 'channelIntegers', 'compare', 'techniques'];

/** What the phrases of some text name, in its order. */
const namedIn = (html: string) =>
	Array.from(html.matchAll(/<a [^>]*data-figure=[^>]*>/g), ([link]) =>
		/data-state="([^"]*)"/.exec(link)![1]!.replaceAll('&amp;', '&')
	);

const placed = slugs('en').flatMap((slug) =>
	lessonOf('en', slug)!.lesson.passages.flatMap(({ figure, parts }) => {
		const html = parts.map((part) => ('html' in part ? part.html : part.reveal)).join('');
		const named = namedIn(html);
		if (!figure || named.length === 0 || fetching.includes(figure.id)) return [];
		return [{ at: `${slug}#${figure.name}`, figure, named }];
	})
);

it('looks at the figures of all chapters', () => {
	expect(new Set(placed.map(({ figure }) => figure.id)).size).toBeGreaterThan(15);
});

/** Whether a figure's phrases have set anything: some name what it shows at first. */
const moved: boolean[] = [];

it.each(placed)('$at stands as at first once its phrases are taken back', async ({ figure, named }) => {
	const { open } = await loadOf(figure.id)();
	const opened = await open(figure.search, figure.of);
	const trail = new Trail(opened);
	const before = standing(opened.props);
	const there = named.map((_, to) => {
		trail.go(to, named, true);
		return standing(opened.props);
	});
	moved.push(there.some((now) => now !== before));
	const back = named.map((_, i) => {
		trail.go(named.length - 1 - i, named, true);
		return standing(opened.props);
	});
	expect(back.reverse()).toEqual(there);
	trail.go(-1, named, true);
	expect(standing(opened.props)).toBe(before);
});

it('has seen phrases set most of them', () => {
	expect(moved.filter(Boolean).length).toBeGreaterThan(0.6 * placed.length);
});

it.each([
	['convolutionComparison', '?x=time'],
	['latency', '?network=xception']
])('leads from %s to its own page as it stands', async (id, phrase) => {
	const opened = await (await loadOf(id)()).open('', '');
	const before = opened.page;
	opened.set(phrase);
	expect(before).not.toContain(phrase);
	expect(opened.page).toContain(phrase);
});
