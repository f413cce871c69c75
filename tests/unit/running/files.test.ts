import { beforeEach, expect, it, vi } from 'vitest';
import { GraphBuilder, resolveGraph } from '$lib/nets';
import {
	aboutOf,
	changeOpened,
	forgetNames,
	holdOpened,
	holdReading,
	holdSides,
	lostSides,
	lostWeights,
	openedBefore,
	openedHere,
	rememberOpened,
	rememberSides,
	sidesBefore,
	sizeOf,
	toldAbout,
	withTold,
	type OpenedHere
} from '$lib/running/files/opened';
import { preprocessings } from '$lib/formats/preprocessing';
import { hindranceOf } from '$lib/running/files/exports';
import { carriers } from '$lib/stored/carriers';
import { keepText } from '$lib/stored/texts';
import { keepModel, readModel, readTold, removeModel } from '$lib/stored/models';
import { toldIn, toldOf } from '$lib/running/files/told';
import { baseLocale, useLocale } from '$lib/i18n';
import { stubCaches } from '../caches';
import { stubStorage } from '../storage';
import { until } from '../until';

beforeEach(() => {
	stubStorage('sessionStorage');
	useLocale(baseLocale);
});

const opened = {
	...{ files: [new File(['a'], 'net.onnx')], size: null, storedId: null },
	model: { weights: {} }
} as unknown as OpenedHere;

it('leaves the size of pictures to be changed at every size that was asked for', () => {
	const at = (height: number, width: number, size: number | null) =>
		sizeOf({ model: { graph: { inputs: [{ id: 'x', shape: [height, width, 3] }] } } as never, size });
	expect([at(224, 224, null), at(1, 1, 1), at(1, 1, null), at(32, 64, 32)]).toEqual([224, 1, null, null]);
});

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

it.each([
	...['7', '"text"', '[]', 'true', '{', '{"names":7,"hasWeights":true,"storedId":null}'],
	'{"names":["net.onnx"],"hasWeights":1,"storedId":null}',
	'{"names":["net.onnx"],"hasWeights":true,"storedId":"../x"}',
	'{"names":[7],"hasWeights":true,"storedId":null}'
])('takes what a tab has kept for nothing where it did not write it: %s', async (text) => {
	vi.resetModules();
	const anew = await import('$lib/running/files/opened');
	keepText('tab', 'own-graph', '{"name":"net"}');
	for (const key of ['own-weights', 'two-files']) keepText('tab', key, text);
	expect(anew.lostWeights('{"name":"net"}')).toBeNull();
	expect(anew.storedIdOfTab()).toBeNull();
	expect(anew.lostSides()).toEqual([null, null]);
});

it('knows of a group of files what it is, and of anything else nothing', () => {
	const about = { as: 1, size: 224, storedId: null };
	expect(aboutOf(about)).toEqual({ ...about, isTaught: false, isReading: false });
	const others = [
		7,
		null,
		'own',
		{},
		{ ...about, as: 2 },
		{ ...about, size: 0.5 },
		{ ...about, size: '224' }
	];
	expect([...others, { ...about, storedId: 7 }, { ...about, isTaught: 1 }].map(aboutOf)).toEqual(
		Array(9).fill(null)
	);
});

it('knows what this browser keeps the network as that a tab had open', async () => {
	keepText('tab', 'own-graph', '{"name":"net"}');
	holdOpened({ ...opened, storedId: '0123456789abcdef' });
	vi.resetModules();
	const anew = await import('$lib/running/files/opened');
	expect(anew.storedIdOfTab()).toBe('0123456789abcdef');
	// A text that takes its place is another.
	anew.holdOpened(null);
	expect(anew.storedIdOfTab()).toBeNull();
	holdOpened(null);
});

it('has what is still being read go along to another language', () => {
	holdOpened(null);
	const { give, hasAny } = carriers.get('networks')!;
	const files = [new File(['b'], 'next.onnx')];
	const letGo = holdReading('own', files, 32);
	expect(hasAny()).toBe(true);
	const about = { as: 'own', size: 32, storedId: null, isReading: true };
	return expect(give())
		.resolves.toEqual([{ files, about }])
		.then(() => {
			letGo();
			expect(hasAny()).toBe(false);
		});
});

it('remembers the files of the addresses that this page was opened for', () => {
	expect(openedBefore('#graph=a')).toBeNull();
	rememberOpened('#graph=a', opened);
	rememberOpened('', opened);
	expect(openedBefore('#graph=a')).toMatchObject({ files: opened.files });
	expect(openedBefore('')).toBeNull();
});

it('keeps what a reader knows better than the file of the network that is open, and of no other', () => {
	holdOpened(opened);
	changeOpened({ preprocessing: preprocessings.caffe, share: 0.95 });
	expect(openedHere()!.model).toMatchObject({
		preprocessing: preprocessings.caffe,
		share: 0.95,
		weights: {}
	});
	holdOpened(null);
	changeOpened({ labels: ['a'] });
	expect(openedHere()).toBeNull();
});

