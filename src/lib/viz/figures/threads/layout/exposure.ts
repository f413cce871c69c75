import type { Picture } from './pictureAt';

/** How threads are drawn: ink is work, within a picture; from picture to picture the eye adapts. */
export interface Exposure {
	/** Width of a strand of one weight, in parts of the distance between two channels. */
	readonly strand: number;
	/** How solid the threads of a stage are, by the stage. */
	readonly solid: Readonly<Record<'front' | 'window' | 'back', number>>;
}

/** As the wall thins, strands get wider, for all alike, and the fewer cross, the more solid they are. */
export function exposureOf({ channels, stages }: Picture): Exposure {
	const ids = ['front', 'window', 'back'] as const;
	const strandsOf = (id: (typeof ids)[number]) => {
		const { worth, weights } = stages[id];
		return weights === 0 ? 0 : weights * worth.reduce((sum, value) => sum + value, 0);
	};
	const strands = ids.reduce((sum, id) => sum + strandsOf(id), 0);
	const dense = Math.min(1, Math.max(0, Math.log(strands / (36 * channels)) / Math.log(channels / 4)));
	const strand = 0.028 + dense * (0.0095 - 0.028);
	const solid = (id: (typeof ids)[number]) => {
		const cover = Math.max(1e-3, (strandsOf(id) * strand) / channels);
		return cover ** -0.85;
	};
	return { strand, solid: { front: solid('front'), window: solid('window'), back: solid('back') } };
}
