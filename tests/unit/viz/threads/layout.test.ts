import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { curvesInTurn, curvesOf } from '$lib/viz/figures/threads/layout/curves';
import { channelAt, frameOf, pointOf } from '$lib/viz/figures/threads/layout/frame';
import { pictureAt } from '$lib/viz/figures/threads/layout/pictureAt';
import { railScale } from '$lib/viz/figures/threads/layout/rail';
import { acrossOf, halvesOf, pieceOf, threadOf } from '$lib/viz/figures/threads/layout/thread';
import { palette, themes } from '../../palette';
import { colourOf, parseLch, tintsOf, type Ramp } from '$lib/viz/tensor/tint';
import { wallOf } from '$lib/viz/figures/threads/ways';

const place = fc.tuple(
	fc.double({ min: 0, max: 1, noNaN: true }),
	fc.double({ min: 0, max: 1, noNaN: true })
);

describe('threads', () => {
	it('a piece of a thread begins and ends on it, and all of it is the thread', () => {
		fc.assert(
			fc.property(place, place, (a, b) => {
				const curve = threadOf(a, b);
				pieceOf(curve, 0, 1).forEach((point, n) => {
					expect(point[0]).toBeCloseTo(curve[n]![0]);
					expect(point[1]).toBeCloseTo(curve[n]![1]);
				});
				expect(pieceOf(curve, 0, 0.5)[3]).toEqual(pieceOf(curve, 0.5, 1)[0]);
			})
		);
	});
	it('the halves of one that has snapped hang on its ends, and draw back to them', () => {
		const [a, b] = [
			[0, 0.2],
			[1, 0.7]
		] as const;
		for (const cut of [0.13, 0.5, 1]) {
			const halves = halvesOf(a, b, cut, 'across');
			expect(halves.map(({ curve }) => curve[0])).toEqual([a, b]);
		}
		const reach = (cut: number) => halvesOf(a, b, cut, 'across')[0]!.curve[3][0];
		expect(reach(1)).toBeLessThan(reach(0.5));
		expect(reach(0.5)).toBeLessThan(reach(0.13));
	});
});

describe('frameOf', () => {
	it.each([
		[900, 600, false],
		[328, 330, true],
		[1300, 900, false]
	])(
		'%i × %i: each channel and cell lies inside, and is found where it is drawn',
		(width, height, isTall) => {
			const channels = 32;
			const frame = frameOf(width, height, channels, isTall);
			for (let i = 0; i < channels; i++) {
				const input = pointOf(frame, [0, acrossOf(i, channels)]);
				const output = pointOf(frame, [1, acrossOf(i, channels)]);
				expect(channelAt(frame, channels, ...input)).toEqual({ input: i });
				expect(channelAt(frame, channels, ...output)).toEqual({ output: i });
				const from = frame.strip + (i + 0.5) * frame.cell;
				const cell = isTall
					? ([output[0], output[1] + from] as const)
					: ([output[0] + from, output[1]] as const);
				expect(channelAt(frame, channels, ...cell)).toEqual({ input: i, output: i });
				expect(cell[0]).toBeLessThan(width);
				expect(cell[1]).toBeLessThan(height);
			}
			expect(channelAt(frame, channels, -40, -40)).toBe(null);
		}
	);
});

it('the rail has room for every stop, in their order', () => {
	const places = wallOf().ways.map(({ at }) => railScale(at));
	expect(places).toEqual(places.toSorted((a, b) => a - b));
	for (const [n, place] of places.entries()) if (n > 0) expect(place - places[n - 1]!).toBeGreaterThan(0.08);
});

describe('tints', () => {
	const [light, dark] = themes.map((theme): Ramp => {
		const of = (end: string) => parseLch(palette[theme][`many-${end}`]!);
		return { first: of('first'), last: of('last'), grey: of('grey') };
	});

	it.each([
		['light', light!],
		['dark', dark!]
	] as const)(
		'of %s: lightness falls along the channels, and with blue tells those apart that are eight or more away, for any eye',
		(_, ramp) => {
			const colours = Array.from({ length: 32 }, (_, i) => colourOf({ place: i / 31, grey: 0 }, ramp));
			for (const [n, [lightness, , blue]] of colours.entries()) {
				if (n > 0) expect(lightness).toBeLessThan(colours[n - 1]![0]);
				for (const [light, , yellow] of colours.slice(0, Math.max(0, n - 7)))
					expect(Math.hypot(light - lightness, yellow - blue)).toBeGreaterThan(0.08);
			}
		}
	);
	it('are pure where a channel has read one input, and grey where it has read all', () => {
		const wall = wallOf();
		const inputs = tintsOf(pictureAt(3, wall).reach[3]!, 32);
		expect(inputs[31]).toEqual({ place: 1, grey: 0 });
		const outputs = tintsOf(pictureAt(3, wall).reach[4]!, 32);
		expect(outputs[7]).toEqual({ place: 0.5, grey: 1 });
		expect(colourOf(outputs[7]!, dark!).slice(1)).toEqual([0, 0].map((n) => expect.closeTo(n)));
	});
	it('refuses what is no colour', () => {
		expect(() => parseLch('#fff')).toThrow('#fff');
		expect(parseLch('oklch(90% .155 -95)')).toEqual({ lightness: 0.9, chroma: 0.155, hue: -95 });
	});
});

describe('the curves of the rail', () => {
	const wall = wallOf({ channels: 16 });
	afterEach(() => vi.unstubAllGlobals());
	it('are the same in many tasks as in one, and end where nobody wants them', async () => {
		vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => draw(0));
		expect(await curvesInTurn(wall, () => true)).toEqual(curvesOf(wall));
		expect(await curvesInTurn(wall, () => false)).toBeNull();
	});
	it('fall with the work, and end where the shuffle has seen all', () => {
		const heights = curvesOf(wall)
			.seen.match(/-?[\d.]+/g)!
			.map(Number);
		expect(heights[1]).toBe(6);
		expect(heights.at(-1)).toBe(6);
		expect(Math.max(...heights.filter((_, n) => n % 2 === 1))).toBeGreaterThan(35);
	});
});
