import type { ReferenceNet } from './referenceNet';

/** The networks of the chart. Accuracies of torchvision's second weights (V2) come from a much stronger recipe. */
export const referenceNets: readonly ReferenceNet[] = [
	{
		name: 'AlexNet (torchvision, one-tower)',
		family: 'reference',
		role: 'reference',
		year: 2014,
		resolution: 224,
		cost: { kind: 'graph', network: 'alexnet', knobs: { variant: 'single', resolution: 224 } },
		top1: [
			{ value: 56.522, source: 'torchvision 0.14.1 weights alexnet IMAGENET1K_V1, single 224 centre crop' },
			{ value: 57.2, source: 'SqueezeNet paper Table 2 / MobileNet paper Table 9 (Caffe AlexNet)' }
		],
		note: 'the “one weird trick” single-tower variant, not the 2012 network'
	},
	{
		name: 'AlexNet (Caffe, grouped)',
		family: 'reference',
		role: 'reference',
		year: 2012,
		resolution: 227,
		cost: { kind: 'graph', network: 'alexnet', knobs: {} },
		top1: [{ value: 57.2, source: 'SqueezeNet paper Table 2; MobileNet paper Table 9' }]
	},
	{
		name: 'VGG-16',
		family: 'reference',
		role: 'reference',
		year: 2014,
		resolution: 224,
		cost: { kind: 'graph', network: 'vgg16', knobs: {} },
		top1: [
			{ value: 71.592, source: 'torchvision 0.14.1 weights vgg16 IMAGENET1K_V1, single 224 centre crop' },
			{ value: 71.5, source: 'MobileNet paper Table 8; Xception paper Table 1' }
		],
		note: 'papers print 15300M = conv layers only (15,346,630,656)'
	},
	{
		name: 'GoogLeNet / Inception-v1 (torchvision)',
		family: 'reference',
		role: 'reference',
		year: 2014,
		resolution: 224,
		cost: {
			kind: 'counted',
			params: 6624904,
			macs: 1498376192,
			source:
				'torchvision 0.14.1 model, conv+fc MACs by hooks, params = sum(numel) of modules that run at inference'
		},
		top1: [
			{ value: 69.778, source: 'torchvision 0.14.1 weights googlenet IMAGENET1K_V1, single 224 centre crop' },
			{ value: 69.8, source: 'MobileNet paper Table 8' }
		],
		note: 'torchvision uses 3x3 where the paper has 5x5 and BN; 13,004,888 params with auxiliary heads'
	},
	{
		name: 'GoogLeNet (paper / Caffe, 5x5 branches)',
		family: 'reference',
		role: 'reference',
		year: 2014,
		resolution: 224,
		cost: { kind: 'graph', network: 'googlenet', knobs: {} },
		top1: [
			{ value: 69.8, source: 'MobileNet paper Table 8' },
			{ value: 68.7, source: 'ShuffleNet paper Table 6 (BVLC, 31.3% error)' }
		]
	},
	{
		name: 'Inception-v3',
		family: 'reference',
		role: 'reference',
		year: 2015,
		resolution: 299,
		cost: { kind: 'graph', network: 'inception-v3', knobs: {} },
		top1: [
			{
				value: 77.294,
				source: 'torchvision 0.14.1 weights inception_v3 IMAGENET1K_V1, single 299 centre crop'
			},
			{ value: 78.2, source: 'Xception paper Table 1' },
			{ value: 78.8, source: 'Inception-v3 paper Table 3, single crop 21.2% error (from memory)' }
		],
		note: '27,161,264 params with the auxiliary head; Xception paper prints 23,626,728'
	},
	{
		name: 'ResNet-18',
		family: 'reference',
		role: 'reference',
		year: 2015,
		resolution: 224,
		cost: { kind: 'graph', network: 'resnet18', knobs: {} },
		top1: [
			{ value: 69.758, source: 'torchvision 0.14.1 weights resnet18 IMAGENET1K_V1, single 224 centre crop' }
		]
	},
	{
		name: 'ResNet-34',
		family: 'reference',
		role: 'reference',
		year: 2015,
		resolution: 224,
		cost: {
			kind: 'counted',
			params: 21797672,
			macs: 3663761408,
			source:
				'torchvision 0.14.1 model, conv+fc MACs by hooks, params = sum(numel) of modules that run at inference'
		},
		top1: [
			{ value: 73.314, source: 'torchvision 0.14.1 weights resnet34 IMAGENET1K_V1, single 224 centre crop' }
		]
	},
	{
		name: 'ResNet-50',
		family: 'reference',
		role: 'reference',
		year: 2015,
		resolution: 224,
		cost: { kind: 'graph', network: 'resnet50', knobs: {} },
		top1: [
			{ value: 76.13, source: 'torchvision 0.14.1 weights resnet50 IMAGENET1K_V1, single 224 centre crop' },
			{ value: 80.858, source: 'torchvision 0.14.1 weights resnet50 IMAGENET1K_V2, single 224 centre crop' }
		],
		note: 'torchvision strides in the 3x3 conv (“v1.5”); the paper’s stride in the first 1x1 gives 3,857,973,248 MACs = the printed 3.8 G'
	},
	{
		name: 'ResNet-101',
		family: 'reference',
		role: 'reference',
		year: 2015,
		resolution: 224,
		cost: {
			kind: 'counted',
			params: 44549160,
			macs: 7801405440,
			source:
				'torchvision 0.14.1 model, conv+fc MACs by hooks, params = sum(numel) of modules that run at inference'
		},
		top1: [
			{ value: 77.374, source: 'torchvision 0.14.1 weights resnet101 IMAGENET1K_V1, single 224 centre crop' },
			{ value: 81.886, source: 'torchvision 0.14.1 weights resnet101 IMAGENET1K_V2, single 224 centre crop' }
		],
		note: 'torchvision strides in the 3x3 conv (“v1.5”); the paper’s stride in the first 1x1 gives 7,570,194,432 MACs = the printed 7.6 G'
	},
	{
		name: 'ResNet-152',
		family: 'reference',
		role: 'reference',
		year: 2015,
		resolution: 224,
		cost: {
			kind: 'counted',
			params: 60192808,
			macs: 11513626624,
			source:
				'torchvision 0.14.1 model, conv+fc MACs by hooks, params = sum(numel) of modules that run at inference'
		},
		top1: [
			{ value: 78.312, source: 'torchvision 0.14.1 weights resnet152 IMAGENET1K_V1, single 224 centre crop' },
			{ value: 82.284, source: 'torchvision 0.14.1 weights resnet152 IMAGENET1K_V2, single 224 centre crop' }
		],
		note: 'torchvision strides in the 3x3 conv (“v1.5”); the paper’s stride in the first 1x1 gives 11,282,415,616 MACs = the printed 11.3 G'
	},
	{
		name: 'DenseNet-121',
		family: 'reference',
		role: 'reference',
		year: 2016,
		resolution: 224,
		cost: {
			kind: 'counted',
			params: 7978856,
			macs: 2834161664,
			source:
				'torchvision 0.14.1 model, conv+fc MACs by hooks, params = sum(numel) of modules that run at inference'
		},
		top1: [
			{
				value: 74.434,
				source: 'torchvision 0.14.1 weights densenet121 IMAGENET1K_V1, single 224 centre crop'
			},
			{ value: 75.0, source: 'DenseNet paper Table 3, single crop 25.02% error (from memory)' }
		]
	},
	{
		name: 'ResNeXt-50 (32×4d)',
		family: 'reference',
		role: 'reference',
		year: 2016,
		resolution: 224,
		cost: { kind: 'graph', network: 'resnext50', knobs: {} },
		top1: [
			{
				value: 77.618,
				source: 'torchvision 0.14.1 weights resnext50_32x4d IMAGENET1K_V1, single 224 centre crop'
			},
			{
				value: 81.198,
				source: 'torchvision 0.14.1 weights resnext50_32x4d IMAGENET1K_V2, single 224 centre crop'
			},
			{ value: 77.8, source: 'ResNeXt paper Table 3, 22.2% error (from memory)' }
		]
	},
	{
		name: 'MobileNetV2 1.0',
		family: 'mobilenet',
		role: 'successor',
		year: 2018,
		resolution: 224,
		cost: { kind: 'graph', network: 'mobilenet-v2', knobs: {} },
		top1: [
			{
				value: 71.878,
				source: 'torchvision 0.14.1 weights mobilenet_v2 IMAGENET1K_V1, single 224 centre crop'
			},
			{
				value: 72.154,
				source: 'torchvision 0.14.1 weights mobilenet_v2 IMAGENET1K_V2, single 224 centre crop'
			},
			{
				value: 72.0,
				source: 'MobileNetV2 paper Table 4 (3.4M, 300M); quoted in MobileNetV3 Table 3 read here'
			},
			{ value: 71.8, source: 'tensorflow/models README read here (300M, 3.47M)' }
		]
	},
	{
		name: 'MobileNetV3-Large 1.0',
		family: 'mobilenet',
		role: 'successor',
		year: 2019,
		resolution: 224,
		cost: { kind: 'graph', network: 'mobilenet-v3-large', knobs: {} },
		top1: [
			{
				value: 74.042,
				source: 'torchvision 0.14.1 weights mobilenet_v3_large IMAGENET1K_V1, single 224 centre crop'
			},
			{
				value: 75.274,
				source: 'torchvision 0.14.1 weights mobilenet_v3_large IMAGENET1K_V2, single 224 centre crop'
			},
			{ value: 75.2, source: 'MobileNetV3 paper Table 3 (219M, 5.4M), read here' }
		]
	},
	{
		name: 'MobileNetV3-Small 1.0',
		family: 'mobilenet',
		role: 'successor',
		year: 2019,
		resolution: 224,
		cost: { kind: 'graph', network: 'mobilenet-v3-small', knobs: {} },
		top1: [
			{
				value: 67.668,
				source: 'torchvision 0.14.1 weights mobilenet_v3_small IMAGENET1K_V1, single 224 centre crop'
			},
			{
				value: 67.4,
				source: 'MobileNetV3 paper Table 3 (66M, 2.9M in the copy read here; later version 56M, 2.5M)'
			},
			{ value: 67.5, source: 'tensorflow/models README (66M, 2.9M)' }
		],
		note: 'the released small model has 66M/2.9M; torchvision follows the 56M/2.5M version'
	},
	{
		name: 'ShuffleNetV2 0.5×',
		family: 'shufflenet',
		role: 'successor',
		year: 2018,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet-v2', knobs: { scale: 0.5 } },
		top1: [
			{
				value: 60.552,
				source: 'torchvision 0.14.1 weights shufflenet_v2_x0_5 IMAGENET1K_V1, single 224 centre crop'
			},
			{ value: 60.3, source: 'ShuffleNetV2 paper Table 8, error 39.7% (read here)' }
		]
	},
	{
		name: 'ShuffleNetV2 1.0×',
		family: 'shufflenet',
		role: 'successor',
		year: 2018,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet-v2', knobs: {} },
		top1: [
			{
				value: 69.362,
				source: 'torchvision 0.14.1 weights shufflenet_v2_x1_0 IMAGENET1K_V1, single 224 centre crop'
			},
			{ value: 69.4, source: 'ShuffleNetV2 paper Table 8, error 30.6% (read here)' }
		]
	},
	{
		name: 'ShuffleNetV2 1.5×',
		family: 'shufflenet',
		role: 'successor',
		year: 2018,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet-v2', knobs: { scale: 1.5 } },
		top1: [
			{ value: 72.6, source: 'ShuffleNetV2 paper Table 8, error 27.4% (from memory)' },
			{
				value: 72.996,
				source: 'torchvision 0.14.1 weights shufflenet_v2_x1_5 IMAGENET1K_V1, single 224 centre crop'
			}
		],
		note: 'torchvision 1.5x/2.0x weights use a newer training recipe than the paper'
	},
	{
		name: 'ShuffleNetV2 2.0×',
		family: 'shufflenet',
		role: 'successor',
		year: 2018,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet-v2', knobs: { scale: 2 } },
		top1: [
			{ value: 74.9, source: 'ShuffleNetV2 paper Table 8, error 25.1% (from memory)' },
			{
				value: 76.23,
				source: 'torchvision 0.14.1 weights shufflenet_v2_x2_0 IMAGENET1K_V1, single 224 centre crop'
			}
		],
		note: 'torchvision 1.5x/2.0x weights use a newer training recipe than the paper'
	},
	{
		name: 'EfficientNet-B0',
		family: 'reference',
		role: 'successor',
		year: 2019,
		resolution: 224,
		cost: {
			kind: 'counted',
			params: 5288548,
			macs: 385814752,
			source:
				'torchvision 0.14.1 model, conv+fc MACs by hooks, params = sum(numel) of modules that run at inference'
		},
		top1: [
			{
				value: 77.692,
				source: 'torchvision 0.14.1 weights efficientnet_b0 IMAGENET1K_V1, single 224 centre crop'
			},
			{
				value: 77.1,
				source:
					'EfficientNet paper Table 2 (0.39B, 5.3M; from memory and quoted in many tables; first arXiv version 76.3)'
			}
		]
	},
	{
		name: 'MNASNet 1.0 (B1, torchvision)',
		family: 'reference',
		role: 'successor',
		year: 2018,
		resolution: 224,
		cost: {
			kind: 'counted',
			params: 4383312,
			macs: 314415872,
			source:
				'torchvision 0.14.1 model, conv+fc MACs by hooks, params = sum(numel) of modules that run at inference'
		},
		top1: [
			{ value: 73.456, source: 'torchvision 0.14.1 weights mnasnet1_0 IMAGENET1K_V1, single 224 centre crop' }
		],
		note: 'torchvision implements MnasNet-B1 (no SE)'
	},
	{
		name: 'MnasNet-A1 (paper)',
		family: 'reference',
		role: 'successor',
		year: 2018,
		resolution: 224,
		cost: { kind: 'printed', params: 3900000, macs: 312000000, source: 'the paper (has SE blocks)' },
		top1: [
			{
				value: 75.2,
				source: 'MnasNet paper Table 1 (312M, 3.9M); MobileNetV3 Table 3 read here prints 315M, 3.9M, 75.2'
			}
		]
	},
	{
		name: 'GhostNet 1.0×',
		family: 'reference',
		role: 'successor',
		year: 2019,
		resolution: 224,
		cost: {
			kind: 'counted',
			params: 5182508,
			macs: 141150512,
			source: 'own builder after the authors’ PyTorch code'
		},
		top1: [{ value: 73.9, source: 'GhostNet paper Table 7 (141M, 5.2M), table read in a public copy' }]
	},
	{
		name: 'SqueezeNext 1.0-SqNxt-23',
		family: 'squeezenet',
		role: 'successor',
		year: 2018,
		resolution: 227,
		cost: {
			kind: 'counted',
			params: 724056,
			macs: 281916416,
			source: 'own builder; params equal pytorchcv 724,056; 275.9M at 224'
		},
		top1: [{ value: 59.05, source: 'SqueezeNext paper (quoted in a public table read here)' }]
	},
	{
		name: 'SqueezeNext 1.0-SqNxt-23v5',
		family: 'squeezenet',
		role: 'successor',
		year: 2018,
		resolution: 227,
		cost: {
			kind: 'counted',
			params: 921816,
			macs: 281916416,
			source: 'own builder; params equal pytorchcv 921,816'
		},
		top1: [{ value: 59.24, source: 'SqueezeNext paper (quoted in a public table read here)' }]
	},
	{
		name: 'SqueezeNext 2.0-SqNxt-23v5',
		family: 'squeezenet',
		role: 'successor',
		year: 2018,
		resolution: 227,
		cost: {
			kind: 'counted',
			params: 3366344,
			macs: 891381760,
			source: 'own builder; params equal pytorchcv 3,366,344'
		},
		top1: [{ value: 67.44, source: 'SqueezeNext paper (quoted in a public table read here)' }]
	},
	{
		name: 'SqueezeNet v1.0',
		family: 'squeezenet',
		role: 'four',
		year: 2016,
		resolution: 227,
		cost: { kind: 'graph', network: 'squeezenet', knobs: {} },
		top1: [
			{ value: 57.5, source: 'SqueezeNet paper Table 2' },
			{ value: 58.092, source: 'torchvision 0.14.1 weights (224, 818.9M)' }
		]
	},
	{
		name: 'SqueezeNet v1.1',
		family: 'squeezenet',
		role: 'four',
		year: 2016,
		resolution: 227,
		cost: { kind: 'graph', network: 'squeezenet', knobs: { version: '1.1' } },
		top1: [{ value: 58.178, source: 'torchvision 0.14.1 weights (at 224, 349.2M)' }]
	},
	{
		name: 'SqueezeNet v1.0 + simple bypass',
		family: 'squeezenet',
		role: 'four',
		year: 2016,
		resolution: 227,
		cost: { kind: 'graph', network: 'squeezenet', knobs: { bypass: 'simple' } },
		top1: [
			{ value: 60.4, source: 'SqueezeNet paper Table 3; 0.603759 in songhan/SqueezeNet-Residual README' }
		]
	},
	{
		name: 'SqueezeNet v1.0 + complex bypass',
		family: 'squeezenet',
		role: 'four',
		year: 2016,
		resolution: 227,
		cost: { kind: 'graph', network: 'squeezenet', knobs: { bypass: 'complex' } },
		top1: [{ value: 58.8, source: 'SqueezeNet paper Table 3' }]
	},
	{
		name: 'MobileNet v1 1.0 224',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'mobilenet', knobs: {} },
		top1: [
			{ value: 70.6, source: 'MobileNet paper Table 6' },
			{ value: 70.9, source: 'tensorflow/models slim README' }
		]
	},
	{
		name: 'MobileNet v1 1.0 192',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 192,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { resolution: 192 } },
		top1: [
			{ value: 69.1, source: 'MobileNet paper Table 7' },
			{ value: 70.0, source: 'tensorflow/models slim README' }
		]
	},
	{
		name: 'MobileNet v1 1.0 160',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 160,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { resolution: 160 } },
		top1: [
			{ value: 67.2, source: 'MobileNet paper Table 7' },
			{ value: 68.0, source: 'tensorflow/models slim README' }
		]
	},
	{
		name: 'MobileNet v1 1.0 128',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 128,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { resolution: 128 } },
		top1: [
			{ value: 64.4, source: 'MobileNet paper Table 7' },
			{ value: 65.2, source: 'tensorflow/models slim README' }
		]
	},
	{
		name: 'MobileNet v1 0.75 224',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.75 } },
		top1: [
			{ value: 68.4, source: 'MobileNet paper Table 6' },
			{ value: 68.4, source: 'tensorflow/models slim README' }
		]
	},
	{
		name: 'MobileNet v1 0.75 192',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 192,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.75, resolution: 192 } },
		top1: [{ value: 67.2, source: 'tensorflow/models slim README' }]
	},
	{
		name: 'MobileNet v1 0.75 160',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 160,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.75, resolution: 160 } },
		top1: [{ value: 65.3, source: 'tensorflow/models slim README' }]
	},
	{
		name: 'MobileNet v1 0.75 128',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 128,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.75, resolution: 128 } },
		top1: [{ value: 62.1, source: 'tensorflow/models slim README' }]
	},
	{
		name: 'MobileNet v1 0.5 224',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.5 } },
		top1: [
			{ value: 63.7, source: 'MobileNet paper Table 6' },
			{ value: 63.3, source: 'tensorflow/models slim README' }
		]
	},
	{
		name: 'MobileNet v1 0.5 192',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 192,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.5, resolution: 192 } },
		top1: [{ value: 61.7, source: 'tensorflow/models slim README' }]
	},
	{
		name: 'MobileNet v1 0.5 160',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 160,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.5, resolution: 160 } },
		top1: [
			{ value: 60.2, source: 'MobileNet paper Table 9' },
			{ value: 59.1, source: 'tensorflow/models slim README' }
		]
	},
	{
		name: 'MobileNet v1 0.5 128',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 128,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.5, resolution: 128 } },
		top1: [{ value: 56.3, source: 'tensorflow/models slim README' }]
	},
	{
		name: 'MobileNet v1 0.25 224',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.25 } },
		top1: [
			{ value: 50.6, source: 'MobileNet paper Table 6' },
			{ value: 49.8, source: 'tensorflow/models slim README' }
		]
	},
	{
		name: 'MobileNet v1 0.25 192',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 192,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.25, resolution: 192 } },
		top1: [{ value: 47.7, source: 'tensorflow/models slim README' }]
	},
	{
		name: 'MobileNet v1 0.25 160',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 160,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.25, resolution: 160 } },
		top1: [{ value: 45.5, source: 'tensorflow/models slim README' }]
	},
	{
		name: 'MobileNet v1 0.25 128',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 128,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { alpha: 0.25, resolution: 128 } },
		top1: [{ value: 41.5, source: 'tensorflow/models slim README' }]
	},
	{
		name: 'Conv MobileNet',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { convolution: 'standard' } },
		top1: [{ value: 71.7, source: 'MobileNet paper Table 4' }]
	},
	{
		name: 'Shallow MobileNet',
		family: 'mobilenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'mobilenet', knobs: { repeats: 0 } },
		top1: [{ value: 65.3, source: 'MobileNet paper Table 5' }]
	},
	{
		name: 'ShuffleNet v1 1.0× g=1',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 1 } },
		top1: [{ value: 66.4, source: 'ShuffleNet paper (arXiv v2) Table 2, error 33.6%' }]
	},
	{
		name: 'ShuffleNet v1 1.0× g=2',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 2 } },
		top1: [{ value: 67.3, source: 'ShuffleNet paper (arXiv v2) Table 2, error 32.7%' }]
	},
	{
		name: 'ShuffleNet v1 1.0× g=3',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 3 } },
		top1: [{ value: 67.4, source: 'ShuffleNet paper (arXiv v2) Table 2, error 32.6%' }]
	},
	{
		name: 'ShuffleNet v1 1.0× g=4',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 4 } },
		top1: [{ value: 67.2, source: 'ShuffleNet paper (arXiv v2) Table 2, error 32.8%' }]
	},
	{
		name: 'ShuffleNet v1 1.0× g=8',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 8 } },
		top1: [{ value: 67.6, source: 'ShuffleNet paper (arXiv v2) Table 2, error 32.4%' }]
	},
	{
		name: 'ShuffleNet v1 0.5× g=1',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 1, scale: 0.5 } },
		top1: [{ value: 54.9, source: 'ShuffleNet paper (arXiv v2) Table 2, error 45.1%' }]
	},
	{
		name: 'ShuffleNet v1 0.5× g=2',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 2, scale: 0.5, rounding: 'up' } },
		top1: [{ value: 55.6, source: 'ShuffleNet paper (arXiv v2) Table 2, error 44.4%' }],
		note: 'widths as printed are not divisible by g; cost of the rounded variant, accuracy of the paper’s (unknown rounding)'
	},
	{
		name: 'ShuffleNet v1 0.5× g=3',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 3, scale: 0.5 } },
		top1: [{ value: 56.8, source: 'ShuffleNet paper (arXiv v2) Table 2, error 43.2%' }]
	},
	{
		name: 'ShuffleNet v1 0.5× g=4',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 4, scale: 0.5, rounding: 'up' } },
		top1: [{ value: 58.4, source: 'ShuffleNet paper (arXiv v2) Table 2, error 41.6%' }],
		note: 'widths as printed are not divisible by g; cost of the rounded variant, accuracy of the paper’s (unknown rounding)'
	},
	{
		name: 'ShuffleNet v1 0.5× g=8',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 8, scale: 0.5 } },
		top1: [{ value: 57.7, source: 'ShuffleNet paper (arXiv v2) Table 2, error 42.3%' }],
		note: 'widths as printed are not divisible by g; cost of the rounded variant, accuracy of the paper’s (unknown rounding)'
	},
	{
		name: 'ShuffleNet v1 0.25× g=1',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 1, scale: 0.25 } },
		top1: [{ value: 42.9, source: 'ShuffleNet paper (arXiv v2) Table 2, error 57.1%' }]
	},
	{
		name: 'ShuffleNet v1 0.25× g=2',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 2, scale: 0.25, rounding: 'up' } },
		top1: [{ value: 43.2, source: 'ShuffleNet paper (arXiv v2) Table 2, error 56.8%' }],
		note: 'widths as printed are not divisible by g; cost of the rounded variant, accuracy of the paper’s (unknown rounding)'
	},
	{
		name: 'ShuffleNet v1 0.25× g=3',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 3, scale: 0.25 } },
		top1: [{ value: 45.0, source: 'ShuffleNet paper (arXiv v2) Table 2, error 55.0%' }]
	},
	{
		name: 'ShuffleNet v1 0.25× g=4',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 4, scale: 0.25, rounding: 'up' } },
		top1: [{ value: 45.8, source: 'ShuffleNet paper (arXiv v2) Table 2, error 54.2%' }],
		note: 'widths as printed are not divisible by g; cost of the rounded variant, accuracy of the paper’s (unknown rounding)'
	},
	{
		name: 'ShuffleNet v1 0.25× g=8',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 8, scale: 0.25 } },
		top1: [{ value: 47.3, source: 'ShuffleNet paper (arXiv v2) Table 2, error 52.7%' }],
		note: 'widths as printed are not divisible by g; cost of the rounded variant, accuracy of the paper’s (unknown rounding)'
	},
	{
		name: 'ShuffleNet v1 1.5× g=3',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 3, scale: 1.5 } },
		top1: [
			{ value: 71.5, source: 'ShuffleNet paper Table 5, error 28.5%' },
			{ value: 71.6, source: 'megvii README' }
		]
	},
	{
		name: 'ShuffleNet v1 2× g=3',
		family: 'shufflenet',
		role: 'four',
		year: 2017,
		resolution: 224,
		cost: { kind: 'graph', network: 'shufflenet', knobs: { groups: 3, scale: 2 } },
		top1: [
			{ value: 73.7, source: 'ShuffleNet paper Table 5, error 26.3%' },
			{ value: 74.1, source: 'megvii README' }
		]
	},
	{
		name: 'Xception',
		family: 'xception',
		role: 'four',
		year: 2016,
		resolution: 299,
		cost: { kind: 'graph', network: 'xception', knobs: {} },
		top1: [{ value: 79.0, source: 'Xception paper Table 1; Keras applications 0.790' }]
	}
];
