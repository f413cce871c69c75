/** What networks made of pictures: features by picture and network, so that none looks at a picture twice. */
export class Seen {
	readonly #features = new Map<number, Map<string, Float32Array>>();

	get(picture: number, network: string): Float32Array | undefined {
		return this.#features.get(picture)?.get(network);
	}

	set(picture: number, network: string, features: Float32Array): void {
		const known = this.#features.get(picture);
		if (known) known.set(network, features);
		else this.#features.set(picture, new Map([[network, features]]));
	}

	/** Forgets all other pictures. */
	keepOnly(pictures: readonly number[]): void {
		const kept = new Set(pictures);
		for (const picture of [...this.#features.keys()]) if (!kept.has(picture)) this.#features.delete(picture);
	}
}
