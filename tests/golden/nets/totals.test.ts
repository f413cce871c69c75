import { describe, expect, it } from 'vitest';
import { graphCost, networkById, networkIds, resolveGraph, type KnobValue, type NetworkId } from '$lib/nets';

type Row = readonly [knobs: Record<string, KnobValue>, params: number, macs: number, source: string];

/** Trainable parameters and MACs that others counted, the source beside each. */
const TOTALS: Readonly<Record<NetworkId, readonly [Row, ...Row[]]>> = {
	squeezenet: [
		[{}, 1248424, 832667936, 'paper, table 1 (shapes and params); ShuffleNet paper, table 6: 833 MFLOPs'],
		[{ conv10Padding: 1 }, 1248424, 861339936, 'published prototxt, counted independently'],
		[{ resolution: 224 }, 1248424, 818924576, 'torchvision 0.14.1 squeezenet1_0, MACs by hooks'],
		[{ bypass: 'simple', conv10Padding: 1 }, 1248424, 861339936, 'paper, section 6: no parameters are added'],
		[
			{ bypass: 'complex', conv10Padding: 1 },
			1589672,
			1212625184,
			'counted independently after paper, figure 2'
		],
		[{ version: '1.1' }, 1235496, 387747520, 'authors’ repository (params); counted independently (MACs)'],
		[{ version: '1.1', resolution: 224 }, 1235496, 349151936, 'torchvision 0.14.1 squeezenet1_1: 349.2M']
	],
	mobilenet: [
		[{}, 4231976, 568740352, 'Keras MobileNet: 4,253,864 with 21,888 statistics; paper, table 4: 569M'],
		[{ resolution: 192 }, 4231976, 418121728, 'paper, table 7: 418M'],
		[{ resolution: 160 }, 4231976, 290675200, 'slim README: 291M'],
		[{ resolution: 128 }, 4231976, 186400768, 'paper, table 7: 186M'],
		[{ alpha: 0.75 }, 2585560, 325400448, 'paper, table 6: 325M, 2.6M'],
		[{ alpha: 0.75, resolution: 192 }, 2585560, 239273472, 'paper, table 10: 239M'],
		[{ alpha: 0.75, resolution: 160 }, 2585560, 166396800, 'counted independently'],
		[{ alpha: 0.75, resolution: 128 }, 2585560, 106770432, 'counted independently'],
		[{ alpha: 0.5 }, 1331592, 149497088, 'paper, table 6: 149M'],
		[{ alpha: 0.5, resolution: 192 }, 1331592, 109970432, 'slim README: 110M'],
		[{ alpha: 0.5, resolution: 160 }, 1331592, 76524800, 'slim README: 77M'],
		[{ alpha: 0.5, resolution: 128 }, 1331592, 49160192, 'slim README: 49M'],
		[{ alpha: 0.25 }, 470072, 41030272, 'paper, table 6: 41M'],
		[{ alpha: 0.25, resolution: 192 }, 470072, 30212608, 'counted independently (the README’s 34M is wrong)'],
		[{ alpha: 0.25, resolution: 160 }, 470072, 21059200, 'slim README: 21M'],
		[{ alpha: 0.25, resolution: 128 }, 470072, 13570048, 'slim README: 14M'],
		[
			{ convolution: 'standard' },
			29294088,
			4867293184,
			'paper, table 4: 29.3M; 4866M without the classifier'
		],
		[{ repeats: 0 }, 2887976, 307323392, 'paper, table 5 (shallow): 307M, 2.9M']
	],
	shufflenet: [
		[{ groups: 1 }, 1531936, 143078976, 'imgclsmob shufflenet_g1_w1 (params); paper, table 1: 143M'],
		[{ groups: 2 }, 1733848, 140836512, 'imgclsmob shufflenet_g2_w1'],
		[{ groups: 3 }, 1865728, 137460672, 'imgclsmob shufflenet_g3_w1; paper, table 1: 137M'],
		[{ groups: 4 }, 1968344, 134339776, 'imgclsmob shufflenet_g4_w1'],
		[{ groups: 8 }, 2434768, 138365952, 'imgclsmob shufflenet_g8_w1; authors’ README: 138M, 2.4M'],
		[{ groups: 1, scale: 0.75 }, 975214, 82542672, 'imgclsmob shufflenet_g1_w3d4 (params)'],
		[{ groups: 3, scale: 0.75 }, 1238266, 79740144, 'imgclsmob shufflenet_g3_w3d4 (params)'],
		[{ groups: 1, scale: 0.5 }, 534484, 38517408, 'imgclsmob shufflenet_g1_wd2'],
		[{ groups: 3, scale: 0.5 }, 718324, 37589856, 'imgclsmob shufflenet_g3_wd2; authors’ README: 38M, 0.7M'],
		[{ groups: 8, scale: 0.5 }, 1011448, 40469760, 'authors’ README: 40M, 1.0M'],
		[{ groups: 1, scale: 0.25 }, 209746, 11003184, 'imgclsmob shufflenet_g1_wd4'],
		[{ groups: 3, scale: 0.25 }, 305902, 11009808, 'imgclsmob shufflenet_g3_wd4'],
		[
			{ groups: 2, scale: 0.5, rounding: 'up' },
			644320,
			38914784,
			'counted independently, widths rounded to 4g'
		],
		[{ groups: 4, scale: 0.5, rounding: 'up' }, 778592, 37943936, 'paper, table 5: 38M (rounded to 4g)'],
		[{ groups: 2, scale: 0.25, rounding: 'up' }, 268652, 11964312, 'counted independently, rounded to 4g'],
		[{ groups: 4, scale: 0.25, rounding: 'up' }, 340936, 13019056, 'paper, table 2: 13M (rounded to 4g)'],
		[{ groups: 8, scale: 0.25 }, 454504, 12426240, 'counted independently'],
		[{ groups: 3, scale: 1.5 }, 3442168, 292443552, 'paper, table 5: 292M; authors’ README: 3.4M'],
		[{ groups: 8, scale: 1.5 }, 4269952, 290188800, 'authors’ README: 290M, 4.3M'],
		[{ groups: 3, scale: 2 }, 5450776, 524045184, 'paper, table 5: 524M'],
		[{ groups: 8, scale: 2 }, 6522232, 521942016, 'authors’ README: 522M, 6.5M'],
		[{ groups: 3, shuffle: false }, 1865728, 137460672, 'shuffle moves values and computes none']
	],
	xception: [[{}, 22855952, 8357403496, 'paper, table 3 (params); counted independently (MACs)']],
	alexnet: [
		[{}, 60965224, 724406816, 'Caffe bvlc_alexnet: groups of 2 in conv2, 4, 5'],
		[{ variant: 'single', resolution: 224 }, 61100840, 714188480, 'torchvision 0.14.1 alexnet']
	],
	vgg16: [[{}, 138357544, 15470264320, 'torchvision 0.14.1 vgg16']],
	googlenet: [[{}, 6998552, 1582671872, 'torchvision graph with 5×5 branches and biases, as in Caffe']],
	'inception-v3': [[{}, 23834568, 5713216096, 'torchvision 0.14.1 inception_v3 without its auxiliary head']],
	resnet18: [[{}, 11689512, 1814073344, 'torchvision 0.14.1 resnet18']],
	resnet50: [
		[{}, 25557032, 4089184256, 'torchvision 0.14.1 resnet50'],
		[{ strideAt: '1x1' }, 25557032, 3857973248, 'paper, table 1: 3.8G']
	],
	resnext50: [[{}, 25028904, 4230479872, 'torchvision 0.14.1 resnext50_32x4d']],
	'mobilenet-v2': [[{}, 3504872, 300774272, 'torchvision 0.14.1 mobilenet_v2; paper, table 4: 300M']],
	'mobilenet-v3-large': [[{}, 5483032, 216589760, 'torchvision 0.14.1 mobilenet_v3_large']],
	'mobilenet-v3-small': [[{}, 2542856, 56510400, 'torchvision 0.14.1 mobilenet_v3_small']],
	'shufflenet-v2': [
		[{ scale: 0.5 }, 1366792, 40476448, 'torchvision 0.14.1 shufflenet_v2_x0_5'],
		[{}, 2278604, 144907992, 'torchvision 0.14.1 shufflenet_v2_x1_0'],
		[{ scale: 1.5 }, 3503624, 295759392, 'torchvision 0.14.1 shufflenet_v2_x1_5'],
		[{ scale: 2 }, 7393996, 583253464, 'torchvision 0.14.1 shufflenet_v2_x2_0']
	],
	// Sums of the layers by hand: 32×32×3, a stem of 32 at stride 2, then 32, 64/2, 64, 128/2, 128, a classifier of ten.
	'one-backbone': [
		[{ way: 'standard' }, 288746, 9659648, 'by hand'],
		[{ way: 'depthwise' }, 6794, 406784, 'by hand'],
		[{ way: 'separable' }, 38314, 1427712, 'by hand'],
		[{ way: 'group' }, 74474, 2581760, 'by hand'],
		[{ way: 'groupShuffle' }, 74474, 2581760, 'by hand'],
		[{ way: 'pointwiseFirst' }, 39370, 2241792, 'by hand'],
		[{ way: 'pointwiseFirstRelu' }, 39370, 2241792, 'by hand']
	],
	'fire-module': [[{}, 11920, 35622400, 'SqueezeNet paper, table 1: fire2 has 11,920 parameters']],
	// Two units of 8 · 6 + 9 · 6 + 2 · 24 weights and 2 · (6 + 6 + 24) of batch norm, at 28² places.
	'shuffle-unit': [[{}, 444, 235200, 'by hand']]
};

it.each(networkIds)('%s goes by its own id', (id) => {
	expect(networkById(id).id).toBe(id);
});

describe.each(Object.entries(TOTALS))('%s', (id, rows) => {
	it.each(rows)('%o: %i params, %i MACs (%s)', (knobs, params, macs) => {
		const { total } = graphCost(resolveGraph(networkById(id).build(knobs)));
		expect(total.params.trainable).toBe(params);
		expect(total.macs).toBe(macs);
	});
});

describe('MobileNet’s parameters by role', () => {
	const { params } = graphCost(resolveGraph(networkById('mobilenet').build())).total;

	it('has 4,210,088 without batch norm (paper, table 4: 4.2M)', () => {
		expect(params.weights + params.biases).toBe(4210088);
	});

	it('has 4,253,864 with moving statistics (Keras summary)', () => {
		expect(params.trainable + params.bnStatistics).toBe(4253864);
	});
});

it('Xception has 22,910,480 parameters with moving statistics (Keras summary)', () => {
	const { params } = graphCost(resolveGraph(networkById('xception').build())).total;
	expect(params.trainable + params.bnStatistics).toBe(22910480);
});
