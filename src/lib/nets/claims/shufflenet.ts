import type { ClaimTable } from './claim';

export const shufflenetTables: readonly ClaimTable[] = [
	{
		source: 'shufflenet',
		table: 'Table 1',
		checked: 'read',
		rows: [
			[
				'ShuffleNet 1× (g = 1)',
				['shufflenet', { groups: 1 }],
				{ macs: ['143M', 'withoutClassifier'], stageChannels: '144, 288, 576' }
			],
			[
				'ShuffleNet 1× (g = 2)',
				['shufflenet', { groups: 2 }],
				{ macs: ['140M', 'withoutClassifier'], stageChannels: '200, 400, 800' }
			],
			[
				'ShuffleNet 1× (g = 3)',
				['shufflenet', { groups: 3 }],
				{ macs: ['137M', 'withoutClassifier'], stageChannels: '240, 480, 960' }
			],
			[
				'ShuffleNet 1× (g = 4)',
				['shufflenet', { groups: 4 }],
				{ macs: ['133M', 'withoutClassifier'], stageChannels: '272, 544, 1088' }
			],
			[
				'ShuffleNet 1× (g = 8)',
				['shufflenet', { groups: 8 }],
				{ macs: ['137M', 'withoutClassifier'], stageChannels: '384, 768, 1536' }
			]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 2',
		checked: 'read',
		rows: [
			[
				'ShuffleNet 1.0× g=1',
				['shufflenet', { groups: 1 }],
				{ macs: ['140M', 'budget'], top1Error: '33.6%' }
			],
			[
				'ShuffleNet 1.0× g=2',
				['shufflenet', { groups: 2 }],
				{ macs: ['140M', 'budget'], top1Error: '32.7%' }
			],
			[
				'ShuffleNet 1.0× g=3',
				['shufflenet', { groups: 3 }],
				{ macs: ['140M', 'budget'], top1Error: '32.6%' }
			],
			[
				'ShuffleNet 1.0× g=4',
				['shufflenet', { groups: 4 }],
				{ macs: ['140M', 'budget'], top1Error: '32.8%' }
			],
			[
				'ShuffleNet 1.0× g=8',
				['shufflenet', { groups: 8 }],
				{ macs: ['140M', 'budget'], top1Error: '32.4%' }
			],
			[
				'ShuffleNet 0.5× g=1',
				['shufflenet', { groups: 1, scale: 0.5 }],
				{ macs: ['38M', 'budget'], top1Error: '45.1%' }
			],
			[
				'ShuffleNet 0.5× g=2',
				['shufflenet', { groups: 2, scale: 0.5, rounding: 'up' }],
				{ macs: ['38M', 'budget', 'widthsRounded'], top1Error: '44.4%' }
			],
			[
				'ShuffleNet 0.5× g=3',
				['shufflenet', { groups: 3, scale: 0.5 }],
				{ macs: ['38M', 'budget'], top1Error: '43.2%' }
			],
			[
				'ShuffleNet 0.5× g=4',
				['shufflenet', { groups: 4, scale: 0.5, rounding: 'up' }],
				{ macs: ['38M', 'budget', 'widthsRounded'], top1Error: '41.6%' }
			],
			[
				'ShuffleNet 0.5× g=8',
				['shufflenet', { groups: 8, scale: 0.5 }],
				{ macs: ['38M', 'budget'], top1Error: '42.3%' }
			],
			[
				'ShuffleNet 0.25× g=1',
				['shufflenet', { groups: 1, scale: 0.25 }],
				{ macs: ['13M', 'budget'], top1Error: '57.1%' }
			],
			[
				'ShuffleNet 0.25× g=2',
				['shufflenet', { groups: 2, scale: 0.25, rounding: 'up' }],
				{ macs: ['13M', 'budget', 'widthsRounded'], top1Error: '56.8%' }
			],
			[
				'ShuffleNet 0.25× g=3',
				['shufflenet', { groups: 3, scale: 0.25 }],
				{ macs: ['13M', 'budget'], top1Error: '55.0%' }
			],
			[
				'ShuffleNet 0.25× g=4',
				['shufflenet', { groups: 4, scale: 0.25, rounding: 'up' }],
				{ macs: ['13M', 'budget', 'widthsRounded'], top1Error: '54.2%' }
			],
			[
				'ShuffleNet 0.25× g=8',
				['shufflenet', { groups: 8, scale: 0.25 }],
				{ macs: ['13M', 'budget'], top1Error: '52.7%' }
			]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 3',
		checked: 'read',
		rows: [
			[
				'ShuffleNet 1× (g=3), no shuffle',
				['shufflenet', { groups: 3, shuffle: false }],
				{ top1Error: '34.5%' }
			],
			['ShuffleNet 1× (g=3), shuffle', ['shufflenet', { groups: 3 }], { top1Error: '32.6%' }],
			[
				'ShuffleNet 1× (g=8), no shuffle',
				['shufflenet', { groups: 8, shuffle: false }],
				{ top1Error: '37.6%' }
			],
			['ShuffleNet 1× (g=8), shuffle', ['shufflenet', { groups: 8 }], { top1Error: '32.4%' }],
			[
				'ShuffleNet 0.5× (g=3), no shuffle',
				['shufflenet', { groups: 3, scale: 0.5, shuffle: false }],
				{ top1Error: '45.7%' }
			],
			['ShuffleNet 0.5× (g=3), shuffle', ['shufflenet', { groups: 3, scale: 0.5 }], { top1Error: '43.2%' }],
			[
				'ShuffleNet 0.5× (g=8), no shuffle',
				['shufflenet', { groups: 8, scale: 0.5, shuffle: false }],
				{ top1Error: '48.1%' }
			],
			['ShuffleNet 0.5× (g=8), shuffle', ['shufflenet', { groups: 8, scale: 0.5 }], { top1Error: '42.3%' }],
			[
				'ShuffleNet 0.25× (g=3), no shuffle',
				['shufflenet', { groups: 3, scale: 0.25, shuffle: false }],
				{ top1Error: '56.3%' }
			],
			['ShuffleNet 0.25× (g=3), shuffle', ['shufflenet', { groups: 3, scale: 0.25 }], { top1Error: '55.0%' }],
			[
				'ShuffleNet 0.25× (g=8), no shuffle',
				['shufflenet', { groups: 8, scale: 0.25, shuffle: false }],
				{ top1Error: '56.5%' }
			],
			['ShuffleNet 0.25× (g=8), shuffle', ['shufflenet', { groups: 8, scale: 0.25 }], { top1Error: '52.7%' }]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 5',
		checked: 'read',
		rows: [
			[
				'ShuffleNet 2× (g = 3)',
				['shufflenet', { groups: 3, scale: 2 }],
				{ macs: '524M', top1Error: '26.3%' }
			],
			[
				'ShuffleNet 1.5× (g = 3)',
				['shufflenet', { groups: 3, scale: 1.5 }],
				{ macs: '292M', top1Error: '28.5%' }
			],
			[
				'ShuffleNet 1× (g = 8)',
				['shufflenet', { groups: 8 }],
				{ macs: ['140M', 'budget'], top1Error: '32.4%' }
			],
			[
				'ShuffleNet 0.5× (g = 4)',
				['shufflenet', { groups: 4, scale: 0.5, rounding: 'up' }],
				{ macs: ['38M', 'widthsRounded'], top1Error: '41.6%' }
			]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 6',
		checked: 'read',
		rows: [
			[
				'ShuffleNet 2× (g = 3)',
				['shufflenet', { groups: 3, scale: 2 }],
				{ macs: '524M', top1Error: '26.3%' }
			],
			[
				'ShuffleNet 1× (g = 8)',
				['shufflenet', { groups: 8 }],
				{ macs: ['140M', 'budget'], top1Error: '32.4%' }
			],
			[
				'ShuffleNet 0.5× (g = 4)',
				['shufflenet', { groups: 4, scale: 0.5, rounding: 'up' }],
				{ macs: ['38M', 'widthsRounded'], top1Error: '41.6%' }
			]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 8',
		checked: 'read',
		rows: [
			['ShuffleNet 0.5× (g = 3)', ['shufflenet', { groups: 3, scale: 0.5 }], { latency: '15.2ms' }],
			['ShuffleNet 1× (g = 3)', ['shufflenet', { groups: 3 }], { latency: '37.8ms' }],
			['ShuffleNet 2× (g = 3)', ['shufflenet', { groups: 3, scale: 2 }], { latency: '108.8ms' }]
		]
	},
	{
		source: 'megvii',
		table: 'ShuffleNetV1',
		checked: 'read',
		rows: [
			[
				'ShuffleNetV1 2.0x (group=3)',
				['shufflenet', { groups: 3, scale: 2 }],
				{ macs: '524M', params: ['5.4M', 'truncated'], top1Error: '25.9%', top5Error: '8.6%' }
			],
			[
				'ShuffleNetV1 2.0x (group=8)',
				['shufflenet', { groups: 8, scale: 2 }],
				{ macs: '522M', params: '6.5M', top1Error: '27.1%', top5Error: '9.2%' }
			],
			[
				'ShuffleNetV1 1.5x (group=3)',
				['shufflenet', { groups: 3, scale: 1.5 }],
				{ macs: '292M', params: '3.4M', top1Error: '28.4%', top5Error: '9.8%' }
			],
			[
				'ShuffleNetV1 1.5x (group=8)',
				['shufflenet', { groups: 8, scale: 1.5 }],
				{ macs: '290M', params: '4.3M', top1Error: '29.0%', top5Error: '10.4%' }
			],
			[
				'ShuffleNetV1 1.0x (group=3)',
				['shufflenet', { groups: 3 }],
				{ macs: ['138M', 'unknownCounting'], params: '1.9M', top1Error: '32.2%', top5Error: '12.3%' }
			],
			[
				'ShuffleNetV1 1.0x (group=8)',
				['shufflenet', { groups: 8 }],
				{ macs: '138M', params: '2.4M', top1Error: '32.0%', top5Error: '13.6%' }
			],
			[
				'ShuffleNetV1 0.5x (group=3)',
				['shufflenet', { groups: 3, scale: 0.5 }],
				{ macs: '38M', params: '0.7M', top1Error: '42.7%', top5Error: '20.0%' }
			],
			[
				'ShuffleNetV1 0.5x (group=8)',
				['shufflenet', { groups: 8, scale: 0.5 }],
				{ macs: '40M', params: '1.0M', top1Error: '41.2%', top5Error: '19.0%' }
			]
		]
	}
];
