import { beforeEach, expect, it, vi } from 'vitest';
import { baseLocale, useLocale } from '$lib/i18n';
import { GraphBuilder, resolveGraph } from '$lib/nets';
import {
	isClassList,
	takeClassList
} from '../../../../src/routes/[lang=lang]/(site)/playground/answer/classList';
import { outputsOf } from '../../../../src/routes/[lang=lang]/(site)/playground/answer/outputsOf';

beforeEach(() => useLocale(baseLocale));

const net = new GraphBuilder('Net', [4, 4, 3]);
const own = resolveGraph(net.build(net.op('globalAvgPool', 'mean', net.input, {})));
const file = (text: string, name = 'names.txt') => new File([text], name);

it('knows how many classes there are to name', () => {
	expect([outputsOf(own), outputsOf(null)]).toEqual([3, null]);
});

it.each([
	['names.txt', 'cat\ndog', true],
	['names.csv', 'cat\ndog', true],
	['names.json', ' ["cat"]', true],
	['names.json', '{"0": "cat"}', true],
	['model.json', '{"modelTopology": {}}', false],
	['net.txt', 'name: "a"\nlayer {', false],
	['net.txt', '{"name": "a"}', false],
	['net.onnx', 'cat\ndog', false]
])('tells a list of names from a network: %s with %j', async (name, text, isList) => {
	expect(await isClassList([file(text, name)])).toBe(isList);
	expect(await isClassList([file(text, name), file('')])).toBe(false);
});

it('takes names that are as many as the classes, and says why others are not taken', async () => {
	const setLabels = vi.fn();
	const take = (text: string) => takeClassList({ own, setLabels }, file(text));
	expect(await take('cat\ndog\nbird')).toBeNull();
	expect(setLabels).toHaveBeenCalledWith(['cat', 'dog', 'bird'], 'names.txt');
	expect(await take('cat')).toBe('names.txt has 1 name, and the network 3 outputs: it is left out.');
	expect(await take('[1]')).toMatch(/^names\.txt holds no names of classes/);
	expect(await take(`cat\ndog\n${'x'.repeat(201)}`)).toMatch(
		/^names\.txt: the name “x+…” is too long; at most 200 characters are read\.$/
	);
	expect(setLabels).toHaveBeenCalledTimes(1);
});
