import { describe, expect, it } from 'vitest';
import { locales } from '$lib/i18n';
import { referenceNets } from '$lib/nets/reference/referenceNet';
import { referenceCost } from '$lib/nets/reference/referenceNet';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { finding } from '$lib/viz/figures/compare/finding';
import { dominates } from '$lib/viz/figures/compare/layout/paretoFront';
import { frontOf } from '$lib/viz/figures/compare/front';
import { accuracyOf, paramsOf } from '$lib/viz/figures/compare/model';
import { sourceText } from '$lib/viz/figures/compare/sources';
import { techniques } from '$lib/viz/figures/compare/techniques';

const { models, lines } = catalogue('en');
const model = (id: string) => models.find((one) => one.id === id)!;

describe('catalogue', () => {
	it('has every network of the facts with their cost and first accuracy, and SqueezeNet v1.1 with both bypasses', () => {
		expect(models).toHaveLength(referenceNets.length + 2);
		referenceNets.forEach((facts, i) => {
			const { params, macs, top1 } = models[i]!;
			expect({ params, macs }, facts.name).toEqual(referenceCost(facts));
			expect(top1[0]?.value, facts.name).toBe(facts.top1[0]?.value);
		});
		expect(models.filter(({ top1 }) => top1.length === 0).map(({ id }) => id)).toEqual([
			'squeezenet-version-1.1-bypass-simple',
			'squeezenet-version-1.1-bypass-complex'
		]);
	});

	it('gives each network an id and a name of its own, that addresses can hold', () => {
		expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
		expect(new Set(models.map(({ name }) => name)).size).toBe(models.length);
		expect(models.filter(({ id }) => !/^[\w.-]{1,80}$/.test(id))).toEqual([]);
	});

	it('joins MobileNet by α and input size, ShuffleNet by g and scale, SqueezeNet by bypass and version', () => {
		expect(lines).toHaveLength(4 + 4 + 3 + 5 + 2 + 3);
		expect(lines).toContainEqual([
			'shufflenet-scale-0.25',
			'shufflenet-scale-0.5',
			'shufflenet',
			'shufflenet-scale-1.5',
			'shufflenet-scale-2'
		]);
		expect(lines).toContainEqual(['squeezenet', 'squeezenet-bypass-simple', 'squeezenet-bypass-complex']);
		expect(lines.flat().filter((id) => !model(id))).toEqual([]);
	});

	// Sources: DESIGN's counts; the papers' tables 2 (SqueezeNet, ShuffleNet) and 6 (MobileNet).
	it.each([
		['squeezenet', 1_248_424, 832_667_936, 57.5],
		['mobilenet', 4_231_976, 568_740_352, 70.6],
		['shufflenet', 1_865_728, 137_460_672, 67.4],
		['xception', 22_855_952, 8_357_403_496, 79.0]
	])('%s: %d parameters, %d MACs, %d%%', (id, params, macs, top1) => {
		expect(model(id)).toMatchObject({ params, macs });
		expect(accuracyOf(model(id))).toBe(top1);
	});

	it('counts MobileNet without batch norm and with its statistics, where that is known', () => {
		expect(paramsOf(model('mobilenet'), 'none')).toBe(4_210_088);
		expect(paramsOf(model('mobilenet'), 'all')).toBe(4_253_864);
		expect(paramsOf(model('resnet-34'), 'none')).toBe(model('resnet-34').params);
	});

	it('says the same in both languages, in other words', () => {
		const chinese = catalogue('zh').models;
		expect(chinese.map(({ id }) => id)).toEqual(models.map(({ id }) => id));
		expect(chinese.find(({ id }) => id === 'mobilenet')?.top1[0]?.source).toBe('MobileNet 论文，表 6');
	});
});

describe('sourceText', () => {
	const sources = [...new Set(referenceNets.flatMap(({ top1 }) => top1.map(({ source }) => source)))];

	it.each(sources)('%s: is read in full', (source) => {
		for (const locale of locales) {
			expect(sourceText(source, locale)).not.toMatch(/read here|quoted|public|error|IMAGENET1K|\d{2}M/);
		}
		expect(sourceText(source, 'zh')).not.toMatch(/paper|[Tt]able|weights|crop|\bof\b/);
	});

	it.each([
		[
			'SqueezeNet paper Table 2 / MobileNet paper Table 9 (Caffe AlexNet)',
			'SqueezeNet paper, table 2; MobileNet paper, table 9'
		],
		['ShuffleNet paper (arXiv v2) Table 2, error 32.4%', 'ShuffleNet paper (arXiv v2), table 2'],
		['DenseNet paper Table 3, single crop 25.02% error', 'DenseNet paper, table 3'],
		[
			'torchvision 0.14.1 weights resnet50 IMAGENET1K_V2, single 224 centre crop',
			'torchvision 0.14.1 weights resnet50 V2, one centre crop of 224 px'
		],
		[
			'SqueezeNet paper Table 3; 0.603759 in songhan/SqueezeNet-Residual README',
			'SqueezeNet paper, table 3; README of songhan/SqueezeNet-Residual'
		]
	])('%s', (source, text) => {
		expect(sourceText(source, 'en')).toBe(text);
	});
});

it('the finding is in the numbers of the models', () => {
	expect(finding(models)).toBe(
		'At AlexNet’s accuracy, SqueezeNet v1.0 has 49 times fewer parameters but 1.15 times the multiply-adds; ShuffleNet v1, 10 points more accurate, has 33 times fewer parameters and 5.3 times fewer multiply-adds.'
	);
});

describe('frontOf', () => {
	it.each([[['macs', 'top1']], [['params', 'top1']], [['macs', 'params', 'top1']]] as const)(
		'%s: nobody on it is beaten, and everybody else is',
		(quantities) => {
			const front = frontOf(models, quantities, 'trainable');
			const sign = { macs: 1, params: 1, top1: -1 };
			const criteria = quantities.map(
				(quantity) => (one: (typeof models)[number]) =>
					sign[quantity] * (quantity === 'top1' ? (accuracyOf(one) ?? 0) : one[quantity])
			);
			for (const one of models.filter(({ top1 }) => top1.length > 0)) {
				expect(front.has(one.id), one.id).toBe(!models.some((other) => dominates(other, one, criteria)));
			}
		}
	);
});

describe('techniques', () => {
	const [fire, separable, shuffle, extreme] = techniques('en');

	// By hand: 96·16 + 16·64 + 9·16·64; 9·512 + 512²; (2·240·60/3 + 9·60); 9·728 + 728².
	it('counts the weights on the graphs of the modules', () => {
		expect(fire?.example).toContain('11,776 weights');
		expect(separable?.example).toContain('266,752 weights');
		expect(shuffle?.example).toContain('10,140 weights');
		expect(extreme?.example).toContain('536,536 weights');
	});

	// By hand: 1 / (1/512 + 1/9) and 1 / (1/728 + 1/9).
	it('says how many times more a standard convolution costs', () => {
		expect(separable?.example).toContain('8.84 times');
		expect(extreme?.example).toContain('8.89 times');
	});

	it('follows the channels: a third without the shuffle, all with it', () => {
		expect(shuffle?.flow).toMatch(/each sees 8 of 24/);
	});

	it('has the same rows in both languages', () => {
		expect(techniques('zh').map(({ group, formula }) => [group, formula])).toEqual(
			techniques('en').map(({ group, formula }) => [group, formula])
		);
	});
});
