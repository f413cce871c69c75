import { costByKind, networkById, resolveGraph, type LayerKind } from '$lib/nets';
import { conv2d, type Conv2dOptions } from '$lib/ops/conv2d';
import type { Shape } from '$lib/ops/types';
import { formatProduct } from '$lib/viz/words/format';
import type { Texts } from '$lib/lessons/compiler/compile';
import { shareOfKind } from '../shareOfKind';
import { counted, percent, plain, rounded } from '../texts';

function layer(input: Shape, options: Conv2dOptions) {
	const geometry = conv2d.geometry([input], options);
	const { params, macs } = conv2d.cost(geometry);
	return { weights: params.weight, params: params.weight + params.bias, macs, output: geometry.outputs[0]! };
}

const kernelSize = 3;
/** The layer of the figure. */
const example = layer([5, 5, 2], { outChannels: 3, kernelSize });
const oneFilter = layer([5, 5, 2], { outChannels: 1, kernelSize, bias: false });
const plane = kernelSize ** 2;

const wideChannels = 64;
const wide = layer([5, 5, wideChannels], { outChannels: 1, kernelSize, bias: false });

/** A 3×3 window with dilation 2 spans this many rows. */
const dilatedSpan = 2 * (kernelSize - 1) + 1;

const realChannels = 512;
const real = layer([14, 14, realChannels], {
	outChannels: realChannels,
	kernelSize,
	padding: 'same',
	bias: false
});

const small = layer([8, 8, 16], { outChannels: 16, kernelSize, padding: 'same' });
const large = layer([16, 16, 16], { outChannels: 16, kernelSize, padding: 'same' });

/** A window with a stride that does not divide, the same without it, and a filter of 1×1. */
const side = (stride: number) => layer([7, 7, 1], { outChannels: 1, kernelSize, stride }).output[0];
const mixed = layer([4, 4, 6], { outChannels: 10, kernelSize: 1, bias: false });

const vgg = networkById('vgg16');
const vggKinds = costByKind(resolveGraph(vgg.build()));
const vggShare = (wanted: LayerKind, of: 'macsShare' | 'paramsShare') => shareOfKind(vggKinds, wanted, of);

export default {
	filterWeights: counted(oneFilter.weights),
	positions: counted(example.output[0] * example.output[1]),
	wideChannels: counted(wideChannels),
	wideFilter: counted(wide.weights),
	kernelPlane: counted(plane),
	dilatedArea: counted(dilatedSpan ** 2),
	dilatedHoles: counted(dilatedSpan ** 2 - plane),
	params: counted(example.params),
	macs: counted(example.macs),
	realChannels: counted(realChannels),
	realPairs: counted(realChannels ** 2),
	realMacs: rounded(real.macs),
	vggYear: plain(vgg.year),
	vggConvMacs: percent(vggShare('standard', 'macsShare')),
	vggConvParams: percent(vggShare('standard', 'paramsShare')),
	vggDenseMacs: percent(vggShare('dense', 'macsShare')),
	vggDenseParams: percent(vggShare('dense', 'paramsShare')),
	stridedSide: plain(formatProduct(side(2), side(2))),
	stridedRoom: plain(formatProduct(side(2) + 1, side(2) + 1)),
	stridedOnes: plain(formatProduct(side(1), side(1))),
	mixWeights: counted(mixed.weights),
	mixValues: counted(mixed.output[0] * mixed.output[1] * mixed.output[2]),
	mixMacs: counted(mixed.macs),
	biggerParams: counted(large.params / small.params),
	biggerMacs: counted(large.macs / small.macs)
} satisfies Texts;
