import { describe, expect, it } from 'vitest';
import { presets } from '$lib/nets/blocks';
import { netOf, Session, shownCount, shownPictures, type Plan } from '$lib/training/session';
import { strandsOf } from '$lib/training/strands';
import { ways, type Way } from '$lib/training/ways';

const plan: Plan = {
	task: { id: 'together', channels: 4, a: 0, b: 2, noise: 0.3 },
	backbone: { channels: 4, width: 8, depth: 2, groups: 2, norm: true },
	recipe: { rate: 0.1, momentum: 0.9, batch: 16, init: 'he', seed: 1 },
	ways,
	own: null
};

/** What each strand has seen, column by column. */
const seenIn = (way: Way) => {
	const { strands, columns } = strandsOf(netOf(plan, way));
	return Array.from({ length: columns }, (_, column) =>
		strands.filter((of) => of.column === column).map(({ seen }) => seen.join(''))
	);
};

describe('new Session(plan, from)', () => {
	it('goes on from where another stands, to the bit, with a lane that has failed standing still', () => {
		for (const recipe of [plan.recipe, { ...plan.recipe, batch: 4, rate: 30, init: 'he' as const }]) {
			const of = { ...plan, recipe, backbone: { ...plan.backbone, depth: 1, norm: recipe.rate < 1 } };
			const first = new Session(of);
			for (let step = 0; step < 8; step++) first.advance();
			const second = new Session(of, first.standing);
			expect(first.standing.lanes.some(({ hasFailed }) => hasFailed)).toBe(recipe.rate === 30);
			expect(second.step).toBe(8);
			for (let step = 0; step < 3; step++) expect(second.advance()).toEqual(first.advance());
			expect(second.pulls()).toEqual(first.pulls());
			expect(second.look('group', 2)).toEqual(first.look('group', 2));
		}
	});

	it('takes no standing of something else', () => {
		const wide = new Session({ ...plan, backbone: { ...plan.backbone, width: 16 } });
		expect(() => new Session(plan, wide.standing)).toThrow(RangeError);
	});
});

describe('strandsOf(net)', () => {
	it('draws channels that have seen the same as one', () => {
		const apart = ['0', '1', '2', '3'];
		expect(seenIn('standard')).toEqual([apart, ['0123'], ['0123'], ['0123']]);
		expect(seenIn('depthwise')).toEqual([apart, apart, apart, ['0123']]);
		expect(seenIn('group')).toEqual([apart, ['01', '23'], ['01', '23'], ['0123']]);
		expect(seenIn('groupShuffle')).toEqual([apart, ['01', '23'], ['0123'], ['0123']]);
	});

	it('links what is read to what is made of it', () => {
		const { strands, links } = strandsOf(netOf(plan, 'group'));
		const texts = links.map(
			({ from, to }) => `${strands[from]!.seen.join('')}>${strands[to]!.seen.join('')}`
		);
		expect(texts).toEqual(['0>01', '1>01', '2>23', '3>23', '01>01', '23>23', '01>0123', '23>0123']);
	});
});

describe('session.pulls()', () => {
	it('is how far the weights of a link have come, nowhere before the first step', () => {
		const session = new Session(plan);
		expect(
			session
				.pulls()
				.flat()
				.every(({ way, gradient }) => way === 0 && gradient === 0)
		).toBe(true);
		session.advance();
		session.lanes.forEach((_, i) =>
			expect(session.pulls()[i]!.every(({ way, gradient }) => way > 0 && gradient > 0)).toBe(true)
		);
	});

	it('is far where something is learned, and little in the same steps where there is nothing to learn', () => {
		const { recipe } = plan;
		const session = new Session({
			...plan,
			task: { ...plan.task, channels: 2, b: 1 },
			backbone: { ...plan.backbone, channels: 2 },
			recipe: { ...recipe, batch: 32, rate: 0.3 },
			ways: ['standard', 'depthwise']
		});
		for (let step = 0; step < 30; step++) session.advance();
		const [learns, cannot] = session.pulls().map((of) => of.map(({ way }) => way)) as [number[], number[]];
		expect(Math.min(...learns)).toBeGreaterThan(2 * Math.max(...cannot.slice(0, 4)));
	});

	it('is nothing where all weights are zero', () => {
		const session = new Session({ ...plan, recipe: { ...plan.recipe, init: 'zero' } });
		session.advance();
		expect(session.pulls()[0]!.every(({ way, gradient }) => way === 0 && gradient === 0)).toBe(true);
	});

	it('has the gradient of the last step, which a first step without momentum goes by', () => {
		const { recipe } = plan;
		const session = new Session({ ...plan, recipe: { ...recipe, rate: 0.3, momentum: 0 } });
		session.advance();
		for (const { way, gradient } of session.pulls().flat()) expect(way).toBeCloseTo(0.3 * gradient, 12);
	});

	it('pulls on without end at who cannot learn, and hardly at who has learned', () => {
		const { recipe } = plan;
		const session = new Session({
			...plan,
			task: { ...plan.task, channels: 2, b: 1 },
			backbone: { ...plan.backbone, channels: 2 },
			recipe: { ...recipe, batch: 32, rate: 0.3 },
			ways: ['standard', 'depthwise']
		});
		for (let step = 0; step < 80; step++) session.advance();
		const [learned, cannot] = session.pulls().map((of) => of.at(-1)!.gradient);
		expect(cannot!).toBeGreaterThan(3 * learned!);
	});
});

describe('session.look(lane, picture)', () => {
	it('gives the maps of a picture and an output for each that is kept, and changes nothing', () => {
		const looked = new Session(plan);
		const other = new Session(plan);
		looked.advance();
		other.advance();
		const look = looked.look('standard', 3);
		expect(look.maps.map(({ shape }) => shape)).toEqual([
			[10, 10, 8],
			[8, 8, 8]
		]);
		expect(look.filters.shape).toEqual([3, 3, 4, 8]);
		expect(look.outputs).toHaveLength(shownCount);
		expect(looked.advance()).toEqual(other.advance());
	});

	it('is right about nearly all pictures once the lane has learned', () => {
		const task = { ...plan.task, id: 'space' } as const;
		const session = new Session({ ...plan, task, recipe: { ...plan.recipe, batch: 32 } });
		for (let i = 0; i < 40; i++) session.advance();
		const { labels } = shownPictures({ ...plan, task });
		const { outputs } = session.look('standard', 0);
		const right = outputs.filter((output, i) => output > 0 === (labels[i] === 1));
		expect(right.length).toBeGreaterThanOrEqual(shownCount - 1);
	});
});

describe('session.advance()', () => {
	it('lets a lane whose loss is no number stand still, and the others go on', () => {
		const wild = { ...plan.recipe, rate: 1e6, init: 'he' } as const;
		const session = new Session({ ...plan, backbone: { ...plan.backbone, norm: false }, recipe: wild });
		let last = session.advance();
		for (let i = 0; i < 10; i++) last = session.advance();
		expect(last).toContain(null);
		expect(session.step).toBe(11);
	});

	it('has taken a step once each lane has had its turn', () => {
		const session = new Session(plan);
		const turns = ways.map(() => [session.next().lane, session.step]);
		expect(turns).toEqual(ways.map((_, lane) => [lane, lane === ways.length - 1 ? 1 : 0]));
	});

	it('trains a block of the editor as one more lane', () => {
		const session = new Session({ ...plan, own: presets['separable'].spec });
		expect(session.lanes).toEqual([...ways, 'own']);
		expect(session.advance().every((step) => step !== null)).toBe(true);
	});
});
