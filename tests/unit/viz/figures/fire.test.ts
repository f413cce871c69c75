import { describe, expect, it } from 'vitest';
import { reportedResults } from '$lib/nets';
import { changeKnobs, defaultKnobs } from '$lib/nets/knobs';
import { fireKnobs } from '$lib/viz/figures/fire/knobs';
import { changeOf, costOfFire, moduleOf, squeezenetModules } from '$lib/viz/figures/fire/modules';
import { layoutFire } from '$lib/viz/figures/fire/layout/fire';

const printed = (name: string) =>
	reportedResults.find(
		({ source, table, part, metric }) =>
			source === 'squeezenet' && table === 'Table 1' && part === name && metric === 'layerParams'
	)?.printed;

describe('costOfFire', () => {
	const modules = squeezenetModules();
	it('finds the eight modules of SqueezeNet', () =>
		expect(modules.map(({ name }) => name)).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map((n) => `fire${n}`)));
	it.each(modules)("$name has as many parameters as the paper's table 1 prints", ({ name, module }) => {
		const { total, parts } = costOfFire(module);
		expect(String(total.params)).toBe(printed(name));
		expect(parts.squeeze1x1.params + parts.expand1x1.params + parts.expand3x3.params).toBe(total.params);
	});
	it.each(modules)('$name keeps to e1 = e3 = 4·s1', ({ module }) => {
		expect([module.e1, module.e3]).toEqual([4 * module.s1, 4 * module.s1]);
	});
	it('counts the 3×3 convolution beside it by the formula', () => {
		const { plain, output } = costOfFire({ inChannels: 7, resolution: 5, s1: 2, e1: 3, e3: 4 });
		expect(output).toEqual([5, 5, 7]);
		expect(plain).toEqual({ params: 9 * 7 * 7 + 7, macs: 25 * 9 * 7 * 7 });
	});
});

describe('the lock', () => {
	const values = { ...defaultKnobs(fireKnobs), s1: 8, e1: 1, e3: 2 };
	it('draws expands of four times the squeeze', () => {
		expect(moduleOf(values)).toMatchObject({ s1: 8, e1: 32, e3: 32 });
		const changed = changeKnobs(fireKnobs, values, changeOf(true, { e3: 128 }));
		expect(moduleOf(changed)).toMatchObject({ s1: 32, e1: 128, e3: 128 });
	});
	it('let go, moves each by itself', () => {
		const changed = changeKnobs(fireKnobs, { ...values, lock: false }, changeOf(false, { e3: 5 }));
		expect(moduleOf(changed)).toMatchObject({ s1: 8, e1: 1, e3: 5 });
	});
});

describe('layoutFire', () => {
	const channels = { inChannels: 96, s1: 16, e1: 64, e3: 64, resolution: 55 };
	it.each([320, 639, 640, 1240])('%i px: all channels to one scale, nothing beyond the width', (width) => {
		const { input, squeezed, expanded, joined, direction, unit } = layoutFire(channels, width);
		const length = ({ front }: typeof input) => (direction === 'row' ? front.height : front.width);
		expect(length(input) / 96).toBeCloseTo(unit, 5);
		expect(length(squeezed) / 16).toBeCloseTo(unit, 5);
		for (const stack of [input, squeezed, ...expanded, ...joined]) {
			const xs = [...stack.outline.matchAll(/[ML]([\d.-]+) /g)].map(([, x]) => Number(x));
			expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
			expect(Math.max(...xs)).toBeLessThanOrEqual(width);
		}
	});
	it('joins the expands without a gap, 1×1 first', () => {
		const [first, second] = layoutFire(channels, 1000).joined;
		expect(second.front.y).toBeCloseTo(first.front.y + first.front.height, 5);
	});
});
