import { stackNames } from './stacks';

/** Which layers, and how many of them. */
export const fieldKnobs = {
	stack: { kind: 'choice', choices: stackNames, default: 'plain' },
	layers: { kind: 'number', min: 0, max: 6, step: 1, default: 2, whole: true }
} as const;
