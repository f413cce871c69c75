import type { ClaimTable } from './claim';

export const xceptionTables: readonly ClaimTable[] = [
	{
		source: 'xception',
		table: 'Table 1',
		checked: 'memory',
		rows: [['Xception', ['xception'], { top1Accuracy: '79.0%', top5Accuracy: '94.5%' }]]
	},
	{
		source: 'xception',
		table: 'Table 3',
		checked: 'read',
		rows: [['Xception', ['xception'], { params: '22855952' }]]
	},
	{
		source: 'keras',
		table: 'Xception',
		checked: 'read',
		rows: [['Xception', ['xception'], { params: ['22910480', 'withStatistics'] }]]
	}
];
