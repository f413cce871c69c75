import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { NamedTensor } from '../../src/lib/engine/weights/tensors';
import { parseManifest, readTensors, shardsOf } from '../../src/lib/engine/weights/tfjs';
import { readDeepCompression } from './deepCompression';
import { checkDigest, download, fetchBytes } from './download';
import { readKeras } from './keras';
import { mobilenetSet, shufflenetSet, squeezenetSet, xceptionSet, type SetInfo } from './sets';
import { WeightsToolError } from './store';

/** Where weights are published, and how they are fetched. */
export interface Fetching {
	/** Folder where downloads are kept, so that they can go on. */
	readonly cache: string;
	/** A server that has the same files under the same paths, in the place of each address's own. */
	readonly mirror?: string | undefined;
	readonly progress: (file: string, loaded: number, total: number | null) => void;
}

export interface Fetched {
	readonly info: SetInfo;
	readonly tensors: readonly NamedTensor[];
}

const storage = 'https://storage.googleapis.com';

/** MobileNet v1 as published for TensorFlow.js. */
export async function fetchMobilenet(alpha: number, size: number, fetching: Fetching): Promise<Fetched> {
	if (![0.25, 0.5, 0.75, 1].includes(alpha) || ![128, 160, 192, 224].includes(size))
		throw new WeightsToolError(
			`α ${alpha} at ${size} px is not published; α is 0.25, 0.5, 0.75 or 1, the size 128, 160, 192 or 224`
		);
	const info = mobilenetSet(alpha, size);
	const folder = `${storage}/tfjs-models/tfjs/${info.id}`;
	const get = (name: string) =>
		fetchBytes(...located(`${folder}/${name}`, `${info.id}/${name}`, fetching), (...of) =>
			fetching.progress(name, ...of)
		);
	const manifest = parseManifest(new TextDecoder().decode(await get('model.json')));
	const shards = new Map<string, Uint8Array>();
	for (const path of shardsOf(manifest)) shards.set(path, await get(path));
	return { info, tensors: readTensors(manifest, shards) };
}

/** SqueezeNet v1.0 after Deep Compression. */
export async function fetchSqueezenet(fetching: Fetching): Promise<Fetched> {
	const name = 'compressed_SqueezeNet.net';
	const address = `https://raw.githubusercontent.com/songhan/SqueezeNet-Deep-Compression/master/${name}`;
	const bytes = await fetchBytes(...located(address, name, fetching), (...of) =>
		fetching.progress(name, ...of)
	);
	return { info: squeezenetSet('1.0'), tensors: readDeepCompression(bytes, name) };
}

/** Xception of Keras Applications. */
export async function fetchXception(fetching: Fetching): Promise<Fetched> {
	const name = 'xception_weights_tf_dim_ordering_tf_kernels.h5';
	const address = `${storage}/tensorflow/keras-applications/xception/${name}`;
	const [from, file] = located(address, name, fetching);
	await download(from, file, (...of) => fetching.progress(name, ...of));
	checkDigest(readFileSync(file), { algorithm: 'md5', hex: '0a58e3b7378bc2990ea3b43d5981f1f6' }, file);
	return { info: xceptionSet, tensors: nameXception(await readKeras(file)) };
}

/** ShuffleNet v1 of imgclsmob. Source: osmr/imgclsmob, keras_/kerascv/models/model_store.py. */
export async function fetchShufflenet(groups: number, scale: number, fetching: Fetching): Promise<Fetched> {
	const published = shufflenets.find((of) => of.groups === groups && of.scale === scale);
	if (!published) {
		const all = shufflenets.map((of) => `g ${of.groups} at ${of.scale}×`).join(', ');
		throw new WeightsToolError(`g ${groups} at ${scale}× is not published; published are ${all}`);
	}
	const width = { 0.25: 'wd4', 0.5: 'wd2', 0.75: 'w3d4', 1: 'w1' }[published.scale];
	const name = `shufflenet_g${groups}_${width}-${published.error}-${published.sha1.slice(0, 8)}.h5`;
	const address = `https://github.com/osmr/imgclsmob/releases/download/${published.release}/${name}.zip`;
	const [from, zip] = located(address, `${name}.zip`, fetching);
	const file = join(fetching.cache, name);
	if (!existsSync(file)) {
		const zipped = await fetchBytes(from, zip, (...of) => fetching.progress(name, ...of));
		const content = unzip(zipped, name);
		checkDigest(content, { algorithm: 'sha1', hex: published.sha1 }, zip);
		writeFileSync(file, content);
	}
	return { info: shufflenetSet(groups, scale), tensors: nameShufflenet(await readKeras(file)) };
}

function unzip(zipped: Uint8Array, name: string): Uint8Array {
	let files: Record<string, Uint8Array>;
	try {
		files = unzipSync(zipped);
	} catch (error) {
		throw new WeightsToolError(
			`${name}.zip is no zip file: ${error instanceof Error ? error.message : error}`
		);
	}
	const found = files[name];
	if (!found)
		throw new WeightsToolError(`${name}.zip has no ${name} in it, but ${Object.keys(files).join(', ')}`);
	return found;
}

function located(
	address: string,
	file: string,
	{ mirror, cache }: Fetching
): [address: string, file: string] {
	const from = mirror === undefined ? address : mirror.replace(/\/$/, '') + new URL(address).pathname;
	return [from, join(cache, file)];
}

/** Blocks of Xception with a convolution beside them; Keras numbers these, and does not name them. */
const shortcuts = ['block2', 'block3', 'block4', 'block13'];

