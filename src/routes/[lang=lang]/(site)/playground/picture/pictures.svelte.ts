import { asset } from '$app/paths';
import type { Picture } from '$lib/engine/client';
import { m } from '$lib/i18n';
import { decodePicture, draw } from '$lib/running/picture/decode';
import { PictureError } from '$lib/running/picture/inspect';
import { Unloaded } from '$lib/stored/unloaded';
import { Live, type Audience } from './live.svelte';
import { loadSample, sampleOf, type Sample, type SampleId } from '$lib/running/picture/samples';
import type { Shown } from './shown';

/** Who sees the pictures. */
export interface Viewer extends Audience {
	/** Called with each picture. */
	see(pixels: Picture): void;
	/** Called where there is none: a sheet without a stroke. */
	clear(): void;
	/** The sample that the address shall name. */
	setSample(id: SampleId): void;
}

/** Where the networks' picture comes from: a sample, a file, a drawing, or the camera. */
export class Pictures {
	mode: 'still' | 'draw' | 'camera' = $state('still');
	shown: Shown = $state.raw() as Shown;
	/** The square in the middle of what is shown; `null` until it is decoded. */
	pixels: Picture | null = $state.raw(null);
	/** Why the last file gave no picture; the one before stays. */
	error: PictureError | null = $state.raw(null);
	/** Name of the file that is on its way; a large picture takes seconds. */
	reading: string | null = $state(null);
	readonly live: Live;
	readonly #viewer: Viewer;
	/** Counts what was asked for, so that a slow one does not come after a later one. */
	#asked = 0;

	constructor(viewer: Viewer, first: SampleId) {
		this.#viewer = viewer;
		this.shown = shownSample(sampleOf(first));
		this.live = new Live({
			frame: (pixels) => {
				this.pixels = pixels;
				return viewer.frame(pixels);
			},
			setLive: (isLive) => viewer.setLive(isLive)
		});
	}

	async takeSample(sample: Sample): Promise<void> {
		this.endLive();
		this.mode = 'still';
		this.error = null;
		const asked = this.#ask();
		const parts = await loadSample(asset(sample.file));
		if (parts) return this.#take(new File([parts], sample.name()), asked, shownSample(sample));
		if (asked === this.#asked) this.error = new PictureError('sample', { name: sample.name() });
	}

	/** A file that was chosen, dropped or pasted. */
	async takeFile(file: File): Promise<void> {
		const asked = this.#ask();
		this.error = null;
		this.reading = file.name;
		await this.#take(file, asked, null);
		if (asked === this.#asked) this.reading = null;
	}

	/** Begins what takes the place of all that is on its way. */
	#ask(): number {
		this.reading = null;
		return ++this.#asked;
	}

	beginDrawing(): void {
		this.endLive();
		this.error = null;
		this.mode = 'draw';
		this.takeDrawing(null);
	}

	/** What is drawn so far; `null`: nothing. */
	takeDrawing(sheet: HTMLCanvasElement | null): void {
		this.#ask();
		if (!sheet) {
			this.pixels = null;
			return this.#viewer.clear();
		}
		const { canvas, pixels, width, height } = draw(sheet);
		this.shown = { width, height, name: m.playground_drawing(), sample: null, canvas };
		this.#show(pixels);
	}

	beginLive(): void {
		this.#ask();
		this.error = null;
		this.mode = 'camera';
	}

	/** Turns the camera off; its last frame stays as the picture. */
	endLive(): void {
		if (this.mode !== 'camera') return;
		this.live.stop();
		this.mode = 'still';
		if (!this.pixels || this.live.rate === null) return;
		const { width, height, data } = this.pixels;
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [width, height];
		canvas.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
		this.shown = { width, height, name: m.playground_camera_frame(), sample: null, canvas };
		this.#show(this.pixels);
	}

	async #take(file: File, asked: number, sample: Shown | null): Promise<void> {
		try {
			const { width, height, canvas, pixels } = await decodePicture(file);
			if (asked !== this.#asked) return;
			if (sample?.sample) this.#viewer.setSample(sample.sample.id);
			else this.endLive();
			this.mode = 'still';
			this.error = null;
			this.shown = sample ?? { width, height, name: file.name, sample: null, canvas };
			this.#show(pixels);
		} catch (error) {
			if (error instanceof Unloaded) return;
			if (!(error instanceof PictureError)) throw error;
			// What the site has is whole: it was cut or replaced on its way.
			if (asked === this.#asked)
				this.error = sample ? new PictureError('sample', { name: sample.name }) : error;
		}
	}

	#show(pixels: Picture): void {
		this.pixels = pixels;
		this.#viewer.see(pixels);
	}
}

function shownSample(sample: Sample): Shown {
	return { width: sample.width, height: sample.height, name: sample.name(), sample, canvas: null };
}
