import type { Granularity } from '$lib/ops/types';
import { Player } from '../ui/player.svelte';
import {
	countSteps,
	currentStepAt,
	positionOfStep,
	stageSteps,
	stepAtPosition,
	type StepGraph
} from './stages';

/** The timeline of a small graph: its steps are played, stepped and scrubbed. The graph may change under it. */
export class Steps {
	readonly #graph: () => StepGraph;
	#granularity = $state<Granularity>('value');

	readonly graph = $derived.by(() => this.#graph());
	readonly granularity = $derived(this.#granularity);
	readonly player: Player;
	readonly current = $derived.by(() => currentStepAt(this.graph, this.player.step, this.#granularity));

	constructor(graph: () => StepGraph) {
		this.#graph = graph;
		this.player = new Player(() => countSteps(this.graph, this.#granularity), { glides: true });
	}

	/** The same moment at the other grain. */
	setGranularity(granularity: Granularity): void {
		if (granularity === this.#granularity) return;
		const { stage, local } = positionOfStep(this.graph, this.player.step, this.#granularity);
		const { current } = this;
		const next =
			current.kind === 'copy'
				? local
				: current.stage.node.operator.stepOf(current.step.output, granularity, current.stage.geometry);
		this.#granularity = granularity;
		this.player.jump(stepAtPosition(this.graph, stage, next, granularity));
	}

	/** Goes to a step of a stage, counted from 1; to the last where there are not as many. */
	goTo(id: string, local: number): void {
		const stage = this.graph.stages.findIndex((one) => one.id === id);
		if (stage < 0) return;
		const last = stageSteps(this.graph.stages[stage]!, this.#granularity) - 1;
		this.player.goTo(stepAtPosition(this.graph, stage, Math.min(local - 1, last), this.#granularity));
	}

	/** Goes to where a value of a tensor is finished, or its channel put in place. */
	goToCell(tensor: number, cell: { readonly y: number; readonly x: number; readonly channel: number }): void {
		const index = this.graph.stages.findIndex(({ output }) => output === tensor);
		const stage = this.graph.stages[index];
		if (!stage) return;
		let local = cell.channel;
		if (stage.kind === 'conv') {
			const { operator } = stage.node;
			const output = { tensor: 0, ...cell };
			const first = operator.stepOf(output, this.#granularity, stage.geometry);
			local = this.#granularity === 'value' ? first : first + tapsOf(this.graph, index, first) - 1;
		}
		this.player.goTo(stepAtPosition(this.graph, index, local, this.#granularity));
	}
}

function tapsOf(graph: StepGraph, stage: number, local: number): number {
	const current = currentStepAt(graph, stepAtPosition(graph, stage, local, 'multiply'), 'multiply');
	return current.kind === 'copy' ? 1 : current.step.taps;
}
