/** What the figure's address holds in a lesson. */
export const latencyKnobs = {
	network: {
		kind: 'choice',
		choices: ['squeezenet', 'mobilenet', 'shufflenet', 'xception'],
		default: 'mobilenet'
	}
} as const;
