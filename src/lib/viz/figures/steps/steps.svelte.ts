import type { Grain } from '$lib/ops/types';
import { Player } from '../bench/player.svelte';
import { countSteps, momentAt, placeOfStep, stageSteps, stepOfPlace, type StepGraph } from './stages';

/** The timeline of a small graph: its steps are played, stepped and scrubbed. The graph may change under it. */
export class Steps {
	readonly #graph: () => StepGraph;
	#grain = $state<Grain>('value');

	readonly graph = $derived.by(() => this.#graph());
	readonly grain = $derived(this.#grain);
	readonly player: Player;
	readonly moment = $derived.by(() => momentAt(this.graph, this.player.step, this.#grain));

	constructor(graph: () => StepGraph) {
		this.#graph = graph;
		this.player = new Player(() => countSteps(this.graph, this.#grain));
	}

	/** The same moment at the other grain. */
	setGrain(grain: Grain): void {
		if (grain === this.#grain) return;
		const { stage, local } = placeOfStep(this.graph, this.player.step, this.#grain);
		const { moment } = this;
		const next =
			moment.kind === 'copy'
				? local
				: moment.stage.node.operator.stepOf(moment.step.output, grain, moment.stage.geometry);
		this.#grain = grain;
		this.player.seek(stepOfPlace(this.graph, stage, next, grain));
	}

	/** Goes to a step of a stage, counted from 1; to the last where there are not as many. */
	goTo(id: string, local: number): void {
		const stage = this.graph.stages.findIndex((one) => one.id === id);
		if (stage < 0) return;
		const last = stageSteps(this.graph.stages[stage]!, this.#grain) - 1;
		this.player.goTo(stepOfPlace(this.graph, stage, Math.min(local - 1, last), this.#grain));
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
			const first = operator.stepOf(output, this.#grain, stage.geometry);
			local = this.#grain === 'value' ? first : first + tapsOf(this.graph, index, first) - 1;
		}
		this.player.goTo(stepOfPlace(this.graph, index, local, this.#grain));
	}
}

function tapsOf(graph: StepGraph, stage: number, local: number): number {
	const moment = momentAt(graph, stepOfPlace(graph, stage, local, 'multiply'), 'multiply');
	return moment.kind === 'copy' ? 1 : moment.step.taps;
}
