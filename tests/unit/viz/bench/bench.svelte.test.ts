import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bench, finishedBefore } from '$lib/viz/figures/bench/bench.svelte';
import { benchCodec } from '$lib/viz/figures/bench/address';
import { Player } from '$lib/viz/ui/player.svelte';
import { benchOps, defaults, type BenchOp } from '$lib/viz/figures/bench/spec';

const benchAt = (op: BenchOp, search = '') => new Bench(benchCodec(op).parse(search).value);

afterEach(() => void vi.useRealTimers());

describe('Bench', () => {
	it('stands at the step and granularity of an address, and writes them again', () => {
		const bench = benchAt('standard', '?in=4x4x1&f=2&k=2&s=2&grain=multiply&step=12');
		expect(bench.player.count).toBe(32);
		expect(bench.current).toMatchObject({ kind: 'arithmetic', stage: 0 });
		expect(benchCodec('standard').format(bench.spec)).toBe('?in=4x4x1&f=2&k=2&s=2&grain=multiply&step=12');
	});

	it.each(benchOps)('of %s goes through every step to its last', (op) => {
		const bench = benchAt(op);
		for (let step = 0; step < bench.player.count; step++) {
			bench.player.goTo(step);
			expect(bench.position.local).toBeGreaterThanOrEqual(0);
			if (bench.current.kind === 'arithmetic') expect(bench.whole?.output).toEqual(bench.current.step.output);
			else expect(bench.whole).toBeNull();
		}
		expect(bench.player.atEnd).toBe(true);
		expect(bench.position.stage).toBe(bench.stages.length - 1);
	});

	it('changes from values to multiplications at the same output, and back', () => {
		const bench = benchAt('standard', '?step=2');
		bench.setGranularity('multiply');
		expect([bench.player.step, bench.player.count]).toEqual([18, 486]);
		bench.player.seek(25);
		expect(bench.whole?.output).toMatchObject({ y: 0, x: 1, channel: 0 });
		bench.setGranularity('value');
		expect([bench.player.step, bench.player.count]).toEqual([1, 27]);
	});

	it('goes to the step that finishes an output, and to where a stage begins', () => {
		const bench = benchAt('separable');
		bench.goToStage(1);
		expect(bench.position).toMatchObject({ stage: 1, local: 0 });
		bench.setGranularity('multiply');
		bench.goToOutput(0, { tensor: 0, y: 1, x: 2, channel: 1 });
		const { stage, local } = bench.position;
		expect(bench.current).toMatchObject({ stage: 0, step: { output: { y: 1, x: 2, channel: 1 } } });
		expect(finishedBefore(bench.stages[stage]!, local, 'multiply')).toBe(
			bench.stages[0]!.stepOf({ tensor: 0, y: 1, x: 2, channel: 1 }, 'value')
		);
	});

	it('keeps what is drawn where a change does not fit, with what would, until it does', () => {
		const bench = benchAt('group');
		const before = bench.resolved;
		bench.update({ ...bench.wanted, groups: 3 }, 'groups');
		expect(bench.problems.length).toBeGreaterThan(0);
		expect(bench.wanted).toMatchObject({ groups: 3 });
		expect(bench.resolved).toBe(before);
		expect(bench.spec).toMatchObject({ groups: 2 });
		bench.update({ ...bench.wanted, groups: 4 }, 'groups');
		expect(bench.problems).toEqual([]);
		expect(bench.resolved).not.toBe(before);
	});

	it('shows the default of a page whose address does not fit', () => {
		const bench = new Bench({ ...defaults('group'), groups: 3 });
		expect(bench.problems.length).toBeGreaterThan(0);
		expect(bench.spec).toMatchObject({ op: 'group', groups: 2 });
	});

	it('undoes what a slider did in one go in one, and after a rest apart', () => {
		vi.useFakeTimers();
		const bench = benchAt('standard');
		const drag = (seed: number) => bench.update({ ...bench.wanted, seed }, 'seed');
		for (const seed of [2, 3, 4]) drag(seed);
		vi.advanceTimersByTime(801);
		drag(5);
		bench.undo();
		expect(bench.wanted.seed).toBe(4);
		bench.undo();
		expect([bench.wanted.seed, bench.canUndo]).toEqual([defaults('standard').seed, false]);
		bench.undo();
		bench.redo();
		bench.redo();
		expect([bench.wanted.seed, bench.canRedo]).toEqual([5, false]);
		bench.undo();
		drag(9);
		expect(bench.canRedo).toBe(false);
	});

	it('comes back to its default, which can be undone, and forgets the past of another address', () => {
		const bench = benchAt('standard', '?in=7x6x2&step=3');
		bench.reset();
		expect(bench.spec).toEqual(defaults('standard'));
		bench.undo();
		expect(bench.wanted).toMatchObject({ height: 7, width: 6, channels: 2 });
		bench.load(defaults('pooling'));
		expect([bench.canUndo, bench.canRedo, bench.player.step]).toEqual([false, false, 0]);
	});

	it('knows strides, and lets go of what is pointed at when the tensors change', () => {
		const bench = benchAt('standard', '?in=7x7x1&s=2');
		expect([bench.hasStride, benchAt('standard').hasStride]).toEqual([true, false]);
		const target = { kind: 'cell', tensor: 0, cell: { tensor: 0, y: 0, x: 0, channel: 0 } } as never;
		bench.point(target);
		expect(bench.pointed).toEqual(target);
		bench.update({ ...bench.wanted, seed: 3 }, 'seed');
		expect(bench.pointed).toBeNull();
	});
});

