import { describe, expect, it } from 'vitest';
import { fieldWindow, resolveGraph } from '$lib/nets';
import type { Cell } from '$lib/ops';
import { CachedSource } from '$lib/viz/figures/inside/cachedSource';
import { seededGraph, seededSource } from '$lib/viz/figures/inside/seeded';
import { partOf, runningResult, termsDone, workOut } from '$lib/viz/figures/inside/worked';

const names = { input: (from: { ref: string }, channel: number) => `${from.ref} ${channel}`, kernel: 'k' };

/** Values are 32-bit numbers: seven digits, less what sums of up to a hundred of them lose. */
const tolerance = 1e-5;

async function workedAt(source: ReturnType<typeof seededSource>, id: string, cell: Cell) {
	const node = source.network.byId.get(id)!;
	const stored = new CachedSource(source);
	return workOut(node, cell, await stored.inputs(node), await stored.weights(node), names);
}

describe('workOut', () => {
	const source = seededSource();

	for (const node of source.network.nodes) {
		it(`of ${node.op} ${node.id} is the activation at corners and middle, in every channel`, async () => {
			for (const [tensor, output] of node.outputs.entries()) {
				const { shape, data } = await source.activation(output.ref);
				const [height, width, channels] = shape;
				const positions = [
					[0, 0],
					[height - 1, width - 1],
					[height >> 1, width >> 1]
				] as const;
				for (const [y, x] of positions) {
					for (let channel = 0; channel < channels; channel++) {
						const worked = await workedAt(source, node.id, { tensor, y, x, channel });
						const value = data[(y * width + x) * channels + channel]!;
						expect(Math.abs(worked.result - value)).toBeLessThanOrEqual(
							tolerance * Math.max(1, Math.abs(value))
						);
					}
				}
			}
		});
	}

	it('puts the channels that bring the most first, and none is lost', async () => {
		const worked = await workedAt(source, 'expand3', { tensor: 0, y: 2, x: 3, channel: 2 });
		const totals = worked.parts.map(({ total }) => Math.abs(total));
		expect(totals).toEqual([...totals].sort((a, b) => b - a));
		expect(worked.parts.map(({ channel }) => channel).sort()).toEqual([0, 1, 2, 3, 4, 5]);
		expect(worked.taps).toBe(54);
		const sum = worked.parts.reduce((so, { total }) => so + total, worked.bias!);
		expect(sum).toBeCloseTo(worked.result, 10);
	});

	it('reads only its group in a grouped convolution and only its channel in a depthwise one', async () => {
		const grouped = await workedAt(source, 'gconv1', { tensor: 0, y: 0, x: 0, channel: 5 });
		expect(grouped.parts.map(({ channel }) => channel).sort()).toEqual([4, 5, 6, 7]);
		const deep = await workedAt(source, 'dw1', { tensor: 0, y: 0, x: 0, channel: 5 });
		expect(deep.parts.map(({ channel }) => channel)).toEqual([5]);
		expect(deep.parts[0]!.terms.filter(({ isPadding }) => isPadding)).toHaveLength(5);
	});

	it('follows a shuffle and a concatenation to the channel that they copy', async () => {
		const shuffled = await workedAt(source, 'shuffle1', { tensor: 0, y: 1, x: 1, channel: 1 });
		expect(shuffled.parts[0]).toMatchObject({ channel: 4, from: { ref: 'gconv1' } });
		const joined = await workedAt(source, 'concat', { tensor: 0, y: 1, x: 1, channel: 9 });
		expect(joined.parts[0]).toMatchObject({ channel: 1, from: { ref: 'expand3' } });
	});

	it('steps by channels and by terms to the same end', async () => {
		for (const id of ['conv1', 'pool1', 'add1', 'avg', 'pool', 'fc', 'prob', 'conv1_bn']) {
			const worked = await workedAt(source, id, { tensor: 0, y: 0, x: 0, channel: 1 });
			expect(termsDone(worked, 'channel', worked.parts.length - 1)).toBe(worked.taps);
			expect(termsDone(worked, 'term', worked.taps - 1)).toBe(worked.taps);
			expect(runningResult(worked, worked.taps)).toBeCloseTo(worked.total, 10);
			expect(partOf(worked, worked.taps)).toBe(worked.parts.length - 1);
			worked.parts.forEach((part, i) => {
				expect(partOf(worked, part.start + 1)).toBe(i);
				expect(termsDone(worked, 'channel', i)).toBe(part.start + part.terms.length);
			});
		}
	});
});

describe('receptive field', () => {
	it('of a pixel is where changes of the picture change it, and nowhere else', async () => {
		const network = resolveGraph(seededGraph());
		const at = { layer: 'dw1', y: 2, x: 4, channel: 1 };
		const tensor = network.byRef.get(at.layer)!;
		const window = fieldWindow(network, tensor.index, at.y, at.x)!;
		// Walk back through what each cell reads, down to the picture.
		let cells: [string, number, number, number][] = [[at.layer, at.y, at.x, at.channel]];
		const seen = new Set<string>();
		while (cells.length > 0) {
			const next = new Map<string, [string, number, number, number]>();
			for (const [ref, y, x, channel] of cells) {
				const { producer, output } = network.byRef.get(ref)!;
				if (!producer) {
					seen.add(`${y},${x}`);
					continue;
				}
				for (const cell of producer.operator.reads(producer.geometry, { tensor: output, y, x, channel })) {
					const from = producer.inputs[cell.tensor]!.ref;
					next.set(`${from} ${cell.y} ${cell.x} ${cell.channel}`, [from, cell.y, cell.x, cell.channel]);
				}
			}
			cells = [...next.values()];
		}
		const rows = [...seen].map((position) => Number(position.split(',')[0]));
		const columns = [...seen].map((position) => Number(position.split(',')[1]));
		expect(window).toEqual({
			top: Math.min(...rows),
			bottom: Math.max(...rows),
			left: Math.min(...columns),
			right: Math.max(...columns)
		});
	});
});
