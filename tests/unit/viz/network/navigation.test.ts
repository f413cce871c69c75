import { describe, expect, it } from 'vitest';
import { networks, resolveGraph } from '$lib/nets';
import { moveOf, neighbour, type Move } from '$lib/viz/figures/network/navigation';
import { layoutNetwork } from '$lib/viz/figures/network/layout/network';

const squeezenet = resolveGraph(networks.squeezenet.build());
const layout = layoutNetwork(squeezenet, { open: ['fire2'], direction: 'right', width: 1200 });
const walk = (from: string, ...moves: Move[]) =>
	moves.reduce<string | null>((key, move) => key && neighbour(layout, key, move, 'right'), from);

describe('moveOf', () => {
	it('turns with the direction that data runs in', () => {
		expect(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'].map((key) => moveOf(key, 'right'))).toEqual([
			'forward',
			'back',
			'after',
			'before'
		]);
		expect(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'].map((key) => moveOf(key, 'down'))).toEqual([
			'after',
			'before',
			'forward',
			'back'
		]);
		expect(moveOf('a', 'right')).toBe(null);
	});
});

describe('neighbour', () => {
	it('follows the lines forward and back, from row to row too', () => {
		expect(walk('input', 'forward')).toBe('stem/');
		expect(walk('fire9/', 'forward')).toBe('classifier/');
		expect(walk('classifier/', 'back')).toBe('fire9/');
		expect(walk('classifier/', 'forward')).toBe(null);
		expect(walk('input', 'back')).toBe(null);
	});

	it('goes into an open block and out of it', () => {
		expect(walk('stem/', 'forward')).toBe('fire2/squeeze1x1');
		expect(walk('fire2/squeeze1x1', 'back')).toBe('stem/');
		expect(walk('fire2/concat', 'forward')).toBe('fire3/');
		expect(walk('fire3/', 'back')).toBe('fire2/concat');
	});

	it('goes from branch to branch, to the block itself, and into it again', () => {
		expect(walk('fire2/expand1x1', 'after')).toBe('fire2/expand3x3');
		expect(walk('fire2/expand3x3', 'before')).toBe('fire2/expand1x1');
		expect(walk('fire2/expand1x1', 'before')).toBe('fire2/');
		expect(walk('fire2/', 'forward')).toBe('fire2/squeeze1x1');
		expect(walk('fire2/', 'back')).toBe('stem/');
	});

	it('reaches everything from the input by going forward and beside', () => {
		const reached = new Set(['input']);
		for (const key of reached) {
			for (const move of ['forward', 'back', 'before', 'after'] as const) {
				const next = neighbour(layout, key, move, 'right');
				if (next !== null) reached.add(next);
			}
		}
		const keys = [...layout.items, ...layout.boxes].map(({ key }) => key);
		expect([...reached].toSorted()).toEqual(keys.toSorted());
	});

	it('knows nothing of what is not drawn', () => {
		expect(neighbour(layout, 'nowhere', 'forward', 'right')).toBe(null);
	});
});
