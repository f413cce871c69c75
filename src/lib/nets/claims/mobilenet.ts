import type { ClaimTable } from './claim';

const SEPARABLE = 'separable8';

export const mobilenetTables: readonly ClaimTable[] = [
	{
		source: 'mobilenet',
		table: 'Section 3.1',
		checked: 'memory',
		rows: [
			[
				'3×3 depthwise separable',
				['mobilenet', {}, SEPARABLE],
				{ separableSaving: ['8 to 9×', 'manyChannels'] }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 2',
		checked: 'read',
		rows: [
			['Conv 1×1', ['mobilenet', {}, 'pointwise'], { macsShare: '94.86%', paramsShare: '74.59%' }],
			['Conv DW 3×3', ['mobilenet', {}, 'depthwise'], { macsShare: '3.06%', paramsShare: '1.06%' }],
			['Conv 3×3', ['mobilenet', {}, 'standard'], { macsShare: ['1.19%', 'misprint'], paramsShare: '0.02%' }],
			['Fully Connected', ['mobilenet', {}, 'dense'], { macsShare: '0.18%', paramsShare: '24.33%' }]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 3',
		checked: 'read',
		rows: [
			[
				'Convolution',
				['mobilenet', { convolution: 'standard' }, 'standard8'],
				{ layerMacs: '462M', layerParams: '2.36M' }
			],
			[
				'Depthwise Separable Conv',
				['mobilenet', {}, SEPARABLE],
				{ layerMacs: '52.3M', layerParams: ['0.27M', 'withoutBatchNorm'] }
			],
			[
				'α = 0.75',
				['mobilenet', { alpha: 0.75 }, SEPARABLE],
				{ layerMacs: '29.6M', layerParams: ['0.15M', 'withoutBatchNorm'] }
			],
			[
				'ρ = 0.714',
				['mobilenet', { alpha: 0.75, resolution: 160 }, SEPARABLE],
				{ layerMacs: '15.1M', layerParams: ['0.15M', 'withoutBatchNorm'] }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 4',
		checked: 'read',
		rows: [
			[
				'Conv MobileNet',
				['mobilenet', { convolution: 'standard' }],
				{ macs: ['4866M', 'withoutClassifier'], params: ['29.3M', 'withoutBatchNorm'], top1Accuracy: '71.7%' }
			],
			[
				'MobileNet',
				['mobilenet'],
				{ macs: '569M', params: ['4.2M', 'withoutBatchNorm'], top1Accuracy: '70.6%' }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 5',
		checked: 'read',
		rows: [
			[
				'0.75 MobileNet',
				['mobilenet', { alpha: 0.75 }],
				{ macs: '325M', params: ['2.6M', 'withoutBatchNorm'], top1Accuracy: '68.4%' }
			],
			[
				'Shallow MobileNet',
				['mobilenet', { repeats: 0 }],
				{ macs: '307M', params: ['2.9M', 'withoutBatchNorm'], top1Accuracy: '65.3%' }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 6',
		checked: 'read',
		rows: [
			[
				'1.0 MobileNet-224',
				['mobilenet'],
				{ macs: '569M', params: ['4.2M', 'withoutBatchNorm'], top1Accuracy: '70.6%' }
			],
			[
				'0.75 MobileNet-224',
				['mobilenet', { alpha: 0.75 }],
				{ macs: '325M', params: ['2.6M', 'withoutBatchNorm'], top1Accuracy: '68.4%' }
			],
			[
				'0.5 MobileNet-224',
				['mobilenet', { alpha: 0.5 }],
				{ macs: '149M', params: ['1.3M', 'withoutBatchNorm'], top1Accuracy: '63.7%' }
			],
			[
				'0.25 MobileNet-224',
				['mobilenet', { alpha: 0.25 }],
				{ macs: '41M', params: ['0.5M', 'withoutBatchNorm'], top1Accuracy: '50.6%' }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 7',
		checked: 'read',
		rows: [
			[
				'1.0 MobileNet-224',
				['mobilenet'],
				{ macs: '569M', params: ['4.2M', 'withoutBatchNorm'], top1Accuracy: '70.6%' }
			],
			[
				'1.0 MobileNet-192',
				['mobilenet', { resolution: 192 }],
				{ macs: '418M', params: ['4.2M', 'withoutBatchNorm'], top1Accuracy: '69.1%' }
			],
			[
				'1.0 MobileNet-160',
				['mobilenet', { resolution: 160 }],
				{ macs: ['290M', 'truncated'], params: ['4.2M', 'withoutBatchNorm'], top1Accuracy: '67.2%' }
			],
			[
				'1.0 MobileNet-128',
				['mobilenet', { resolution: 128 }],
				{ macs: '186M', params: ['4.2M', 'withoutBatchNorm'], top1Accuracy: '64.4%' }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 8',
		checked: 'read',
		rows: [
			[
				'1.0 MobileNet-224',
				['mobilenet'],
				{ macs: '569M', params: ['4.2M', 'withoutBatchNorm'], top1Accuracy: '70.6%' }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 9',
		checked: 'read',
		rows: [
			[
				'0.50 MobileNet-160',
				['mobilenet', { alpha: 0.5, resolution: 160 }],
				{ macs: ['76M', 'truncated'], params: ['1.32M', 'withoutBatchNorm'], top1Accuracy: '60.2%' }
			]
		]
	},
	{
		source: 'mobilenet',
		table: 'Table 10',
		checked: 'read',
		rows: [
			[
				'1.0 MobileNet-224, 120 dogs',
				['mobilenet', { classes: 120 }],
				{ macs: ['569M', 'thousandClasses'], params: ['3.3M', 'withoutBatchNorm'], top1Accuracy: '83.3%' }
			],
			[
				'0.75 MobileNet-224, 120 dogs',
				['mobilenet', { alpha: 0.75, classes: 120 }],
				{ macs: ['325M', 'thousandClasses'], params: ['1.9M', 'withoutBatchNorm'], top1Accuracy: '81.9%' }
			],
			[
				'1.0 MobileNet-192, 120 dogs',
				['mobilenet', { resolution: 192, classes: 120 }],
				{ macs: ['418M', 'thousandClasses'], params: ['3.3M', 'withoutBatchNorm'], top1Accuracy: '81.9%' }
			],
			[
				'0.75 MobileNet-192, 120 dogs',
				['mobilenet', { alpha: 0.75, resolution: 192, classes: 120 }],
				{ macs: ['239M', 'thousandClasses'], params: ['1.9M', 'withoutBatchNorm'], top1Accuracy: '80.5%' }
			]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 5',
		checked: 'read',
		rows: [
			['1.0 MobileNet-224', ['mobilenet'], { macs: '569M', top1Error: '29.4%' }],
			['0.75 MobileNet-224', ['mobilenet', { alpha: 0.75 }], { macs: '325M', top1Error: '31.6%' }],
			['0.5 MobileNet-224', ['mobilenet', { alpha: 0.5 }], { macs: '149M', top1Error: '36.3%' }],
			['0.25 MobileNet-224', ['mobilenet', { alpha: 0.25 }], { macs: '41M', top1Error: '49.4%' }]
		]
	},
	{
		source: 'shufflenet',
		table: 'Table 8',
		checked: 'read',
		rows: [['1.0 MobileNet-224', ['mobilenet'], { latency: '110.0ms' }]]
	},
	{
		source: 'slim',
		table: 'Pre-trained models',
		checked: 'read',
		rows: [
			[
				'MobileNet_v1_1.0_224',
				['mobilenet'],
				{
					macs: '569M',
					params: ['4.24M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '70.9%',
					top5Accuracy: '89.9%'
				}
			],
			[
				'MobileNet_v1_1.0_192',
				['mobilenet', { resolution: 192 }],
				{
					macs: '418M',
					params: ['4.24M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '70.0%',
					top5Accuracy: '89.2%'
				}
			],
			[
				'MobileNet_v1_1.0_160',
				['mobilenet', { resolution: 160 }],
				{
					macs: '291M',
					params: ['4.24M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '68.0%',
					top5Accuracy: '87.7%'
				}
			],
			[
				'MobileNet_v1_1.0_128',
				['mobilenet', { resolution: 128 }],
				{
					macs: '186M',
					params: ['4.24M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '65.2%',
					top5Accuracy: '85.8%'
				}
			],
			[
				'MobileNet_v1_0.75_224',
				['mobilenet', { alpha: 0.75 }],
				{
					macs: ['317M', 'withoutFirstLayer'],
					params: ['2.59M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '68.4%',
					top5Accuracy: '88.2%'
				}
			],
			[
				'MobileNet_v1_0.75_192',
				['mobilenet', { alpha: 0.75, resolution: 192 }],
				{
					macs: ['233M', 'withoutFirstLayer'],
					params: ['2.59M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '67.2%',
					top5Accuracy: '87.3%'
				}
			],
			[
				'MobileNet_v1_0.75_160',
				['mobilenet', { alpha: 0.75, resolution: 160 }],
				{
					macs: ['162M', 'withoutFirstLayer'],
					params: ['2.59M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '65.3%',
					top5Accuracy: '86.0%'
				}
			],
			[
				'MobileNet_v1_0.75_128',
				['mobilenet', { alpha: 0.75, resolution: 128 }],
				{
					macs: ['104M', 'withoutFirstLayer'],
					params: ['2.59M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '62.1%',
					top5Accuracy: '83.9%'
				}
			],
			[
				'MobileNet_v1_0.5_224',
				['mobilenet', { alpha: 0.5 }],
				{
					macs: ['150M', 'roundedCoarsely'],
					params: ['1.34M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '63.3%',
					top5Accuracy: '84.9%'
				}
			],
			[
				'MobileNet_v1_0.5_192',
				['mobilenet', { alpha: 0.5, resolution: 192 }],
				{
					macs: '110M',
					params: ['1.34M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '61.7%',
					top5Accuracy: '83.6%'
				}
			],
			[
				'MobileNet_v1_0.5_160',
				['mobilenet', { alpha: 0.5, resolution: 160 }],
				{
					macs: '77M',
					params: ['1.34M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '59.1%',
					top5Accuracy: '81.9%'
				}
			],
			[
				'MobileNet_v1_0.5_128',
				['mobilenet', { alpha: 0.5, resolution: 128 }],
				{
					macs: '49M',
					params: ['1.34M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '56.3%',
					top5Accuracy: '79.4%'
				}
			],
			[
				'MobileNet_v1_0.25_224',
				['mobilenet', { alpha: 0.25 }],
				{
					macs: '41M',
					params: ['0.47M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '49.8%',
					top5Accuracy: '74.2%'
				}
			],
			[
				'MobileNet_v1_0.25_192',
				['mobilenet', { alpha: 0.25, resolution: 192 }],
				{
					macs: ['34M', 'misprint'],
					params: ['0.47M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '47.7%',
					top5Accuracy: '72.3%'
				}
			],
			[
				'MobileNet_v1_0.25_160',
				['mobilenet', { alpha: 0.25, resolution: 160 }],
				{
					macs: '21M',
					params: ['0.47M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '45.5%',
					top5Accuracy: '70.3%'
				}
			],
			[
				'MobileNet_v1_0.25_128',
				['mobilenet', { alpha: 0.25, resolution: 128 }],
				{
					macs: '14M',
					params: ['0.47M', 'threeValuesPerBatchNorm'],
					top1Accuracy: '41.5%',
					top5Accuracy: '66.3%'
				}
			]
		]
	}
];
