import { describe, expect, it } from 'vitest';
import { readBlock, writeBlock } from '$lib/nets/blocks';
import { Blocks } from '$lib/viz/figures/blocks/blocks.svelte';
import { StepDrag } from '$lib/viz/figures/blocks/drag.svelte';

const blocksAt = (search: string) => new Blocks(search, 'My network');
const text = (blocks: Blocks) => writeBlock(blocks.spec);

describe('Blocks', () => {
	it.each(['fire', 'separable', 'shuffle-unit', 'xception-middle', 'standard'])(
		'%s costs what is said of it beside',
		(id) => {
			const blocks = blocksAt(`?block=${id}&channels=48&size=14`);
			const { macs, params } = blocks.cost;
			const known = blocks.known.find((of) => of.id === id);
			expect(known?.cost).toEqual({ macs, params: params.trainable });
		}
	);

	it('says which channels never meet once the shuffle is taken out, and undoes it', () => {
		const blocks = blocksAt('?block=shuffle-unit&channels=36&size=14');
		const macs = blocks.cost.macs;
		const { seen, total } = blocks.mixing;
		expect(seen[0]).toBe(total);
		blocks.remove([0, 0, 3]);
		expect(blocks.mixing.seen[0]).toBeLessThan(total);
		expect(blocks.cost.macs).toBe(macs);
		expect(blocks.search).toContain('block=unshuffled');
		blocks.undo();
		expect(blocks.search).toContain('block=shuffle-unit');
		blocks.redo();
		expect([blocks.search.includes('unshuffled'), blocks.canRedo]).toEqual([true, false]);
	});

	it('moves steps among neighbours, into a lane and out of it', () => {
		const blocks = blocksAt('?block=1.dw3.bn.add(pw_)&channels=24&size=14');
		expect(blocks.nudge([0], 'down')).toBe(true);
		expect([text(blocks), blocks.selected]).toEqual(['1.bn.dw3.add(pw_)', [1]]);
		blocks.nudge([1], 'right');
		expect([text(blocks), blocks.selected]).toEqual(['1.bn.add(dw3.pw_)', [1, 0, 0]]);
		blocks.nudge([1, 0, 0], 'right');
		expect(text(blocks)).toBe('1.bn.add(pw_dw3)');
		blocks.nudge([1, 1, 0], 'down');
		expect(text(blocks)).toBe('1.bn.add(pw_).dw3');
		expect(blocks.canNudge([0], 'up')).toBe(false);
		expect(blocks.nudge([0], 'up')).toBe(false);
		expect(blocks.move([0], [3])).toBe(true);
		expect(text(blocks)).toBe('1.add(pw_).dw3.bn');
	});

	it('adds after the selected step, at the end, and into the lane that is aimed at', () => {
		const blocks = blocksAt('?block=1.pw.cat(dw3_)&channels=24&size=14');
		const [relu] = readBlock('1.relu');
		blocks.select([0]);
		blocks.add(relu!);
		expect([text(blocks), blocks.selected]).toEqual(['1.pw.relu.cat(dw3_)', [1]]);
		blocks.aim([2, 1]);
		blocks.add(relu!);
		expect(text(blocks)).toBe('1.pw.relu.cat(dw3_relu)');
		blocks.select(null);
		blocks.add(relu!);
		expect(text(blocks)).toBe('1.pw.relu.cat(dw3_relu).relu');
		blocks.aim([2, 1]);
		blocks.aim([2, 1]);
		expect(blocks.target).toBeNull();
	});

	it('keeps the last good block where a change does not fit, and names the step', () => {
		const blocks = blocksAt('?block=1.gc1g3.relu&channels=24&size=14');
		const good = blocks.good;
		blocks.change([0], { ...readBlock('1.gc1g7')[0]! });
		expect(blocks.problem).not.toBeNull();
		expect([blocks.good, blocks.wrongPath]).toEqual([good, [0]]);
		expect(blocks.search).toContain('block=1.gc1g7.relu');
		blocks.change([0], { ...readBlock('1.gc1g6')[0]! });
		expect([blocks.problem, blocks.wrongPath]).toEqual([null, null]);
	});

	it('keeps the last network where a stage cannot have its width', () => {
		const blocks = blocksAt('?block=shuffle-unit');
		const { network } = blocks;
		blocks.setKnobs({ width2: 488 } as never);
		expect(blocks.networkProblem).not.toBeNull();
		expect([blocks.problem, blocks.network]).toEqual([null, network]);
		blocks.setKnobs({ width2: 480 } as never);
		expect(blocks.networkProblem).toBeNull();
		expect(blocks.networkCost.params.trainable).toBe(2_499_856);
	});

	it('shows its first block where an address holds none, and says why until another is taken', () => {
		const blocks = blocksAt('?block=1.foo');
		expect(blocks.unread?.message).toContain('foo');
		expect(blocks.spec.length).toBeGreaterThan(0);
		expect(blocks.canUndo).toBe(false);
		blocks.set('?block=fire');
		expect(blocks.unread).toBeNull();
	});

	it('takes from a phrase what it names; knobs alone leave the block', () => {
		const blocks = blocksAt('?block=fire&channels=48');
		blocks.set('?size=7');
		expect(blocks.search).toBe(blocksAt('?block=fire&channels=48&size=7').search);
		blocks.set('?block=separable');
		expect(blocks.size).toMatchObject({ size: 7, outChannels: 48 });
	});

	it('forgets what is beyond a hundred steps of undoing', () => {
		const blocks = blocksAt('?block=1.relu');
		for (let i = 0; i < 120; i++) blocks.replace(readBlock(i % 2 ? '1.relu' : '1.bn'));
		let undone = 0;
		for (; blocks.canUndo; undone++) blocks.undo();
		expect(undone).toBe(100);
	});
});

