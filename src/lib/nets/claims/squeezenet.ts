import type { ClaimTable } from './claim';

export const squeezenetTables: readonly ClaimTable[] = [
	{
		source: 'squeezenet',
		table: 'Table 1',
		checked: 'read',
		rows: [
			[
				'conv1',
				['squeezenet', {}, 'conv1'],
				{ layerOutput: '111x111x96', layerParams: '14208', paramsAfterPruning: '14208' }
			],
			['maxpool1', ['squeezenet', {}, 'pool1'], { layerOutput: '55x55x96' }],
			[
				'fire2',
				['squeezenet', {}, 'fire2'],
				{ layerOutput: '55x55x128', layerParams: '11920', paramsAfterPruning: '5746' }
			],
			[
				'fire3',
				['squeezenet', {}, 'fire3'],
				{ layerOutput: '55x55x128', layerParams: '12432', paramsAfterPruning: '6258' }
			],
			[
				'fire4',
				['squeezenet', {}, 'fire4'],
				{ layerOutput: '55x55x256', layerParams: '45344', paramsAfterPruning: '20646' }
			],
			['maxpool4', ['squeezenet', {}, 'pool4'], { layerOutput: '27x27x256' }],
			[
				'fire5',
				['squeezenet', {}, 'fire5'],
				{ layerOutput: '27x27x256', layerParams: '49440', paramsAfterPruning: '24742' }
			],
			[
				'fire6',
				['squeezenet', {}, 'fire6'],
				{ layerOutput: '27x27x384', layerParams: '104880', paramsAfterPruning: '44700' }
			],
			[
				'fire7',
				['squeezenet', {}, 'fire7'],
				{ layerOutput: '27x27x384', layerParams: '111024', paramsAfterPruning: '46236' }
			],
			[
				'fire8',
				['squeezenet', {}, 'fire8'],
				// Repeats the figure of fire9; its own sparsities give 82,005.
				{ layerOutput: '27x27x512', layerParams: '188992', paramsAfterPruning: ['77581', 'misprint'] }
			],
			['maxpool8', ['squeezenet', {}, 'pool8'], { layerOutput: ['13x12x512', 'misprint'] }],
			[
				'fire9',
				['squeezenet', {}, 'fire9'],
				{ layerOutput: '13x13x512', layerParams: '197184', paramsAfterPruning: '77581' }
			],
			[
				'conv10',
				['squeezenet', {}, 'conv10'],
				{ layerOutput: '13x13x1000', layerParams: '513000', paramsAfterPruning: '103400' }
			],
			['avgpool10', ['squeezenet', {}, 'pool10'], { layerOutput: '1x1x1000' }],
			['SqueezeNet', ['squeezenet'], { params: '1248424', paramsAfterPruning: '421098' }]
		]
	},
	{
		source: 'squeezenet',
		table: 'Table 2',
		checked: 'memory',
		rows: [
			[
				'AlexNet, 32 bit',
				['alexnet'],
				{ modelSize: ['240MB', 'roundedCoarsely'], top1Accuracy: '57.2%', top5Accuracy: '80.3%' }
			],
			[
				'AlexNet, Deep Compression, 5–8 bit',
				['alexnet'],
				{ compressedSize: ['6.9MB', 'deepCompression'], top1Accuracy: '57.2%', top5Accuracy: '80.3%' }
			],
			[
				'SqueezeNet, 32 bit',
				['squeezenet'],
				{ modelSize: ['4.8MB', 'mebibytes'], top1Accuracy: '57.5%', top5Accuracy: '80.3%' }
			],
			[
				'SqueezeNet, Deep Compression, 8 bit',
				['squeezenet'],
				{ compressedSize: ['0.66MB', 'deepCompression'], top1Accuracy: '57.5%', top5Accuracy: '80.3%' }
			],
			[
				'SqueezeNet, Deep Compression, 6 bit',
				['squeezenet'],
				{ compressedSize: ['0.47MB', 'deepCompression'], top1Accuracy: '57.5%', top5Accuracy: '80.3%' }
			]
		]
	},
	{
		source: 'squeezenet',
		table: 'Table 3',
		checked: 'memory',
		rows: [
			[
				'Vanilla SqueezeNet',
				['squeezenet'],
				{ modelSize: ['4.8MB', 'mebibytes'], top1Accuracy: '57.5%', top5Accuracy: '80.3%' }
			],
			[
				'SqueezeNet + Simple Bypass',
				['squeezenet', { bypass: 'simple' }],
				{ modelSize: ['4.8MB', 'mebibytes'], top1Accuracy: '60.4%', top5Accuracy: '82.5%' }
			],
			[
				'SqueezeNet + Complex Bypass',
				['squeezenet', { bypass: 'complex' }],
				{ modelSize: ['7.7MB', 'unknownCounting'], top1Accuracy: '58.8%', top5Accuracy: '82.0%' }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 9',
		checked: 'read',
		rows: [
			[
				'Squeezenet',
				['squeezenet'],
				{ macs: ['1700M', 'flopsNotMacs', 'roundedCoarsely'], params: '1.25M', top1Accuracy: '57.5%' }
			]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 6',
		checked: 'read',
		rows: [['SqueezeNet', ['squeezenet'], { macs: '833M', top1Error: '42.5%' }]]
	}
];
