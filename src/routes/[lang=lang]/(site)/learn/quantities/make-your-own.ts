import { graphCost, networkById, resolveGraph } from '$lib/nets';
import {
	blockMixing,
	buildBlock,
	buildNetwork,
	knownCosts,
	presets,
	readBlock,
	stackKnobs,
	type BlockSpec,
	type KnownId
} from '$lib/nets/blocks';
import { defaultKnobs } from '$lib/nets/knobs';
import type { Texts } from '$lib/lessons/compiler/compile';
import { counted, factor, rounded } from '../texts';

/** What the figure opens with. */
const size = { size: 28, inChannels: 240, outChannels: 240 };
const known = knownCosts(size);
const macsOf = (spec: BlockSpec) => graphCost(buildBlock('', spec, size).net).total.macs;
const knownMacs = (id: KnownId) => known.find((one) => one.id === id)!.cost!.macs;
const standard = knownMacs('standard');
const shuffle = blockMixing(presets['shuffle-unit'].spec, size);
const apart = blockMixing(presets.unshuffled.spec, size);

const knobs = defaultKnobs(stackKnobs);
const network = graphCost(resolveGraph(buildNetwork('', presets['shuffle-unit'].spec, knobs))).total;
const separableNetwork = graphCost(resolveGraph(buildNetwork('', presets.separable.spec, knobs))).total;
const shufflenet = graphCost(resolveGraph(networkById('shufflenet').build())).total;

/** The reader's first block: squeezed, depthwise, and wide again. */
const bottleneck = readBlock('1.pwx1/4.bn.relu.dw3.bn.pw.bn.relu');

/** How much a block's MACs are divided by when all its channels are halved. */
const halved = { ...size, inChannels: 120, outChannels: 120 };
const macsHalved = graphCost(buildBlock('', presets.separable.spec, halved).net).total.macs;

export default {
	channels: counted(size.outChannels),
	standardMacs: counted(standard),
	separableSaving: factor(standard / knownMacs('separable')),
	shuffleSaving: factor(standard / knownMacs('shuffle-unit')),
	fireSaving: factor(standard / knownMacs('fire')),
	xceptionSaving: factor(standard / knownMacs('xception-middle')),
	xceptionThird: factor(standard / (knownMacs('xception-middle') / 3)),
	bottleneckMacs: counted(macsOf(bottleneck)),
	bottleneckSaving: factor(standard / macsOf(bottleneck)),
	shuffleSeen: counted(shuffle.seen[0]),
	apartSeen: counted(apart.seen[0]),
	apartSets: counted(apart.apart),
	networkParams: rounded(network.params.trainable),
	networkMacs: rounded(network.macs),
	shufflenetMacs: rounded(shufflenet.macs),
	separableNetworkMacs: rounded(separableNetwork.macs),
	halvedFactor: factor(knownMacs('separable') / macsHalved)
} satisfies Texts;