describe('Player', () => {
	let frames: (readonly [id: number, draw: FrameRequestCallback])[] = [];
	let asked = 0;
	let now = 0;
	/** Lets time pass, and draws one frame. */
	const frame = (milliseconds: number) => {
		now += milliseconds;
		for (const [, draw] of frames.splice(0)) draw(now);
	};
	beforeEach(() => {
		[frames, now] = [[], 0];
		vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => {
			frames.push([++asked, draw]);
			return asked;
		});
		vi.stubGlobal('cancelAnimationFrame', (id: number) => {
			frames = frames.filter(([other]) => other !== id);
		});
		vi.spyOn(performance, 'now').mockImplementation(() => now);
	});
	afterEach(() => {
		vi.unstubAllGlobals();
		vi.restoreAllMocks();
	});

	it('plays at its speed to the end, stops there, and plays again from the start', () => {
		const player = new Player(() => 4);
		player.speed = 2;
		player.play();
		frame(499);
		expect([player.step, player.playing]).toEqual([0, true]);
		frame(1);
		expect(player.step).toBe(1);
		frame(500);
		frame(500);
		expect([player.step, player.playing, player.atEnd]).toEqual([3, false, true]);
		expect(frames).toEqual([]);
		player.play();
		expect([player.step, player.playing]).toEqual([0, true]);
	});

	it('makes up for a slow frame, but not for a hidden page', () => {
		const player = new Player(() => 1000);
		player.speed = 64;
		player.play();
		frame(1000 / 64 + 50);
		expect(player.step).toBe(4);
		frame(60_000);
		expect(player.step).toBe(12);
	});

	it('stops where a hand takes over: a step, a key, the slider', () => {
		const player = new Player(() => 10, { step: 3 });
		for (const [act, step] of [
			['forward', 4],
			['back', 2],
			['start', 0],
			['end', 9]
		] as const) {
			player.seek(3);
			player.play();
			player[act]();
			expect([player.step, player.playing]).toEqual([step, false]);
		}
		player.seek(3);
		player.toggle();
		expect(player.playing).toBe(true);
		player.toggle();
		expect(player.playing).toBe(false);
	});

	it('stays within a timeline that gets shorter, and finds its place in one that gets longer again', () => {
		let count = $state(10);
		const player = new Player(() => count);
		player.end();
		count = 4;
		expect([player.step, player.atEnd]).toEqual([3, true]);
		count = 20;
		expect(player.step).toBe(9);
		player.seek(-5);
		expect(player.step).toBe(0);
	});

	describe('that glides', () => {
		const gliding = (count = 40) => new Player(() => count, { glides: true });
		beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: false })));

		it('is on its way to a step, and says at once to which', () => {
			const player = gliding();
			player.forward();
			expect([player.step, player.position]).toEqual([1, 0]);
			frame(200);
			expect(player.position).toBeGreaterThan(0.3);
			expect(player.position).toBeLessThan(1);
			frame(400);
			expect([player.position, frames]).toEqual([1, []]);
		});
		it('takes 150 to 600 ms, and of a long way only the last steps', () => {
			const player = gliding();
			player.goTo(30);
			frame(0);
			expect(player.position).toBe(18);
			frame(599);
			expect(player.position).toBeLessThan(30);
			frame(1);
			expect(player.position).toBe(30);
			player.scrub(29.99);
			player.forward();
			frame(149);
			expect(player.position).toBeLessThan(30);
			frame(1);
			expect(player.position).toBe(30);
		});
		it('turns from where it is, anywhere', () => {
			const player = gliding();
			player.goTo(5);
			frame(150);
			const { position } = player;
			player.goTo(2);
			frame(0);
			expect(player.position).toBeCloseTo(position, 9);
			player.scrub(3.4);
			frame(1000);
			expect([player.position, player.step, frames]).toEqual([3.4, 4, []]);
		});
		it('stands between two steps where a hand left it, and goes on from there to a whole one', () => {
			const player = gliding(5);
			player.scrub(3.4);
			expect([player.step, player.isBetween]).toEqual([4, true]);
			expect(player.atEnd).toBe(false);
			player.forward();
			frame(600);
			expect([player.position, player.atEnd]).toEqual([4, true]);
			player.scrub(3.4);
			player.back();
			frame(600);
			expect(player.position).toBe(3);
			player.scrub(-9);
			expect([player.position, player.step]).toEqual([-1, 0]);
		});
		it('plays evenly, a step in the time of one, from before the first', () => {
			const player = gliding(3);
			player.speed = 2;
			player.end();
			frame(600);
			player.play();
			expect([player.position, player.step]).toEqual([-1, 0]);
			frame(250);
			expect(player.position).toBeCloseTo(-0.5, 9);
			for (let i = 0; i < 12; i++) frame(125);
			expect([player.position, player.playing]).toEqual([2, false]);
		});
		it('jumps where steps are too fast to be seen, and where motion is unwanted', () => {
			const player = gliding();
			player.speed = 8;
			player.play();
			frame(125);
			expect(player.position).toBe(1);
			player.pause();
			vi.stubGlobal('matchMedia', () => ({ matches: true }));
			player.goTo(9);
			expect(player.position).toBe(9);
		});
	});
	it('that does not glide goes from whole step to whole step, also by hand', () => {
		const player = new Player(() => 10);
		player.forward();
		expect([player.step, player.position]).toEqual([1, 1]);
		player.scrub(3.4);
		expect([player.step, player.position, player.isBetween]).toEqual([4, 4, false]);
	});
});