it('knows which file names of classes were in, and lets go of them for those that the network has', () => {
	holdOpened({ ...opened, model: { ...opened.model, labels: ['0', '1'] } });
	changeOpened({ labels: ['cat', 'dog'], labelsFrom: 'pets.txt' });
	changeOpened({ share: 1 });
	expect(openedHere()!.told).toEqual({ labels: ['cat', 'dog'], labelsFrom: 'pets.txt', share: 1 });
	expect(openedHere()!.model).toEqual({ weights: {}, labels: ['cat', 'dog'], share: 1 });
	forgetNames();
	expect(openedHere()!.told).toEqual({ share: 1 });
	expect(openedHere()!.model).toMatchObject({ labels: ['0', '1'], share: 1 });
	holdOpened(null);
	forgetNames();
	expect(openedHere()).toBeNull();
});

it('has what a reader knows better go along with the files, and come back with them', async () => {
	holdOpened(opened);
	changeOpened({ labels: ['cat', 'dog'] });
	changeOpened({ preprocessing: preprocessings.caffe });
	const [group] = await carriers.get('networks')!.give();
	expect(group!.about).toMatchObject({ as: 'own', isTold: true });
	expect(aboutOf(group!.about)).toMatchObject({ isTold: true });
	const [net, told] = group!.files as File[];
	expect([group!.files.length, net]).toEqual([2, opened.files[0]]);
	const found = { labels: ['cat', 'dog'], preprocessing: preprocessings.caffe };
	expect(await toldOf(told)).toEqual(found);
	const back = withTold(opened, await toldOf(told));
	expect(back.model).toMatchObject(found);
	// What the file itself says is known as well, however often the reader has told otherwise.
	expect(withTold(back, { share: 1 }).byFile).toBe(opened.model);
	// The same file each time is not written again.
	expect((await carriers.get('networks')!.give())[0]!.files[1]).toBe(told);
	// At another size of pictures it is the same files.
	expect(await toldAbout(opened.files, null)).toEqual(found);
	expect(await toldAbout([new File(['a'], 'net.onnx')], null)).toEqual({});
	holdOpened(null);
});

it('keeps what a reader knows better with a network that is kept, now and later', async () => {
	stubCaches();
	const files = [new File(['a'], 'net.onnx')];
	const about = { title: 'Net', size: null };
	const { id } = (await keepModel(files, about, { labels: ['cat'] })) as { readonly id: string };
	expect(await toldAbout(files, id)).toEqual({ labels: ['cat'] });
	holdOpened({ ...opened, files, storedId: id });
	changeOpened({ labels: ['dog'] });
	await until(async () => JSON.stringify(await readTold(id)) === '{"labels":["dog"]}');
	holdOpened(null);
	// It is no part of the files.
	expect((await readModel(id))!.files.map(({ name }) => name)).toEqual(['net.onnx']);
	await removeModel(id);
	expect(await readTold(id)).toBeNull();
});

it('takes what was told for nothing where the page did not write it', () => {
	const way = { order: 'rgb', mean: [0, 0, 0], deviation: [1, 1, 1] };
	expect(toldIn({ labels: ['a'], preprocessing: way, share: 1 })).toEqual({
		...{ labels: ['a'], preprocessing: way, share: 1 }
	});
	expect(toldIn({ labels: ['a'], labelsFrom: 'a.txt' })).toEqual({ labels: ['a'], labelsFrom: 'a.txt' });
	expect(toldIn({ labels: ['a'], labelsFrom: 7 })).toEqual({ labels: ['a'] });
	expect(toldIn({ labelsFrom: 'a.txt' })).toEqual({});
	for (const preprocessing of [
		...[7, { ...way, order: 'x' }, { ...way, mean: [0, 0] }],
		{ ...way, deviation: [1, 0, 1] }
	])
		expect(toldIn({ labels: [1], preprocessing, share: 2 })).toEqual({});
	for (const other of [null, 'text', [], { labels: ['x'.repeat(300)] }]) expect(toldIn(other)).toEqual({});
});

it('knows the files that stood side by side before the page was loaded anew', async () => {
	holdSides([null, opened]);
	expect(lostSides()).toEqual([null, null]);
	vi.resetModules();
	const anew = await import('$lib/running/files/opened');
	expect(anew.lostSides()).toEqual([null, ['net.onnx']]);
	// Another visit begins anew.
	anew.holdSides(null);
	expect(anew.lostSides()).toEqual([null, null]);
	holdSides(null);
});

it('remembers files that stood side by side for the way back, until the page is loaded anew', async () => {
	expect(rememberSides()).toBeNull();
	holdSides([null, opened]);
	const id = rememberSides()!;
	holdSides(null);
	expect(sidesBefore(id)).toEqual([null, opened.files]);
	vi.resetModules();
	const anew = await import('$lib/running/files/opened');
	expect(anew.sidesBefore(id)).toBeNull();
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
