import { describe, expect, it } from 'vitest';
import { drawPictures, pictureSize, tasks, type Task } from '$lib/training/task';

const plane = pictureSize * pictureSize;
const clean: Omit<Task, 'id'> = { channels: 4, a: 0, b: 2, noise: 0 };

/** A channel of a picture. */
function channelOf(values: Float64Array, channels: number, n: number, channel: number): number[] {
	return Array.from({ length: plane }, (_, i) => values[(n * plane + i) * channels + channel]!);
}

describe('drawPictures(task, seed, count)', () => {
	it('draws the same for the same seed, and others for another', () => {
		for (const id of tasks) {
			const task = { ...clean, id, noise: 0.3 };
			expect(drawPictures(task, '7', 5)).toEqual(drawPictures(task, '7', 5));
			expect(drawPictures(task, '7', 5).values).not.toEqual(drawPictures(task, '8', 5).values);
		}
	});

	it('answers together by whether the bars of a and b lie the same way, and space by those of a', () => {
		for (const id of ['together', 'space'] as const) {
			const { values, labels, lies } = drawPictures({ ...clean, id }, '1', 50);
			lies.forEach((own, n) => {
				for (const [k, channel] of [0, 2].entries()) {
					const pixels = channelOf(values, 4, n, channel);
					const isOneRow = pixels.slice(0, pictureSize).every((value) => value === pixels[0]);
					expect(own[k]).toBe(isOneRow);
				}
				expect(labels[n]).toBe(Number(id === 'space' ? own[0] : own[0] === own[1]));
			});
		}
	});

	it('answers colour by whether the points of a and b are the same', () => {
		const { values, labels } = drawPictures({ ...clean, id: 'colour' }, '1', 50);
		labels.forEach((label, n) => {
			const [a, b] = [0, 2].map((channel) => channelOf(values, 4, n, channel));
			expect(a!.filter((value, i) => value === 1 && b![i] === 1)).toHaveLength(label * 24);
			expect(b!.filter((value) => value === 1)).toHaveLength(24);
		});
	});

	it('says nothing of together by one channel: each of its patterns has either answer as often', () => {
		const count = 16_000;
		const { values, labels } = drawPictures({ ...clean, id: 'together', channels: 2, b: 1 }, '3', count);
		for (const channel of [0, 1]) {
			const answers = new Map<string, { ones: number; all: number }>();
			for (let n = 0; n < count; n++) {
				const pattern = channelOf(values, 2, n, channel).join('');
				const seen = answers.get(pattern) ?? { ones: 0, all: 0 };
				answers.set(pattern, { ones: seen.ones + labels[n]!, all: seen.all + 1 });
			}
			expect(answers.size).toBe(8);
			// Four deviations of a fair coin.
			for (const { ones, all } of answers.values()) {
				expect(Math.abs(ones / all - 0.5)).toBeLessThan(2 / Math.sqrt(all));
			}
		}
	});

	it('lights as many pixels in both, in one and in none, however the bars lie: a bag of pixels says nothing', () => {
		const { values } = drawPictures({ ...clean, id: 'together', channels: 2, b: 1 }, '4', 200);
		for (let n = 0; n < 200; n++) {
			const [a, b] = [channelOf(values, 2, n, 0), channelOf(values, 2, n, 1)];
			const count = (wanted: string) => a.filter((value, i) => `${value}${b[i]}` === wanted).length;
			expect(['11', '10', '01', '00'].map(count)).toEqual([36, 36, 36, 36]);
		}
	});

	it('adds noise of the deviation that is asked for', () => {
		const task = { ...clean, id: 'together' } as const;
		const noisy = drawPictures({ ...task, noise: 0.4 }, '1', 1).values;
		const quiet = drawPictures(task, '1', 1).values;
		const squares = noisy.reduce((sum, value, i) => sum + (value - quiet[i]!) ** 2, 0);
		expect(Math.sqrt(squares / noisy.length)).toBeCloseTo(0.4, 1);
	});
});