describe('StepDrag', () => {
	/** Places one above the other, forty pixels apart. */
	const places = ['0', '1', '1.0.0', '2'].map((slot, i) => ({
		dataset: { slot },
		getBoundingClientRect: () => ({ left: 0, right: 100, top: 40 * i, bottom: 40 * i + 10 })
	}));
	const root = { querySelectorAll: () => places } as unknown as HTMLElement;

	function held(path: readonly number[]) {
		const dropped: unknown[] = [];
		const drag = new StepDrag(
			() => root,
			(from, to) => dropped.push([from, to])
		);
		const handle = Object.assign(new EventTarget(), { setPointerCapture: () => {} });
		const event = (type: string, x = 0, y = 0) =>
			Object.assign(new Event(type), { clientX: x, clientY: y, button: 0, pointerId: 1 }) as PointerEvent;
		const start = event('pointerdown');
		Object.defineProperty(start, 'currentTarget', { value: handle });
		drag.start(start, path);
		return { drag, dropped, send: (...at: Parameters<typeof event>) => handle.dispatchEvent(event(...at)) };
	}

	it('drops a step at the nearest place', () => {
		const { drag, dropped, send } = held([0]);
		expect(drag.from).toEqual([0]);
		send('pointermove', 50, 122);
		expect(drag.slot).toBe('2');
		send('pointerup', 50, 122);
		expect(dropped).toEqual([[[0], [2]]]);
		expect([drag.from, drag.slot]).toEqual([null, null]);
		// Let go of: what moves now is no longer the step.
		send('pointermove', 50, 0);
		expect(drag.slot).toBeNull();
	});

	it('never drops a step into itself, nor far from every place, nor when it is called off', () => {
		const { drag, dropped, send } = held([1]);
		send('pointermove', 50, 85);
		expect(drag.slot).not.toBe('1.0.0');
		send('pointermove', 400, 400);
		expect(drag.slot).toBeNull();
		send('pointermove', 50, 122);
		send('pointercancel', 50, 122);
		expect(dropped).toEqual([]);
	});
});
