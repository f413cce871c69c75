import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { presets, writeBlock } from '../../src/lib/nets/blocks';
import { formatGraph, networks } from '../../src/lib/nets/index';
import { encodeGraph } from '../../src/lib/viz/address/graphText';
import { models } from '../../tests/corpus/models';
import { pictures } from '../../tests/corpus/pictures';

/** Kinds of things that people, programs and networks hand to the site. */
export const kindNames = ['address', 'link', 'graph', 'block', 'weights', 'model', 'picture'] as const;
export type KindName = (typeof kindNames)[number];

const text = (words: readonly string[]) => words.map((word) => Buffer.from(word));
const file = (path: string) => readFileSync(path);

/** One of each page that opens by its address. */
export const addressTexts = [
	'ops/standard?in=5x5x2&k=3&s=2&p=same&step=12&e=x5:77',
	'ops/transposed?in=4x4x1&k=3&s=2',
	'networks/squeezenet?open=fire2&at=conv1&flow=fire2&zoom=2',
	'compare?x=params&y=top1&hide=successor&view=1e7:1e9,50:75&net=shufflenet&groups=8',
	'compression?prune=40&bits=4',
	'convolutions?x=time',
	'train?task=space&channels=8&a=1&b=5&noise=0.2&own=1.dw3.pw.relu',
	'blocks?block=1.pwx1/8.relu.cat(pwx1/2.relu_std3x1/2.relu)',
	'playground?network=all&picture=rocket&layer=conv1&map=2&pixel=3,4'
];

const graphs = ['fire-module', 'shuffle-unit', 'mobilenet'] as const;
const graphTexts = graphs.map((id) => formatGraph(networks[id].build()));

/** What each kind is altered from. @param folder model files besides those of the corpus */
export async function originals(
	folder: string | undefined
): Promise<Record<KindName, readonly Uint8Array[]>> {
	const set = 'static/weights/cifar10-mobilenet';
	return {
		address: text(addressTexts),
		link: text(await Promise.all(graphTexts.map(encodeGraph))),
		graph: text(graphTexts),
		block: text(Object.values(presets).map(({ spec }) => writeBlock(spec))),
		weights: [file(`${set}/model.json`), ...corpus(models, /safetensors|TensorFlow\.js|weights/)],
		model: [...corpus(models, /./), ...(folder === undefined ? [] : filesIn(folder))],
		picture: [
			file('static/pictures/cat.webp'),
			file('static/icons/192.png'),
			file('static/icon.svg'),
			...corpus(pictures, /./)
		]
	};
}

const corpus = (cases: typeof models, name: RegExp) =>
	cases.filter((of) => name.test(of.name)).map(({ files: [first] }) => first!.bytes);

/** Of large files the structure is what counts, and it is where they begin and end. */
const mostBytes = 4 << 20;

function filesIn(folder: string): Uint8Array[] {
	if (!existsSync(folder)) throw new Error(`${folder} is not there`);
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((path) => statSync(path).isFile() && statSync(path).size < mostBytes)
		.map(file);
}

/** A path and a search that a browser takes, and no other page's. */
export function escapedAddress(address: string): string {
	const [path, ...rest] = address.split('?');
	const place = /^[\w/-]+$/.test(path!) ? path! : 'ops/standard';
	return rest.length === 0
		? place
		: `${place}?${encodeURI(rest.join('?').toWellFormed()).replaceAll('#', '%23')}`;
}
