import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Picture } from '$lib/engine/client';
import { Camera } from '../../../../src/routes/[lang=lang]/(site)/playground/picture/camera.svelte';
import { Live } from '../../../../src/routes/[lang=lang]/(site)/playground/picture/live.svelte';
import { Pictures } from '../../../../src/routes/[lang=lang]/(site)/playground/picture/pictures.svelte';
import { sampleOf } from '$lib/running/picture/samples';
import { until } from '../../until';

/** Files that are decoded when a test wants them to be. */
const decoding = vi.hoisted(() => ({
	asked: [] as { file: File; resolve(value: unknown): void; reject(error: unknown): void }[]
}));
vi.mock('$lib/running/picture/decode', () => ({
	decodePicture: (file: File) =>
		new Promise((resolve, reject) => decoding.asked.push({ file, resolve, reject })),
	draw: () => decoded(7)
}));
vi.mock('$lib/running/picture/reduce', () => ({
	pageSheet: null,
	SquareReader: class {
		read = () => pixelsOf(1);
	}
}));

const pixelsOf = (size: number) => ({
	width: size,
	height: size,
	data: new Uint8ClampedArray(4 * size * size)
});
const decoded = (size: number) => ({
	width: size,
	height: 2 * size,
	canvas: `canvas ${size}`,
	pixels: pixelsOf(size)
});

function viewer() {
	const seen: number[] = [];
	const of = {
		...{ seen, samples: [] as string[], live: [] as boolean[] },
		see: ({ width }: Picture) => void seen.push(width),
		clear: () => void seen.push(0),
		setSample: (id: string) => void of.samples.push(id),
		frame: async () => true,
		setLive: (isLive: boolean) => void of.live.push(isLive)
	};
	return of;
}

beforeEach(() => {
	decoding.asked = [];
	vi.stubGlobal('fetch', async () => new Response(new Blob(['webp'])));
});
afterEach(() => void vi.unstubAllGlobals());

const named = (name: string) => new File(['x'], name);
const { PictureError } = await import('$lib/running/picture/inspect');

describe('Pictures', () => {
	it('shows a sample by its name, and the address shall say it', async () => {
		const eyes = viewer();
		const pictures = new Pictures(eyes, 'chelsea');
		expect(pictures.shown.sample?.id).toBe('chelsea');
		const taking = pictures.takeSample(sampleOf('rocket'));
		await until(() => decoding.asked.length === 1);
		decoding.asked[0]!.resolve(decoded(3));
		await taking;
		expect([eyes.samples, eyes.seen, pictures.shown.sample?.id]).toEqual([['rocket'], [3], 'rocket']);
	});

	it('keeps the picture before where a file is none, and says why until another is one', async () => {
		const eyes = viewer();
		const pictures = new Pictures(eyes, 'chelsea');
		const broken = pictures.takeFile(named('broken.png'));
		const error = new PictureError('notAPicture', {});
		decoding.asked[0]!.reject(error);
		await broken;
		expect([pictures.error, pictures.shown.sample?.id, eyes.seen]).toEqual([error, 'chelsea', []]);
		const mine = pictures.takeFile(named('mine.png'));
		decoding.asked[1]!.resolve(decoded(5));
		await mine;
		expect(pictures).toMatchObject({
			error: null,
			shown: { name: 'mine.png', width: 5, height: 10, sample: null }
		});
	});

	it('says of a picture of the site that is cut that it did not load, and not that it is broken', async () => {
		const pictures = new Pictures(viewer(), 'chelsea');
		const taking = pictures.takeSample(sampleOf('rocket'));
		await until(() => decoding.asked.length === 1);
		decoding.asked[0]!.reject(new PictureError('cutOff', {}));
		await taking;
		expect(pictures.error).toMatchObject({ code: 'sample', params: { name: sampleOf('rocket').name() } });
		expect(pictures.shown.sample?.id).toBe('chelsea');
	});

	it('takes no file that is read more slowly than a later one, nor its fault', async () => {
		const eyes = viewer();
		const pictures = new Pictures(eyes, 'chelsea');
		const all = ['slow.png', 'broken.png', 'last.png'].map((name) => pictures.takeFile(named(name)));
		const [slow, broken, last] = decoding.asked;
		expect(pictures.reading).toBe('last.png');
		last!.resolve(decoded(9));
		await all[2];
		slow!.resolve(decoded(3));
		broken!.reject(new PictureError('notAPicture', {}));
		await Promise.all(all);
		expect([pictures.shown.name, pictures.error, eyes.seen]).toEqual(['last.png', null, [9]]);
		expect(pictures.reading).toBeNull();
	});

	it('a drawing stands before a file that is still being read', async () => {
		const eyes = viewer();
		const pictures = new Pictures(eyes, 'chelsea');
		const slow = pictures.takeFile(named('slow.png'));
		pictures.beginDrawing();
		pictures.takeDrawing({} as HTMLCanvasElement);
		expect(pictures.reading).toBeNull();
		decoding.asked[0]!.resolve(decoded(3));
		await slow;
		expect([pictures.mode, pictures.shown.width, eyes.seen]).toEqual(['draw', 7, [0, 7]]);
		pictures.takeDrawing(null);
		expect([pictures.pixels, eyes.seen]).toEqual([null, [0, 7, 0]]);
	});

	it('turns the camera off when something else is chosen', async () => {
		const eyes = viewer();
		const pictures = new Pictures(eyes, 'chelsea');
		const slow = pictures.takeFile(named('slow.png'));
		pictures.beginLive();
		decoding.asked[0]!.resolve(decoded(3));
		await slow;
		expect([pictures.mode, pictures.reading, eyes.seen]).toEqual(['camera', null, []]);
		pictures.beginDrawing();
		expect([pictures.mode, eyes.live]).toEqual(['draw', [false]]);
	});
});

