import type { KnobValues } from '$lib/nets/knobs';
import type { Tensor } from '$lib/ops';
import type { Photograph } from '../../tensor/photograph';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { Player } from '../../ui/player.svelte';
import { photoKnobs, type PhotoStage } from './knobs';
import { runPipeline, windowAt } from './pipeline';

/** Which map each step reads. */
const before = { slide: 'grey', norm: 'slide', relu: 'norm', pool: 'relu' } as const;

/** A photograph on its way through the first layer of a network, a step at a time. */
export class PhotoSteps {
	readonly photograph: Photograph;
	readonly knobs: FigureKnobs<typeof photoKnobs>;
	/** Moves the window: a place of the output a step. */
	readonly player: Player;
	readonly #filter = $derived.by(() => this.knobs.values.filter);
	readonly maps = $derived.by(() => runPipeline(this.photograph, this.#filter));
	readonly stage: PhotoStage = $derived.by(() => this.knobs.values.show);
	readonly from: Tensor = $derived.by(() => this.maps[before[this.stage]]);
	readonly to: Tensor = $derived.by(() => this.maps[this.stage]);
	/** The value that is looked at, in the output. */
	readonly at = $derived.by(() => {
		const { shape } = this.to;
		// Pooling has a quarter of the places: the one that the same spot of the photograph falls into.
		const [, width] = this.maps.slide.shape;
		const [y, x] = [Math.floor(this.player.step / width), this.player.step % width];
		const shrink = this.stage === 'pool' ? 2 : 1;
		return {
			y: Math.min(shape[0] - 1, Math.floor(y / shrink)),
			x: Math.min(shape[1] - 1, Math.floor(x / shrink))
		};
	});
	/** The window of the input that it is made of. */
	readonly window = $derived.by(() => {
		const side = this.stage === 'slide' ? 3 : this.stage === 'pool' ? 2 : 1;
		const stride = this.stage === 'pool' ? 2 : 1;
		const [top, left] = [this.at.y * stride, this.at.x * stride];
		return { top, left, side, values: windowAt(this.from, top, left, side) };
	});
	readonly value = $derived.by(() => this.to.data[this.at.y * this.to.shape[1] + this.at.x]!);

	constructor(photograph: Photograph, given: Partial<KnobValues<typeof photoKnobs>> = {}) {
		this.photograph = photograph;
		this.knobs = new FigureKnobs(photoKnobs, given);
		this.player = new Player(() => this.maps.slide.data.length, { step: this.knobs.values.place - 1 });
		this.player.speed = 64;
	}

	/** Looks at a value of the output. */
	look(y: number, x: number): void {
		const [, width] = this.maps.slide.shape;
		const grow = this.stage === 'pool' ? 2 : 1;
		this.player.goTo(y * grow * width + x * grow);
	}

	/** Takes what a phrase of the text names. */
	readPhrase(phrase: string): void {
		const place = this.knobs.values.place;
		this.knobs.readPhrase(phrase);
		if (this.knobs.values.place !== place || /[?&]place=/.test(phrase))
			this.player.goTo(this.knobs.values.place - 1);
	}
}
