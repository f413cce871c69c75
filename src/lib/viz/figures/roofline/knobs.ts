/** Whose layers, and what the device is taken to be able to. */
export const rooflineKnobs = {
	network: {
		kind: 'choice',
		choices: ['squeezenet', 'mobilenet', 'shufflenet', 'xception'],
		default: 'mobilenet'
	},
	/** Operations that the device does while it moves one byte. */
	balance: { kind: 'number', min: 1, max: 100, step: 1, default: 10, whole: true }
} as const;
