/**
 * Gives the files that a reader chooses, and empties the input, so that the same ones can be chosen again. What was chosen before the
 * page came alive is taken as well: nothing told of it then, and it would be lost without a word.
 * @param keeps whether the input goes on showing the name of the file
 */
export const chosenFiles =
	(take: (files: readonly File[]) => void, { keeps = false }: { readonly keeps?: boolean } = {}) =>
	(input: HTMLInputElement): (() => void) => {
		let isThere = true;
		const give = () => {
			const files = [...(input.files ?? [])];
			if (!isThere || files.length === 0) return;
			if (!keeps) input.value = '';
			take(files);
		};
		input.addEventListener('change', give);
		// Once all around it is alive, too.
		queueMicrotask(give);
		return () => {
			isThere = false;
			input.removeEventListener('change', give);
		};
	};
