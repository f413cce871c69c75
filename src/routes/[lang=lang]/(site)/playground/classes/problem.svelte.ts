import { EngineError } from '$lib/engine/client';
import { m } from '$lib/i18n';
import { engineProblem } from '$lib/running/problems';
import { Ended, isUnloaded, sayUnloaded } from '$lib/stored/unloaded';
import { NotLearned } from '$lib/training/head/softmaxRegression';
import type { OwnClass } from './ownClass.svelte';

/** The part of the page that something went wrong in; a class stands for its card. */
export type Place = OwnClass | 'collecting' | 'teaching' | 'outcome' | 'trying' | 'keeping';

const asSentence = (text: string) => (/[.!?。！？]$/.test(text) ? text : `${text}.`);

/** What went wrong last, as a sentence in the reader's language, and where: it is said there. */
export class Problem {
	#said: { readonly text: string; readonly place: Place } | null = $state.raw(null);

	get text(): string | null {
		return this.#said?.text ?? null;
	}

	/** What is to be said in a part of the page; `null` for nothing. */
	at(place: Place): string | null {
		return this.#said?.place === place ? this.#said.text : null;
	}

	say(place: Place, text: string): void {
		this.#said = { place, text };
	}

	/** Says what was thrown, unless the page has said it; what is of no kind that is known is a fault of ours, and is said as it is. */
	fail(place: Place, error: unknown): void {
		if (error instanceof NotLearned) this.say(place, m.classes_problem_not_learned());
		else if (error instanceof Ended) this.say(place, m.classes_problem_ended());
		else if (error instanceof EngineError) {
			if (!error.isSaid) this.#sayReason(place, engineProblem(error));
		} else if (isUnloaded(error)) sayUnloaded(error);
		else this.#sayReason(place, asSentence(error instanceof Error ? error.message : String(error)));
	}

	#sayReason(place: Place, reason: string): void {
		this.say(
			place,
			place === 'teaching' ? m.classes_problem_engine({ reason }) : m.classes_problem_other({ reason })
		);
	}

	forget(): void {
		this.#said = null;
	}
}
