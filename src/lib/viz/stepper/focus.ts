import { readColour } from '../tensor/channelColour';
import { cellBox } from '../tensor/paths';
import { type StepTie, tieOf, tieOfCopy } from '../tensor/stepTie';
import type { StepPart, StepScene } from './scene';
import { activated, type CurrentStep, type StepGraph } from './stages';

const partOf = (scene: StepScene, kind: StepPart['subject']['kind'], index: number) =>
	scene.parts.find(({ subject }) => subject.kind === kind && subject.index === index)!;

/** What a moment reads, with what, and what it writes. */
export function tieOfStep(graph: StepGraph, scene: StepScene, current: CurrentStep): StepTie {
	const { cell, streets } = scene;
	const colourOf = (tensor: number, channel: number) =>
		readColour(graph.tensors[tensor]!.dependency[channel]!, graph.tensors[0]!.shape[2]);
	const body = current.stage.id;
	const target = partOf(scene, 'tensor', current.stage.output);
	if (current.kind === 'copy') {
		const { tensor, channel } = current.stage.channels[current.channel]!;
		return tieOfCopy(streets, cell, body, {
			from: partOf(scene, 'tensor', tensor).planes[channel]!,
			to: target.planes[current.channel]!,
			colour: colourOf(tensor, channel)
		});
	}
	const { stage, step, whole } = current;
	const source = stage.inputs[0]!;
	const input = partOf(scene, 'tensor', source);
	const { channel, y, x } = step.output;
	const filter = partOf(scene, 'filters', graph.stages.indexOf(stage)).filters[channel]!;
	const corner = whole.terms[0]!.at;
	const channels = [...new Set(whole.terms.map(({ at }) => at.channel))];
	return tieOf({
		streets,
		cell,
		body,
		read: (from) => ({ plane: input.planes[from]!, colour: colourOf(source, from) }),
		weight: ({ at }) =>
			cellBox(filter.planes[channels.indexOf(at.channel)]!, cell, at.y - corner.y, at.x - corner.x),
		filter,
		output: { plane: target.planes[channel]!, row: y, column: x },
		colour: colourOf(stage.output, channel),
		whole: whole.terms,
		terms: step.terms,
		isOneTap: step.granularity === 'multiply',
		usesSome: false,
		before: step.before,
		add: (result, { product }) => result + product,
		after: step.after,
		writes: step.writes === null ? null : activated(stage, step.writes)
	});
}
