import type { Resolved } from '../resolve';
import type { Stage } from '../stage';

/** What code is written from: the input, and each stage's layer and weights. */
export interface Chain {
	readonly input: Resolved['input'];
	readonly stages: readonly Pick<Stage, 'id' | 'layer' | 'weights'>[];
	/** Whether the input and the weights are written out; otherwise they are drawn at random by the program. */
	readonly withValues: boolean;
}
