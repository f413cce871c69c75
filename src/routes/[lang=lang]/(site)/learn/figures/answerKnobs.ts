/** What the figure's address holds in a lesson: pictures of the classes that the network knows, and a photograph. */
export const answerKnobs = {
	picture: {
		kind: 'choice',
		choices: ['cat', 'dog', 'frog', 'horse', 'ship', 'truck', 'airplane', 'chelsea', 'coffee'],
		default: 'cat'
	}
} as const;
