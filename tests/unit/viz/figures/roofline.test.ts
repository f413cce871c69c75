import { describe, expect, it } from 'vitest';
import { networkById, resolveGraph } from '../../../../src/lib/nets';
import { recordedTiming, type RecordedNetwork } from '../../../../src/lib/nets/times/recorded';
import { latencyLayers } from '../../../../src/lib/nets/times/timing';
import { layoutRoofline } from '../../../../src/lib/viz/figures/roofline/layout/rooflinePlot';
import { kindShares, peakOf, roofAt, roofLayers } from '../../../../src/lib/viz/figures/roofline/roof';

const recorded = (id: RecordedNetwork) =>
	latencyLayers(resolveGraph(networkById(id).build()), recordedTiming(id));

describe('roofAt(intensity, device)', () => {
	it('is a slope up to the balance, and flat from there', () => {
		const device = { peak: 60, balance: 10 };
		expect(roofAt(1, device)).toBe(6);
		expect(roofAt(5, device)).toBe(30);
		expect(roofAt(10, device)).toBe(60);
		expect(roofAt(50, device)).toBe(60);
	});
});

describe.each(['squeezenet', 'mobilenet', 'shufflenet', 'xception'] as const)('%s under a roof', (id) => {
	const layers = recorded(id);
	const device = { peak: peakOf(layers), balance: 10 };
	const under = roofLayers(layers, device);

	it('has every layer that multiplies, and none faster than the peak', () => {
		expect(under).toHaveLength(layers.filter(({ macs }) => macs > 0).length);
		for (const { measured } of under) expect(measured).toBeLessThanOrEqual(device.peak * (1 + 1e-9));
		expect(Math.max(...under.map(({ measured }) => measured))).toBeCloseTo(device.peak, 3);
	});

	it('takes at least what the larger of its two limits takes', () => {
		for (const { flops, bytes, least } of under) {
			const [arithmetic, memory] = [flops / device.peak, (bytes * device.balance) / device.peak];
			expect(least).toBeCloseTo(Math.max(arithmetic, memory), 12);
		}
	});

	it('shares add up', () => {
		const shares = kindShares(under);
		for (const of of ['flops', 'roof', 'measured'] as const)
			expect(shares.reduce((sum, kind) => sum + kind[of], 0)).toBeCloseTo(1, 9);
		// Without memory's limit, time is arithmetic.
		for (const { flops, roof } of kindShares(roofLayers(layers, { ...device, balance: 1e-6 })))
			expect(roof).toBeCloseTo(flops, 9);
	});

	it('stands within the figure, wide and narrow, and the axes stay while the roof moves', () => {
		for (const width of [300, 760]) {
			const layout = layoutRoofline(width, 380, under, device);
			for (const { x, y, roof } of layout.points) {
				expect(x).toBeGreaterThanOrEqual(layout.plot.left);
				expect(x).toBeLessThanOrEqual(layout.plot.right);
				for (const at of [y, roof]) {
					expect(at).toBeGreaterThanOrEqual(layout.plot.top);
					expect(at).toBeLessThanOrEqual(layout.plot.bottom);
				}
			}
			const steep = { ...device, balance: 60 };
			expect(layoutRoofline(width, 380, roofLayers(layers, steep), steep).xTicks).toEqual(layout.xTicks);
		}
	});
});

describe('what chapter 6 says of MobileNet', () => {
	const layers = recorded('mobilenet');
	const above = (balance: number) =>
		roofLayers(layers, { peak: peakOf(layers), balance }).filter(
			({ measured, roof }) => measured > roof * (1 + 1e-9)
		).length;

	it('many layers stand above the slope of ten, and none above that of two', () => {
		expect(above(10)).toBeGreaterThan(5);
		expect(above(2)).toBe(0);
	});

	it('most pointwise layers wait at a balance of sixty', () => {
		const pointwise = roofLayers(layers, { peak: 1, balance: 60 }).filter(({ kind }) => kind === 'pointwise');
		expect(pointwise.filter(({ intensity }) => intensity < 60).length).toBeGreaterThan(pointwise.length / 2);
	});

	it('the clock gives depthwise layers more than their share of FLOPs, and less than the roof of ten', () => {
		const shares = kindShares(roofLayers(layers, { peak: peakOf(layers), balance: 10 }));
		const { flops, roof, measured } = shares.find(({ kind }) => kind === 'depthwise')!;
		expect(measured).toBeGreaterThan(flops);
		expect(measured).toBeLessThan(roof);
	});
});
