import { beforeEach, expect, it, vi } from 'vitest';
import { GraphBuilder, resolveGraph } from '$lib/nets';
import { holdOpened, lostWeights, type OpenedHere } from '$lib/running/files/opened';
import { hindranceOf } from '$lib/running/files/exports';
import { keepText } from '$lib/stored/texts';
import { baseLocale, useLocale } from '$lib/i18n';
import { stubStorage } from '../storage';

beforeEach(() => {
	stubStorage('sessionStorage');
	useLocale(baseLocale);
});

const opened = {
	...{ files: [new File(['a'], 'net.onnx')], size: null, storedId: null },
	model: { weights: {} }
} as unknown as OpenedHere;

it('knows the weights that a tab has lost by being loaded anew', async () => {
	keepText('tab', 'own-graph', '{ "name": "net" }');
	holdOpened(opened);
	expect(lostWeights('{"name":"net"}')).toBeNull();
	// Another module is what is there after the page was loaded anew.
	vi.resetModules();
	const anew = await import('$lib/running/files/opened');
	expect(anew.lostWeights('{"name":"net"}')).toEqual(['net.onnx']);
	expect(anew.lostWeights('{"name":"another"}')).toBeNull();
});

it('says in the language of the page why a network cannot be written as a program', () => {
	const net = new GraphBuilder('Dilated', [16, 16, 2]);
	const graph = resolveGraph(net.build(net.op('maxPool', 'p', net.input, { kernelSize: 3, dilation: 2 })));
	expect(hindranceOf('graph', graph)).toBeNull();
	useLocale('zh');
	for (const kind of ['keras', 'pytorch'] as const) {
		const sentence = hindranceOf(kind, graph);
		expect(sentence).toContain('空洞');
		expect(sentence).not.toMatch(/program/);
	}
});
