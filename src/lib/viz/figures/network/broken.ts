import { m } from '$lib/i18n';
import { GraphError } from '$lib/nets/errors';
import { graphProblem } from '../../words/problems';

/** Why a part of a network's page cannot be shown. */
export function brokenText(error: unknown): string {
	if (error instanceof GraphError) return graphProblem(error);
	const reason = error instanceof Error ? error.message : String(error);
	return m.networks_page_broken({ reason: reason.slice(0, 200) });
}
