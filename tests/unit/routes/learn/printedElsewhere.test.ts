import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { budgets } from '../../../../src/lib/viz/figures/groupWidths/knobs';
import { groupWidths } from '../../../../src/lib/viz/figures/groupWidths/widths';
import {
	shufflenetShallow,
	shufflenetTable4,
	xceptionJft,
	xceptionSteps
} from '../../../../src/routes/[lang=lang]/(site)/learn/printedElsewhere';
import { publishedFacts } from '../../../data';

interface Entry {
	readonly paper: string;
	readonly table: string;
	readonly model: string;
	readonly metric: string;
	readonly value: number;
}

it.skipIf(publishedFacts.isAbsent)(publishedFacts.needed('are what was read in the papers'), () => {
	const { entries } = JSON.parse(readFileSync(publishedFacts.path, 'utf8')) as { entries: Entry[] };
	const read = (paper: string, table: string, model: RegExp, metric: string) =>
		entries.find(
			(entry) =>
				entry.paper === paper && entry.table === table && model.test(entry.model) && entry.metric === metric
		)?.value ?? null;
	const names = {
		vgg: 'VGG',
		resnet: 'ResNet',
		xception: 'Xception',
		resnext: 'ResNeXt',
		shufflenet: 'ShuffleNet'
	};
	for (const [budget, row] of Object.entries(shufflenetTable4))
		for (const [unit, value] of Object.entries(row)) {
			const name = names[unit as keyof typeof names];
			const model = new RegExp(`^${name}.*@ ${budget} MFLOPs$`);
			expect(read('shufflenet', 'Table 4', model, 'top1_error'), `${name} at ${budget}`).toBe(value);
		}
	const shallow = (metric: string) => read('shufflenet', 'Table 5', /shallow, g=3/, metric);
	expect(shallow('top1_error')).toBe(shufflenetShallow.top1Error);
	expect(shallow('complexity')).toBe(shufflenetShallow.macs);
	for (const [ending, row] of Object.entries({
		'with FC': xceptionJft.withLayers,
		'no FC': xceptionJft.without
	})) {
		const jft = (name: string) =>
			read('xception', 'Table 2', new RegExp(`^${name}.*${ending}`), 'FastEval14k MAP@100');
		expect(jft('Xception')).toBe(row.xception);
		expect(jft('Inception V3')).toBe(row.inceptionV3);
	}
	expect(read('xception', 'Table 3', /^Xception$/, 'steps_per_second')).toBe(xceptionSteps.xception);
	expect(read('xception', 'Table 3', /^Inception V3$/, 'steps_per_second')).toBe(xceptionSteps.inceptionV3);
});

/** Chapter 6 says that the one is the other. */
it('Xception-like networks of table 4 have the errors of one group in table 2', () => {
	const ungrouped = budgets.map(({ scale }) => groupWidths(scale).find(({ groups }) => groups === 1)!.error);
	const like = budgets.map(
		({ millions }) => shufflenetTable4[millions as keyof typeof shufflenetTable4].xception
	);
	expect(ungrouped).toEqual(like);
});
