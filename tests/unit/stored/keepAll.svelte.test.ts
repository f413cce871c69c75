import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeepAll } from '$lib/stored/keepAll.svelte';
import type { KeepFault } from '$lib/stored/keeper';
import type { StoredState } from '$lib/stored/messages';

/** A service worker that keeps files of a hundred bytes, and fails when a test wants it to. */
class FakeKeeping {
	readonly kept = new Set<string>();
	readonly asked: string[][] = [];
	fault: (paths: readonly string[]) => KeepFault | null = () => null;

	constructor(readonly paths: readonly string[]) {}

	async state(): Promise<StoredState> {
		return {
			files: this.paths.map((path) => ({ path, bytes: 100, isStored: this.kept.has(path) })),
			titles: new Map(
				this.paths.filter((path) => path.endsWith('.html')).map((path) => [path, path.toUpperCase()])
			)
		} as StoredState;
	}

	async keep(paths: readonly string[]): Promise<KeepFault | null> {
		this.asked.push([...paths]);
		const fault = this.fault(paths);
		if (!fault) for (const path of paths) this.kept.add(path);
		return fault;
	}

	async remove(): Promise<void> {
		this.kept.clear();
	}
}

const pages = ['en.html', 'en/ops/group.html', 'en/embed/ops/group.html', 'en/offline.html', 'zh.html'];
const scripts = Array.from({ length: 12 }, (_, i) => `_app/${i}.js`);
const weights = ['weights/a/model.json', 'weights/a/group1.bin', 'weights/b/model.json'];
const paths = [...pages, ...scripts, ...weights];

beforeEach(() => void vi.stubGlobal('navigator', {}));
afterEach(() => void vi.unstubAllGlobals());

async function looked() {
	const keeping = new FakeKeeping(paths);
	const all = new KeepAll(keeping);
	expect([all.isKnown, all.bytes, all.isComplete]).toEqual([false, 0, false]);
	await all.look();
	return { keeping, all };
}

describe('KeepAll', () => {
	it('knows sizes with weights and without', async () => {
		const { all } = await looked();
		expect(all).toMatchObject({ isKnown: true, bytes: 2000, bytesOfWeights: 300, bytesStored: 0, sets: 2 });
		all.withWeights = false;
		expect(all.bytes).toBe(1700);
	});

	it('keeps all in small batches, and says how far it is', async () => {
		const { keeping, all } = await looked();
		const shares: number[] = [];
		keeping.fault = () => (shares.push(all.progress!.done / all.progress!.total), null);
		await all.run();
		expect(keeping.asked.map(({ length }) => length)).toEqual([8, 8, 4]);
		expect(shares).toEqual([0, 0.4, 0.8]);
		expect(all).toMatchObject({ isComplete: true, progress: null, fault: null, bytesStored: 2000 });
	});

	it('asks only for what is missing, without weights where they are not wanted', async () => {
		const { keeping, all } = await looked();
		for (const path of scripts) keeping.kept.add(path);
		all.withWeights = false;
		await all.run();
		expect(keeping.asked).toEqual([pages]);
		expect(all.isComplete).toBe(true);
		all.withWeights = true;
		expect(all.isComplete).toBe(false);
	});

	it.each(['full', 'unreachable'] as const)('stops where storage or network is %s', async (fault) => {
		const { keeping, all } = await looked();
		keeping.fault = () => (keeping.asked.length === 2 ? fault : null);
		await all.run();
		expect(keeping.asked).toHaveLength(2);
		expect(all).toMatchObject({ fault, progress: null, bytesStored: 800, isComplete: false });
		keeping.fault = () => null;
		await all.run();
		expect(all).toMatchObject({ fault: null, isComplete: true });
	});

	it('goes on past a file that is not what it should be', async () => {
		const { keeping, all } = await looked();
		keeping.fault = () => (keeping.asked.length === 1 ? 'altered' : null);
		await all.run();
		expect(all).toMatchObject({ fault: 'altered', bytesStored: 1200, isComplete: false });
	});

	it('is cancelled after the batch that is under way, which stays', async () => {
		const { keeping, all } = await looked();
		keeping.fault = () => (all.cancel(), null);
		await all.run();
		expect(all).toMatchObject({ progress: null, bytesStored: 800, isComplete: false });
	});

	it('lists kept pages of a language by title, but not those for frames and the one that says so', async () => {
		const { keeping, all } = await looked();
		for (const path of pages) if (path !== 'en.html') keeping.kept.add(path);
		await all.look();
		expect(all.storedPages('en')).toEqual([
			{ path: 'en/ops/group.html', address: 'en/ops/group', title: 'EN/OPS/GROUP.HTML' }
		]);
		expect(all.storedPages('zh').map(({ address }) => address)).toEqual(['zh']);
		await all.remove();
		expect(all.storedPages('zh')).toEqual([]);
	});
});
