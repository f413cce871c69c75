import { graphCost, networkById, referenceNets, resolveGraph, type NetworkId } from '$lib/nets';
import type { Texts } from '$lib/lessons/compiler/compile';
import { inColumn, plain } from '../texts';

const costOf = (id: NetworkId) => graphCost(resolveGraph(networkById(id).build())).total;
const [squeezenet, mobilenet] = [costOf('squeezenet'), costOf('mobilenet')];
const [shufflenet, xception] = [costOf('shufflenet'), costOf('xception')];

const all = [squeezenet, mobilenet, shufflenet, xception];
const params = inColumn(all.map((cost) => cost.params.trainable));
const macs = inColumn(all.map((cost) => cost.macs));

/** Top-1 error of a network of the chart, as printed. */
const errorOf = (name: string) => {
	const top1 = referenceNets.find((net) => net.name === name)?.top1[0]?.value;
	if (top1 === undefined) throw new Error(`the chart has no accuracy of ${name}`);
	return plain(`${(100 - top1).toFixed(1)}%`);
};

export default {
	squeezeParams: params(squeezenet.params.trainable),
	squeezeMacs: macs(squeezenet.macs),
	squeezeError: errorOf('SqueezeNet v1.0'),
	mobileParams: params(mobilenet.params.trainable),
	mobileMacs: macs(mobilenet.macs),
	mobileError: errorOf('MobileNet v1 1.0 224'),
	shuffleParams: params(shufflenet.params.trainable),
	shuffleMacs: macs(shufflenet.macs),
	shuffleError: errorOf('ShuffleNet v1 1.0× g=3'),
	xceptionParams: params(xception.params.trainable),
	xceptionMacs: macs(xception.macs),
	xceptionError: errorOf('Xception')
} satisfies Texts;
