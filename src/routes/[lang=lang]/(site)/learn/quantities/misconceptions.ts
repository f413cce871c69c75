import { graphCost, networkById, receptiveFields, resolveGraph, type NetworkId } from '$lib/nets';
import { recordedTiming, type RecordedNetwork } from '$lib/nets/times/recorded';
import { spreadOf } from '$lib/nets/times/spread';
import { groupWidths } from '$lib/viz/figures/groupWidths/widths';
import { unitKnobs } from '$lib/viz/figures/unitMorph/knobs';
import { layerKind } from '$lib/nets/analyses/layerKind';
import { workedLayers, workedNet, workedTotal } from '$lib/viz/figures/worked/modules';
import { unitCost } from '$lib/viz/figures/unitMorph/units';
import type { Texts } from '$lib/lessons/compiler/compile';
import { counted, factor, percent, plain, rounded } from '../texts';

const unit = unitCost('grouped', unitKnobs.groups.default).macs;

function facts(id: NetworkId) {
	const net = resolveGraph(networkById(id).build());
	const { params, macs } = graphCost(net).total;
	const last = net.tensors.filter(({ shape }) => shape[0] > 1).at(-1)!;
	const layers = net.nodes.filter(({ op }) => op === 'conv2d' || op === 'dense');
	const windows = layers.filter(({ operator, geometry }) => {
		const map = operator.spatial(geometry);
		return map.kind === 'window' && map.kernelSize[0] > 1;
	});
	return {
		...{ params: params.trainable, macs, field: receptiveFields(net)[last.index]!.y.size },
		...{ layers: layers.length, windows: windows.length }
	};
}
const squeezenet = facts('squeezenet');
const mobilenet = facts('mobilenet');
const shuffleFacts = facts('shufflenet');

const milliseconds = (id: RecordedNetwork) => plain(spreadOf(recordedTiming(id).runs).median.toFixed(0));

const errorOf = (groups: number) =>
	plain(
		`${groupWidths(0.5)
			.find((width) => width.groups === groups)!
			.error.toFixed(1)}%`
	);

/** ShuffleNet's first unit of stage 3: what goes in and what comes out. */
const shufflenet = resolveGraph(networkById('shufflenet').build());
const valuesOf = (ref: string) =>
	shufflenet.byRef.get(ref)!.shape.reduce((product: number, size) => product * size, 1);

/** A unit of stage 2, as the ShuffleNet chapter works it out. */
const realUnit = workedLayers(workedNet('shuffle-unit'));
const realPointwise = realUnit
	.filter(({ node }) => layerKind(node) === 'groupedPointwise')
	.reduce((sum, { macs }) => sum + (macs?.value ?? 0), 0);

export default {
	realChannels: counted(realUnit.at(-1)!.node.outputs[0].shape[2]),
	realPointwiseShare: percent(realPointwise / workedTotal(realUnit).macs, 0),
	groupErrors: (language) =>
		groupWidths(1)
			.map(({ error }) => `${error.toFixed(1)}%`)
			.join({ en: ', ', zh: '、' }[language]),
	pointwiseShare: percent((unit.first + unit.second) / unit.total, 0),
	squeezeParams: rounded(squeezenet.params),
	shuffleParams: rounded(shuffleFacts.params),
	squeezeTime: milliseconds('squeezenet'),
	shuffleTime: milliseconds('shufflenet'),
	mobileTime: milliseconds('mobilenet'),
	moreMacs: factor(squeezenet.macs / shuffleFacts.macs),
	eightError: errorOf(8),
	fourError: errorOf(4),
	mobileLayers: counted(mobilenet.layers),
	mobileWindows: counted(mobilenet.windows),
	shuffleLayers: counted(shuffleFacts.layers),
	mobileField: counted(mobilenet.field),
	shuffleField: counted(shuffleFacts.field),
	placesBefore: counted(valuesOf('stage2/unit4/relu')),
	placesAfter: counted(valuesOf('stage3/unit1/relu'))
} satisfies Texts;
