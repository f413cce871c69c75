import { randomNumbers } from '../nets';
import { normal } from './normal';

/** What can be asked of a picture: something of two channels, of where its pixels lie, of which of them come together. */
export const tasks = ['together', 'space', 'colour'] as const;
export type TaskId = (typeof tasks)[number];

/** A task, and the pictures that it is asked of. */
export interface Task {
	readonly id: TaskId;
	/** Channels of a picture, 2 to 8. */
	readonly channels: number;
	/** The channels that the answer lies in. */
	readonly a: number;
	readonly b: number;
	/** Standard deviation of the noise on every channel; a bar has the value 1. */
	readonly noise: number;
}

/** Pictures as a network reads them, `[count, size, size, channels]`, and the right answer to each, 1 or 0. */
export interface Pictures {
	readonly values: Float64Array;
	readonly labels: Uint8Array;
	/** Whether the bar of channel a lies in a picture, and that of b; all 0 where there are none. */
	readonly lies: readonly (readonly [a: boolean, b: boolean])[];
}

/** Height and width of a picture. */
export const pictureSize = 12;
/** Bars are as wide as the gaps between them. */
const barWidth = 2;
const period = 2 * barWidth;
/** Pixels that are lit in each of two channels where the task is one of colour: a sixth of them. */
const lit = 24;

/**
 * Draws pictures and answers, the same ones for the same seed. For the tasks:
 * - `together`: bars across channel a and across b, lying or standing; 1 where both lie or both stand
 * - `space`: the same pictures; 1 where the bars of a lie
 * - `colour`: points in a and points in b; 1 where they are the same points
 *
 * Channel a without b, and b without a, are the same for both answers of `together` and of `colour`: whether bars lie is drawn apart for
 * each, and each has any place as often. Bars that lie the same way are half a bar apart, so that as many pixels are lit in both
 * channels, in one and in none as where they cross: a bag of pixels says nothing of `together` or `space`.
 */
export function drawPictures(task: Task, seed: string, count: number): Pictures {
	const random = randomNumbers(seed);
	const below = (n: number) => Math.floor(random() * n);
	const { channels, a, b } = task;
	const plane = pictureSize * pictureSize;
	const values = new Float64Array(count * plane * channels);
	const labels = new Uint8Array(count);
	const lies: [boolean, boolean][] = [];
	for (let n = 0; n < count; n++) {
		const light = (channel: number, place: number) => (values[(n * plane + place) * channels + channel] = 1);
		if (task.id === 'colour') {
			labels[n] = below(2);
			const places = shuffledPlaces(plane, 2 * lit, below);
			places.slice(0, lit).forEach((place) => light(a, place));
			(labels[n] === 1 ? places.slice(0, lit) : places.slice(lit)).forEach((place) => light(b, place));
			lies.push([false, false]);
		} else {
			const own: [boolean, boolean] = [below(2) === 1, below(2) === 1];
			const first = below(period);
			const apart = own[0] === own[1] ? [1, period - 1][below(2)]! : below(period);
			[a, b].forEach((channel, k) => {
				const phase = first + k * apart;
				for (let place = 0; place < plane; place++) {
					const along = own[k] ? Math.floor(place / pictureSize) : place % pictureSize;
					if ((along + phase) % period < barWidth) light(channel, place);
				}
			});
			lies.push(own);
			labels[n] = Number(task.id === 'space' ? own[0] : own[0] === own[1]);
		}
		// What is in the other channels has nothing to do with the answer: a dot, or points.
		for (let channel = 0, other = 0; channel < channels; channel++) {
			if (channel === a || channel === b) continue;
			if (other++ % 2 === 0) {
				const corner = below(pictureSize - 2) * pictureSize + below(pictureSize - 2);
				for (let i = 0; i < 9; i++) light(channel, corner + Math.floor(i / 3) * pictureSize + (i % 3));
			} else for (let place = 0; place < plane; place++) if (random() < 0.2) light(channel, place);
		}
	}
	if (task.noise > 0) {
		for (let i = 0; i < values.length; i++) values[i]! += task.noise * normal(random);
	}
	return { values, labels, lies };
}

/** The first `take` of the numbers below `count`, in random order. */
function shuffledPlaces(count: number, take: number, below: (n: number) => number): number[] {
	const places = Array.from({ length: count }, (_, i) => i);
	for (let i = 0; i < take; i++) {
		const k = i + below(count - i);
		[places[i], places[k]] = [places[k]!, places[i]!];
	}
	return places.slice(0, take);
}
