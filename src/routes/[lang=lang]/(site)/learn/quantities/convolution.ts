import { costByKind, networkById, resolveGraph, type LayerKind } from '$lib/nets';
import type { Texts } from '$lib/lessons/compiler/compile';
import { layer } from '../layer';
import { shareOfKind } from '../shareOfKind';
import { counted, percent, plain, rounded } from '../texts';

const kernelSize = 3;
/** The layer of the figure. */
const example = layer([5, 5, 2], { outChannels: 3, kernelSize });
const oneFilter = layer([5, 5, 2], { outChannels: 1, kernelSize, bias: false });
const plane = kernelSize ** 2;

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

const vgg = networkById('vgg16');
const vggKinds = costByKind(resolveGraph(vgg.build()));
const vggShare = (wanted: LayerKind, of: 'macsShare' | 'paramsShare') => shareOfKind(vggKinds, wanted, of);

export default {
	filterWeights: counted(oneFilter.weights),
	positions: counted(example.output[0] * example.output[1]),
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
	biggerParams: counted(large.params / small.params),
	biggerMacs: counted(large.macs / small.macs)
} satisfies Texts;
