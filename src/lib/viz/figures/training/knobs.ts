import { inits } from '$lib/training/trainer';
import { tasks } from '$lib/training/task';

const channel = <const D extends number>(value: D) =>
	({ kind: 'number', min: 0, max: 7, step: 1, default: value, whole: true }) as const;

/** Knobs of the figure: the task, the backbone, how it is trained, and what is shown of it. */
export const trainingKnobs = {
	task: { kind: 'choice', choices: tasks, default: 'together' },
	channels: { kind: 'choice', choices: [2, 4, 8], default: 4 },
	/** The channels that the answer lies in, from 0. */
	a: channel(0),
	b: channel(2),
	noise: { kind: 'number', min: 0, max: 1, step: 0.05, default: 0.3 },
	width: { kind: 'choice', choices: [8, 16], default: 8 },
	depth: { kind: 'number', min: 1, max: 4, step: 1, default: 3, whole: true },
	groups: { kind: 'choice', choices: [2, 4], default: 2 },
	norm: { kind: 'flag', default: true },
	rate: { kind: 'choice', choices: [0.01, 0.03, 0.1, 0.3, 1, 3], default: 0.1 },
	momentum: { kind: 'choice', choices: [0, 0.5, 0.9, 0.99], default: 0.9 },
	batch: { kind: 'choice', choices: [16, 32, 64, 128], default: 64 },
	init: { kind: 'choice', choices: inits, default: 'he' },
	seed: { kind: 'number', min: 1, max: 9999, step: 1, default: 1, whole: true },
	show: { kind: 'choice', choices: ['accuracy', 'loss'], default: 'accuracy' },
	/** What the thickness of a thread is. */
	threads: { kind: 'choice', choices: ['way', 'gradient'], default: 'way' }
} as const;
export type Rate = (typeof trainingKnobs.rate.choices)[number];
export type Measure = (typeof trainingKnobs.show.choices)[number];
export type Threads = (typeof trainingKnobs.threads.choices)[number];
