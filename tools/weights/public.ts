import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { NamedTensor } from '../../src/lib/formats/tensors';
import { bytesOfManifest, parseManifest, readTensors } from '../../src/lib/formats/tfjs';
import { readDeepCompression } from './deepCompression';
import { checkDigest, download } from './download';
import { readKeras } from './keras';
import { mobilenetSet, shufflenetSet, squeezenetSet, xceptionSet, type SetInfo } from './sets';
import { WeightsToolError } from './store';

/** How published weights are fetched. */
export interface Fetching {
	/** Folder where downloads are kept, so that they can go on. */
	readonly cache: string;
	/** A server that has the same files under the same paths, in the place of each address's own. */
	readonly mirror?: string | undefined;
	readonly progress: (file: string, loaded: number, total: number | null) => void;
}

/** A set of weights that others publish. */
export interface Published {
	readonly info: SetInfo;
	/** Where it is; of a set of many files, the first. */
	readonly address: string;
	/** Under what name in the cache a person may put what is at {@link address}, in the place of a download. */
	readonly file: string;
	/** Where its licence's text is. */
	readonly licenceAddress: string;
	/**
	 * Fetches and reads it. What is fetched is kept only once it is known to be good, as far as that can be known.
	 * @throws {WeightsToolError | WeightsError}
	 */
	readonly read: (fetching: Fetching) => Promise<readonly NamedTensor[]>;
}

const storage = 'https://storage.googleapis.com';
const raw = 'https://raw.githubusercontent.com';

/** MobileNet v1 as published for TensorFlow.js. Its hashes are known to the server that publishes it only. */
export function publishedMobilenet(alpha: number, size: number): Published {
	if (![0.25, 0.5, 0.75, 1].includes(alpha) || ![128, 160, 192, 224].includes(size))
		throw new WeightsToolError(
			`α ${alpha} at ${size} px is not published; α is 0.25, 0.5, 0.75 or 1, the size 128, 160, 192 or 224`
		);
	const info = mobilenetSet(alpha, size);
	const folder = `${storage}/tfjs-models/tfjs/${info.id}`;
	return {
		info,
		address: `${folder}/model.json`,
		file: `${info.id}/model.json`,
		licenceAddress: `${raw}/tensorflow/tfjs-models/master/LICENSE`,
		async read(fetching) {
			const get = (name: string, check: (content: Uint8Array) => void) =>
				fetchFile(`${folder}/${name}`, `${info.id}/${name}`, check, fetching);
			const read = (json: Uint8Array) => parseManifest(new TextDecoder().decode(json));
			const manifest = read(await get('model.json', read));
			const shards = new Map<string, Uint8Array>();
			for (const group of manifest.groups) {
				const most = bytesOfManifest({ ...manifest, groups: [group] });
				for (const path of group.paths)
					shards.set(
						path,
						await get(path, ({ length }) => {
							if (group.paths.length > 1 ? length > most : length !== most)
								throw new WeightsToolError(`${path} has ${length} bytes, expected ${most}`);
						})
					);
			}
			try {
				return readTensors(manifest, shards);
			} catch (error) {
				// The shards of a group are known to be whole only when they are all there.
				rmSync(join(fetching.cache, info.id), { recursive: true });
				throw error;
			}
		}
	};
}

/** SqueezeNet v1.0 after Deep Compression. */
export function publishedSqueezenet(): Published {
	const file = 'compressed_SqueezeNet.net';
	const folder = `${raw}/songhan/SqueezeNet-Deep-Compression/master`;
	const address = `${folder}/${file}`;
	return {
		...{ info: squeezenetSet('1.0'), address, file, licenceAddress: `${folder}/LICENSE` },
		async read(fetching) {
			const read = (content: Uint8Array) => {
				if (content.length !== 675_763)
					throw new WeightsToolError(`${file} has ${content.length} bytes, expected 675763`);
				return readDeepCompression(content, file);
			};
			return read(await fetchFile(address, file, read, fetching));
		}
	};
}

/** Xception of Keras Applications. */
export function publishedXception(): Published {
	const file = 'xception_weights_tf_dim_ordering_tf_kernels.h5';
	const address = `${storage}/tensorflow/keras-applications/xception/${file}`;
	const md5 = { algorithm: 'md5', hex: '0a58e3b7378bc2990ea3b43d5981f1f6' } as const;
	return {
		...{ info: xceptionSet, address, file },
		licenceAddress: `${raw}/keras-team/keras-applications/master/LICENSE`,
		async read(fetching) {
			await fetchFile(address, file, (content) => checkDigest(content, md5), fetching);
			return nameXception(await readKeras(join(fetching.cache, file)));
		}
	};
}

/** ShuffleNet v1 of imgclsmob. Source: osmr/imgclsmob, keras_/kerascv/models/model_store.py. */
export function publishedShufflenet(groups: number, scale: number): Published {
	const published = shufflenets.find((of) => of.groups === groups && of.scale === scale);
	if (!published) {
		const all = shufflenets.map((of) => `g ${of.groups} at ${of.scale}×`).join(', ');
		throw new WeightsToolError(`g ${groups} at ${scale}× is not published; published are ${all}`);
	}
	const width = { 0.25: 'wd4', 0.5: 'wd2', 0.75: 'w3d4', 1: 'w1' }[published.scale];
	const name = `shufflenet_g${groups}_${width}-${published.error}-${published.sha1.slice(0, 8)}.h5`;
	const file = `${name}.zip`;
	const address = `https://github.com/osmr/imgclsmob/releases/download/${published.release}/${file}`;
	const open = (zipped: Uint8Array) => {
		const content = unzip(zipped, name);
		checkDigest(content, { algorithm: 'sha1', hex: published.sha1 });
		return content;
	};
	return {
		...{ info: shufflenetSet(groups, scale), address, file },
		licenceAddress: `${raw}/osmr/imgclsmob/master/LICENSE`,
		async read(fetching) {
			const content = open(await fetchFile(address, file, open, fetching));
			// The reader wants a file.
			const path = join(fetching.cache, name);
			writeFileSync(path, content);
			const tensors = nameShufflenet(await readKeras(path));
			rmSync(path);
			return tensors;
		}
	};
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

/** The text of a set's licence, which has to go with its weights. */
export async function fetchLicence(
	{ info, licenceAddress }: Published,
	fetching: Fetching
): Promise<Uint8Array> {
	const check = (content: Uint8Array) => {
		const text = new TextDecoder().decode(content);
		if (!/licen[cs]e/i.test(text) || text.trimStart().startsWith('<'))
			throw new WeightsToolError('it is no text of a licence');
	};
	return fetchFile(licenceAddress, `${info.id}.licence.txt`, check, fetching);
}

function fetchFile(
	address: string,
	file: string,
	check: (content: Uint8Array) => void,
	{ mirror, cache, progress }: Fetching
): Promise<Uint8Array> {
	const from = mirror === undefined ? address : mirror.replace(/\/$/, '') + new URL(address).pathname;
	return download(from, join(cache, file), {
		progress: (loaded, total) => progress(file, loaded, total),
		check
	});
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
