import type { ClaimTable } from './claim';

/** What the four papers print of the networks that they compare with. */
export const otherTables: readonly ClaimTable[] = [
	{
		source: 'mobilenet',
		table: 'Table 8',
		checked: 'read',
		rows: [
			[
				'GoogleNet',
				['googlenet'],
				{ macs: ['1550M', 'unknownCounting'], params: ['6.8M', 'unknownCounting'], top1Accuracy: '69.8%' }
			],
			[
				'VGG 16',
				['vgg16'],
				{ macs: ['15300M', 'withoutClassifier', 'roundedCoarsely'], params: '138M', top1Accuracy: '71.5%' }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 9',
		checked: 'read',
		rows: [
			[
				'AlexNet',
				['alexnet'],
				{ macs: ['720M', 'roundedCoarsely'], params: ['60M', 'truncated'], top1Accuracy: '57.2%' }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 10',
		checked: 'read',
		rows: [
			[
				'Inception V3, 120 dogs',
				['inception-v3', { classes: 120 }],
				{ macs: ['5000M', 'unknownCounting'], params: ['23.2M', 'unknownCounting'], top1Accuracy: '84%' }
			]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 6',
		checked: 'read',
		rows: [
			['VGG-16', ['vgg16'], { macs: ['15300M', 'withoutClassifier', 'roundedCoarsely'], top1Error: '28.5%' }],
			['GoogleNet', ['googlenet'], { macs: ['1500M', 'budget'], top1Error: '31.3%' }],
			['AlexNet', ['alexnet'], { macs: ['720M', 'roundedCoarsely'], top1Error: '42.8%' }]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 8',
		checked: 'read',
		rows: [['AlexNet', ['alexnet', { resolution: 224 }], { latency: '184.0ms' }]]
	},
	{
		source: 'xception',
		table: 'Table 1',
		checked: 'memory',
		rows: [
			['VGG-16', ['vgg16'], { top1Accuracy: '71.5%', top5Accuracy: '90.1%' }],
			['Inception V3', ['inception-v3'], { top1Accuracy: '78.2%', top5Accuracy: '94.1%' }]
		]
	},
	{
		source: 'xception',
		table: 'Table 3',
		checked: 'read',
		rows: [['Inception V3', ['inception-v3'], { params: ['23626728', 'otherVersion'] }]]
	}
];
