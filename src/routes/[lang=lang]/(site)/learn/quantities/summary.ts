import { graphCost, networkById, referenceNets, resolveGraph, type NetworkId } from '$lib/nets';
import type { Texts } from '$lib/lessons/compiler/compile';
import { plain, rounded } from '../texts';

const costOf = (id: NetworkId) => graphCost(resolveGraph(networkById(id).build())).total;
const [squeezenet, mobilenet] = [costOf('squeezenet'), costOf('mobilenet')];
const [shufflenet, xception] = [costOf('shufflenet'), costOf('xception')];

/** Top-1 error of a network of the chart, as printed. */
const errorOf = (name: string) => {
	const top1 = referenceNets.find((net) => net.name === name)?.top1[0]?.value;
	if (top1 === undefined) throw new Error(`the chart has no accuracy of ${name}`);
	return plain(`${(100 - top1).toFixed(1)}%`);
};

export default {
	squeezeParams: rounded(squeezenet.params.trainable),
	squeezeMacs: rounded(squeezenet.macs),
	squeezeError: errorOf('SqueezeNet v1.0'),
	mobileParams: rounded(mobilenet.params.trainable),
	mobileMacs: rounded(mobilenet.macs),
	mobileError: errorOf('MobileNet v1 1.0 224'),
	shuffleParams: rounded(shufflenet.params.trainable),
	shuffleMacs: rounded(shufflenet.macs),
	shuffleError: errorOf('ShuffleNet v1 1.0× g=3'),
	xceptionParams: rounded(xception.params.trainable),
	xceptionMacs: rounded(xception.macs),
	xceptionError: errorOf('Xception')
} satisfies Texts;
