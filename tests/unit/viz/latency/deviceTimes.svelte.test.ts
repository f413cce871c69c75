import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceTimes } from '$lib/viz/figures/latency/deviceTimes.svelte';
import { stubStorage } from '../../storage';

let items: Map<string, string>;
beforeEach(() => void ({ items } = stubStorage()));
afterEach(() => void vi.unstubAllGlobals());

const one = { backend: 'wasm', threads: 1 };
const two = { backend: 'wasm', threads: 2 };

describe('DeviceTimes', () => {
	it('keeps times on the device, where another page finds them', async () => {
		const times = new DeviceTimes();
		await times.load();
		expect([times.on, times.spreads.size]).toEqual([null, 0]);
		times.keep(two, 'mobilenet', [40, 41, 45]);
		times.keep(two, 'squeezenet', [80, 81, 82]);
		const other = new DeviceTimes();
		await other.load();
		expect(other.on).toEqual(two);
		expect([...other.spreads].map(([id, { median }]) => [id, median])).toEqual([
			['mobilenet', 41],
			['squeezenet', 81]
		]);
	});

	it('lets go of what was timed on something else, and of all when it is told to', () => {
		const times = new DeviceTimes();
		times.keep(two, 'mobilenet', [40]);
		times.keep(one, 'xception', [900]);
		expect([...times.spreads.keys()]).toEqual(['xception']);
		times.forget();
		expect([times.on, times.spreads.size, items.size]).toEqual([null, 0, 0]);
	});

	it.each(['{', '[]', '{"on":{"backend":"<b>","threads":1},"runs":{}}', '{"on":{"backend":"wasm"}}'])(
		'does not trust %s',
		async (text) => {
			items.set('latency', text);
			const times = new DeviceTimes();
			await times.load();
			expect(times.on).toBeNull();
		}
	);

	it('does not let what was kept stand in for what was timed meanwhile', async () => {
		new DeviceTimes().keep(two, 'mobilenet', [40]);
		const times = new DeviceTimes();
		const loading = times.load();
		times.keep(one, 'xception', [900]);
		await loading;
		expect(times.on).toEqual(one);
	});
});