/** Keras's names as those of our graph, where they differ: the shortcuts, by their number. */
export function nameXception(tensors: readonly NamedTensor[]): NamedTensor[] {
	const numbered = (prefix: RegExp) =>
		[...new Set(tensors.flatMap(({ name }) => prefix.exec(name)?.[1] ?? []))]
			.map(Number)
			.sort((a, b) => a - b);
	const convolution = /^conv(?:olution)?2d_(\d+)\//;
	const norm = /^batch_?normalization_(\d+)\//;
	const convolutions = numbered(convolution);
	const norms = numbered(norm);
	return tensors.map((tensor) => ({
		...tensor,
		name: tensor.name
			.replace(convolution, (_, n: string) => `${shortcuts[convolutions.indexOf(Number(n))]}_shortcut/`)
			.replace(norm, (_, n: string) => `${shortcuts[norms.indexOf(Number(n))]}_shortcut_bn/`)
	}));
}

/** What imgclsmob calls the layers of a unit, and we do. Source: osmr/imgclsmob, keras_/kerascv/models/shufflenet.py. */
const unitNames: Readonly<Record<string, string>> = {
	compress_conv1: 'gconv1',
	compress_bn1: 'gconv1_bn',
	dw_conv2: 'dwconv',
	dw_bn2: 'dwconv_bn',
	expand_conv3: 'gconv2',
	expand_bn3: 'gconv2_bn'
};

/** imgclsmob's names as those of our graph; the convolutions of a group, which are apart there, as one kernel. */
export function nameShufflenet(tensors: readonly NamedTensor[]): NamedTensor[] {
	const groups = new Map<string, NamedTensor[]>();
	const named: NamedTensor[] = [];
	for (const tensor of tensors) {
		const name = tensor.name
			.replace(/^features\/init_block\/conv\//, 'conv1/')
			.replace(/^features\/init_block\/bn\//, 'conv1_bn/')
			.replace(/^output\//, 'fc/')
			.replace(
				/^features\/stage(\d)\/unit(\d)\/(\w+)\//,
				(_, stage: string, unit: string, layer: string) =>
					`stage${Number(stage) + 1}/unit${unit}/${unitNames[layer] ?? layer}/`
			);
		const [, layer] = /^(.*)\/convgroup\d+\/kernel$/.exec(name) ?? [];
		if (layer === undefined) named.push({ ...tensor, name });
		else groups.set(layer, [...(groups.get(layer) ?? []), { ...tensor, name }]);
	}
	for (const [layer, parts] of groups) named.push(besideEachOther(`${layer}/kernel`, parts));
	return named;
}

/** Kernels side by side along their last axis, in the order of their numbers. */
function besideEachOther(name: string, parts: readonly NamedTensor[]): NamedTensor {
	const number = (tensor: NamedTensor) => Number(/convgroup(\d+)/.exec(tensor.name)![1]);
	const sorted = [...parts].sort((a, b) => number(a) - number(b));
	const columns = sorted[0]!.shape.at(-1)!;
	const rows = sorted[0]!.data.length / columns;
	const data = new Float32Array(rows * columns * parts.length);
	for (const [i, part] of sorted.entries())
		for (let row = 0; row < rows; row++)
			data.set(part.data.subarray(row * columns, (row + 1) * columns), (row * parts.length + i) * columns);
	return { name, shape: [...sorted[0]!.shape.slice(0, -1), columns * parts.length], data };
}

/** The releases of imgclsmob: `error` is the top-5 error in the file's name. */
const shufflenets = [
	{
		groups: 1,
		scale: 0.25,
		error: '3676',
		sha1: 'cb39b77366909eb13b736497c6eb239efb69e4ac',
		release: 'v0.0.134'
	},
	{
		groups: 3,
		scale: 0.25,
		error: '3615',
		sha1: '21150468a44c548845b2304700445485407670c7',
		release: 'v0.0.135'
	},
	{
		groups: 1,
		scale: 0.5,
		error: '2238',
		sha1: '76709a36a9fb8feb2c9ac50fecfcbccdc2bf77ec',
		release: 'v0.0.174'
	},
	{
		groups: 3,
		scale: 0.5,
		error: '2060',
		sha1: '173a725c1a8b66be6f5b044f0994634113cff8b0',
		release: 'v0.0.167'
	},
	{
		groups: 1,
		scale: 0.75,
		error: '1675',
		sha1: '56aa41794ba19d865c06dba56fd73f676dec1f48',
		release: 'v0.0.218'
	},
	{
		groups: 3,
		scale: 0.75,
		error: '1609',
		sha1: '34e28781782082e73a06c7230b6c87caacf58945',
		release: 'v0.0.219'
	},
	{
		groups: 1,
		scale: 1,
		error: '1350',
		sha1: 'f44c8a1823606c81f3524038333356fc8f022cd6',
		release: 'v0.0.223'
	},
	{
		groups: 2,
		scale: 1,
		error: '1332',
		sha1: '8784a32bb15e2bb49496ee6d151539d4eb085bbb',
		release: 'v0.0.241'
	},
	{
		groups: 3,
		scale: 1,
		error: '1329',
		sha1: '0e213e7696a5ae086648152b9e28819798259081',
		release: 'v0.0.244'
	},
	{
		groups: 4,
		scale: 1,
		error: '1310',
		sha1: 'ef2ff63e8fad961d1b38ba711e2b2ecadd078508',
		release: 'v0.0.245'
	},
	{
		groups: 8,
		scale: 1,
		error: '1320',
		sha1: '796314f132292c36d09baa8486b5e40d974ecc4d',
		release: 'v0.0.250'
	}
] as const;
