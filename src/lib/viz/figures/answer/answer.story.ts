import { GraphBuilder } from '$lib/nets/builder';
import { resolveGraph } from '$lib/nets/resolve';
import { logitsOf, randomWeights, runGraph } from '$lib/nets/run';
import { tensor } from '$lib/ops';
import { story } from '../../story';
import { decodePhotograph, photographPixels } from '../../tensor/photograph';
import { photographBytes } from '../../tensor/photographBytes';
import AnswerFigure from './AnswerFigure.svelte';
import { milestones, type Seen } from './seen';

/** A small network with seeded random weights, run on the photograph by the reference. */
function seen(): Seen {
	const photograph = decodePhotograph(photographBytes);
	const net = new GraphBuilder('Small', photograph.shape);
	const conv = (id: string, x: string, outChannels: number) =>
		net.relu(`${id}_relu`, net.conv2d(id, x, { outChannels, kernelSize: 3, stride: 2, padding: 'same' }));
	const deep = conv('conv2', conv('conv1', net.input, 8), 12);
	const resolved = resolveGraph(
		net.build(net.softmax('prob', net.dense('fc', net.globalAvgPool('pool', deep), { outChannels: 4 })))
	);
	const input = tensor(
		photograph.shape,
		Float64Array.from(photograph.data, (value) => value / 255)
	);
	const values = runGraph(resolved, [input], randomWeights(resolved, 3));
	return {
		picture: photographPixels(photograph),
		layers: milestones(resolved).map(({ index, ref }) => ({
			name: ref,
			shape: values[index]!.shape,
			data: values[index]!.data
		})),
		logits: [...values[logitsOf(resolved).index]!.data],
		labels: ['A', 'B', 'C', 'D']
	};
}

export default story(AnswerFigure, { seeded: () => ({ seen: seen() }) }, { isPanel: true });
