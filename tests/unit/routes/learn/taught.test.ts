import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { locales, type Locale } from '$lib/i18n';
import { networkById, networkIds, type NetworkId } from '$lib/nets';
import { benchOps, type BenchOp } from '$lib/viz/figures/bench/spec';
import { contents } from '../../../../src/routes/[lang=lang]/(site)/learn/lessons';
import {
	taughtNetwork,
	taughtOperation,
	type Taught
} from '../../../../src/routes/[lang=lang]/(site)/learn/taught';

/** What a section that explains it has to speak of. */
const operations: Readonly<Record<BenchOp, RegExp>> = {
	standard: /filter|卷积核/,
	pointwise: /pointwise|逐点卷积/i,
	depthwise: /depthwise|逐深度卷积/i,
	separable: /separable|逐深度的图/,
	group: /group convolution|分组卷积/,
	shuffle: /channel shuffle|通道混洗/,
	transposed: /transposed convolution|转置卷积/,
	pooling: /max pooling|最大池化/i
};
const named: Readonly<Partial<Record<NetworkId, RegExp>>> = {
	// Its own chapter, which calls it the network there.
	mobilenet: /classifier|分类器/,
	'fire-module': /fire module|Fire 模块/,
	'shuffle-unit': /ShuffleNet unit|ShuffleNet 单元/,
	'one-backbone': /one small network|同一个小网络/,
	'mobilenet-v3-small': /MobileNetV3/,
	'mobilenet-v3-large': /MobileNetV3/,
	'inception-v3': /Inception/,
	resnet18: /ResNet/,
	resnext50: /ResNeXt/
};
const nameOf = (id: NetworkId) => named[id] ?? new RegExp(networkById(id).title.replace(/ v1$/, ''));

describe.each(locales)('what pages link to as explaining them, in %s', (language) => {
	it.each(benchOps)('speaks of %s', (op) => {
		expect(sectionOf(taughtOperation(language, op), language)).toMatch(operations[op]);
	});
	it.each(networkIds)('speaks of %s', (id) => {
		expect(sectionOf(taughtNetwork(language, id), language)).toMatch(nameOf(id));
	});
});

/** The words of a section, from its heading to the next. */
function sectionOf({ path }: Taught, language: Locale): string {
	const [slug = '', anchor = ''] = path.replace('/learn/', '').split('#');
	const { number } = contents(language).find((lesson) => lesson.slug === slug)!;
	const text = readFileSync(`src/lib/lessons/${language}/${number}-${slug}.md`, 'utf8');
	const section = text.split(/^## /m).find((part) => part.split('\n')[0]!.includes(`{#${anchor}}`));
	if (section === undefined) throw new Error(`${slug} has no section ${anchor}`);
	return section.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => name);
}
