/** Which of the two comes first. */
export const orders = ['pointwiseFirst', 'depthwiseFirst'] as const;
export type Order = (typeof orders)[number];

export const orderKnobs = {
	order: { kind: 'choice', choices: orders, default: 'pointwiseFirst' },
	/** A ReLU between the two. */
	relu: { kind: 'flag', default: true },
	/** Channels after the pointwise step. */
	filters: { kind: 'number', min: 1, max: 5, step: 1, default: 3, whole: true }
} as const;

/** Where a link or a phrase goes to: one of the two layers, and a step of it. */
export const orderPositionKnobs = {
	at: { kind: 'choice', choices: ['pointwise', 'depthwise'], default: 'pointwise' },
	step: { kind: 'number', min: 1, max: 9999, step: 1, default: 1, whole: true }
} as const;
