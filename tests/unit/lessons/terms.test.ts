import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** One term for one thing, in Chinese: what it is called here, and what it is not. */
const terms: readonly (readonly [term: string, others: RegExp])[] = [
	['运算台', /实验台|操作台/],
	['准确率', /精度|正确率/],
	['入口段、中间段、出口段', /(入口|中间|出口)流|(?<![集其])中段/],
	['捷径', /残差连接|跳跃连接|跳连|快捷连接/],
	['Fire 模块', /fire 模块|火焰模块/],
	['逐深度卷积', /逐通道卷积|逐层卷积|深度向卷积/],
	['空洞率', /膨胀率|扩张率/],
	['卷积核', /滤波器|过滤器/],
	['步幅', /步长/],
	['逐点卷积', /点卷积(?<!逐点卷积)/],
	['通道混洗', /通道(重排|打乱)/]
];

const messages = 'src/lib/i18n/messages';
const texts = [
	...readdirSync('src/lib/lessons/zh').map((file) => `src/lib/lessons/zh/${file}`),
	...readdirSync(messages).map((area) => `${messages}/${area}/zh.json`)
];

describe.each(terms)('%s', (term, others) => {
	it('is called so everywhere', () => {
		const found = texts.flatMap((file) =>
			readFileSync(file, 'utf8')
				.split('\n')
				.flatMap((line, i) => (others.test(line) ? [`${file}:${i + 1}: ${others.exec(line)![0]}`] : []))
		);
		expect(found).toEqual([]);
	});

	it('is used', () => {
		const all = texts.map((file) => readFileSync(file, 'utf8')).join('');
		for (const word of term.split('、')) expect(all).toContain(word);
	});
});

/** A bypass is SqueezeNet's word for its shortcuts. */
it('旁路 is said of SqueezeNet alone', () => {
	const found = texts
		.filter((file) => /lessons/.test(file) && !/squeezenet/.test(file))
		.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
		.filter((line) => line.includes('旁路') && !line.includes('SqueezeNet'));
	expect(found).toEqual([]);
});
