import { fireModule } from '$lib/nets/networks/squeezenet';

const { s1, e1, e3, inChannels, resolution } = fireModule.knobs;

/** Knobs of the figure: those of the graph, and whether the expands follow the squeeze as in the paper. */
export const fireKnobs = {
	inChannels: { ...inChannels, max: 512 },
	resolution: { ...resolution, max: 112 },
	s1,
	e1,
	e3,
	/** e1 = e3 = 4·s1 in all modules of the paper's table 1. */
	lock: { kind: 'flag', default: true }
} as const;
