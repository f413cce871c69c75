import { m } from '$lib/i18n';
import type { ResolvedGraph } from '$lib/nets';
import { cut, cutNames } from '$lib/viz/words/cut';
import { shapesText } from '$lib/viz/words/layers';

/**
 * Says which outputs of a network are not shown, where it has several.
 * @param part of it that runs, and whose first output is shown
 * @returns `null` where it has one, or what is shown is none of them
 */
export function otherOutputsText({ outputs }: ResolvedGraph, part: ResolvedGraph): string | null {
	const shown = outputs.find(({ ref }) => ref === part.output.ref);
	if (!shown || outputs.length === 1) return null;
	const others = outputs.filter((output) => output !== shown);
	return m.playground_other_outputs({
		count: outputs.length,
		shown: cut(shown.ref),
		others: cutNames(others.map((output) => `${output.ref} (${shapesText([output])})`))
	});
}
