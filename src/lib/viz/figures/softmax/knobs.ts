const logit = { kind: 'number', min: -4, max: 8, step: 0.5 } as const;

/** What a network says of a picture of a cat, before softmax. */
export const softmaxKnobs = {
	cat: { ...logit, default: 4 },
	dog: { ...logit, default: 3 },
	frog: { ...logit, default: 0 },
	ship: { ...logit, default: -2 }
} as const;

export type SoftmaxClass = keyof typeof softmaxKnobs;
export const softmaxClasses = Object.keys(softmaxKnobs) as readonly SoftmaxClass[];