describe('Live', () => {
	/** A video that gives a frame when a test wants it to. */
	function video() {
		const waiting: (() => void)[] = [];
		const of = {
			videoWidth: 4,
			videoHeight: 4,
			requestVideoFrameCallback: (then: () => void) => waiting.push(then)
		};
		const frame = async () => {
			await until(() => waiting.length > 0);
			waiting.shift()!();
		};
		return { of: of as unknown as HTMLVideoElement, waiting, frame };
	}

	it('gives each frame once the one before is done, and says how many come', async () => {
		const eyes = viewer();
		let done!: () => void;
		const given: unknown[] = [];
		const live = new Live({
			...eyes,
			frame: (pixels) => (given.push(pixels), new Promise((resolve) => (done = () => resolve(true))))
		});
		const { of, waiting, frame } = video();
		void live.start(of);
		await frame();
		await until(() => given.length === 1);
		expect([waiting.length, live.rate]).toEqual([0, null]);
		done();
		await frame();
		await until(() => given.length === 2);
		done();
		await until(() => live.rate !== null);
		expect(live.rate).toBeGreaterThan(0);
		live.stop();
		expect(eyes.live).toEqual([true, false]);
	});

	it('stands still where a run fails, where it is told to, and where there is no picture yet', async () => {
		const eyes = viewer();
		const frames = vi.fn(async () => false);
		const live = new Live({ ...eyes, frame: frames });
		const { of, frame } = video();
		Object.assign(of, { videoWidth: 0 });
		const running = live.start(of);
		await frame();
		Object.assign(of, { videoWidth: 4 });
		await frame();
		await running;
		expect([live.isPaused, frames.mock.calls.length, eyes.live]).toEqual([true, 1, [true, false]]);
	});
});

describe('Camera', () => {
	const stream = (tracks: EventTarget[] = []) => ({ getTracks: () => tracks, getVideoTracks: () => tracks });
	const track = (facingMode?: string) =>
		Object.assign(new EventTarget(), { stop: vi.fn(), getSettings: () => ({ facingMode }) });
	const giveCamera = (getUserMedia: () => Promise<unknown>, devices = 1) =>
		vi.stubGlobal('navigator', {
			mediaDevices: {
				getUserMedia,
				enumerateDevices: async () => Array.from({ length: devices }, () => ({ kind: 'videoinput' }))
			}
		});

	it.each([
		['NotAllowedError', 'refused'],
		['SecurityError', 'refused'],
		['NotFoundError', 'missing'],
		['OverconstrainedError', 'missing'],
		['NotReadableError', 'taken']
	])('%s: it is %s', async (name, problem) => {
		giveCamera(() => Promise.reject(new DOMException('', name)));
		const camera = new Camera();
		await camera.start('user');
		expect(camera).toMatchObject({ problem, stream: null, isStarting: false });
	});

	it('says so where the browser gives a page none', async () => {
		vi.stubGlobal('navigator', {});
		const camera = new Camera();
		await camera.start('user');
		expect([camera.problem, camera.isStarting]).toEqual(['unsupported', false]);
	});

	it('turns to the other one, if there is one, and lets go of the first', async () => {
		const first = track();
		giveCamera(async () => stream([first]), 2);
		const camera = new Camera();
		await camera.start('user');
		expect([camera.hasSeveral, camera.facing, camera.problem]).toEqual([true, 'user', null]);
		await camera.start('environment');
		expect([first.stop.mock.calls.length, camera.facing]).toEqual([1, 'environment']);
	});

	it.each([
		['user', undefined, true],
		['environment', undefined, false],
		['user', 'environment', false],
		['environment', 'user', true]
	] as const)('asked for the %s one, and given %s: a mirror is %s', async (asked, given, isMirror) => {
		giveCamera(async () => stream([track(given)]));
		const camera = new Camera();
		await camera.start(asked);
		expect(camera.isMirror).toBe(isMirror);
	});

	it('is off when it was pulled out', async () => {
		const one = track();
		giveCamera(async () => stream([one]));
		const camera = new Camera();
		await camera.start('user');
		one.dispatchEvent(new Event('ended'));
		expect(camera.stream).toBeNull();
	});
});
