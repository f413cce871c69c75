import { asset } from '$app/paths';
import { Engine, type Loaded, type WeightSet } from '$lib/engine/client';
import { logitsOf, networkById, resolveGraph } from '$lib/nets';
import { className } from '$lib/running/classNames';
import { decodePicture } from '$lib/running/picture/decode';
import { loadSample, type Sample } from '$lib/running/picture/samples';
import { milestones, type Seen } from '$lib/viz/figures/answer/seen';

/** A network that looks at pictures: it comes, with all that runs it, when a picture is to be shown to it. */
export class AnswerRun {
	readonly #set: WeightSet;
	readonly #net;
	readonly #engine = new Engine();
	#loaded: Promise<Loaded> | null = null;

	constructor(set: WeightSet) {
		this.#set = set;
		this.#net = resolveGraph(networkById(set.network).build(set.knobs));
	}

	/** Shows it a picture of the site; `null` where that does not come. @throws EngineError */
	async look(sample: Sample, signal: AbortSignal): Promise<Seen | null> {
		const blob = await loadSample(asset(sample.file));
		if (!blob) return null;
		const { pixels } = await decodePicture(new File([blob], sample.file));
		const { id } = await this.#load(signal);
		const { preprocessing, share, classes } = this.#set;
		const maps = milestones(this.#net);
		const logits = logitsOf(this.#net);
		const input = this.#net.tensors[0];
		const { watched } = await this.#engine.run(
			id,
			{ kind: 'picture', picture: pixels, preprocessing, share },
			{ signal, watch: [input.ref, logits.ref, ...maps.map(({ ref }) => ref)] }
		);
		return {
			picture: this.#shown(watched[input.ref]!.data, input.shape),
			layers: maps.map(({ ref, shape }) => ({ name: ref, shape, data: watched[ref]!.data })),
			logits: [...watched[logits.ref]!.data],
			labels: classes === 'imagenet' ? [] : classes.map(className)
		};
	}

	/** Ends the engine. */
	close(): void {
		this.#engine.close();
	}

	async #load(signal: AbortSignal): Promise<Loaded> {
		const { id, files } = this.#set;
		const load = async () => {
			await this.#engine.start('auto', { signal });
			const model = new URL(asset(`/weights/${id}/model.json` as '/'), location.href).href;
			return this.#engine.load(this.#net.graph, { kind: 'site', model, files }, { signal });
		};
		this.#loaded ??= load();
		try {
			return await this.#loaded;
		} catch (error) {
			this.#loaded = null;
			throw error;
		}
	}

	/** What the network was given, as a picture again. */
	#shown(values: ArrayLike<number>, [height, width]: readonly [number, number, number]): Seen['picture'] {
		const { mean, deviation, order } = this.#set.preprocessing;
		const data = new Uint8ClampedArray(4 * height * width);
		for (let i = 0; i < height * width; i++) {
			for (let c = 0; c < 3; c++)
				data[4 * i + (order === 'rgb' ? c : 2 - c)] = values[3 * i + c]! * deviation[c]! + mean[c]!;
			data[4 * i + 3] = 255;
		}
		return { height, width, data };
	}
}
