import { unzipSync } from 'fflate';
import { isZip, namesOfZip, sizeInZip } from '../archive';
import {
	asFormatError,
	broken,
	FormatError,
	formatLimits,
	type Format,
	type InputSize,
	type ModelFile,
	tooLarge,
	type Opened
} from '../format';
import { graphLimits } from '../../nets';
import type { NamedTensor } from '../tensors';
import { jsonIn } from '../text';
import { beginsAsHdf5, openHdf5, type Node } from './hdf5';
import { weightsByGroup } from './layerWeights';
import { modelName, readTopology, type KerasModel, type WeightsOf } from './topology';

/** Keras: whole models as `.keras` or HDF5, structures as `to_json` writes them, and HDF5 of weights alone. */
export const keras: Format = {
	name: 'Keras',
	tell: (file) =>
		beginsAsHdf5(file.bytes) ||
		(isZip(file.bytes) && namesOfZip(file.bytes).includes('config.json')) ||
		structureIn(file) !== null,
	async read(main, _, options): Promise<Opened> {
		try {
			if (beginsAsHdf5(main.bytes)) return await readHdf5(main, options.size);
			return await (isZip(main.bytes) ? readArchive(main, options.size) : readStructure(main, options.size));
		} catch (error) {
			throw asFormatError(main.name, error);
		}
	}
};

/** What `model.to_json()` writes. */
function structureIn(file: ModelFile): KerasModel | null {
	const json = jsonIn(file);
	const isModel = typeof json?.['class_name'] === 'string' && typeof json['config'] === 'object';
	return isModel ? (json as unknown as KerasModel) : null;
}

function readStructure(main: ModelFile, size: InputSize | undefined): Opened {
	const version = String(jsonIn(main)?.['keras_version'] ?? '');
	return readTopology(structureIn(main)!, {
		...{ file: main.name, format: 'Keras', version, weightsOf: null },
		...(size !== undefined && { size })
	});
}

async function readHdf5(main: ModelFile, size: InputSize | undefined): Promise<Opened> {
	const file = await openHdf5(main.bytes, main.name);
	const [config] = file.texts('model_config') ?? [];
	const root = file.group('model_weights') ?? file;
	const [version = ''] = file.texts('keras_version') ?? root.texts('keras_version') ?? [];
	const groups = groupsOf(root);
	if (config === undefined) {
		const tensors = groups ? namedByLayer(groups) : savedWeights(root, main.name);
		if (!tensors) throw broken(main.name, 'noKeras');
		return {
			kind: 'weights',
			format: 'Keras',
			tensors,
			notes: version === '' ? [] : [{ code: 'from', params: { producer: `Keras ${version}` } }]
		};
	}
	const model = parsed(config, main.name);
	const weights = groups && weightsByGroup(main.name, modelName(model), groups);
	const opened = readTopology(model, {
		file: main.name,
		format: 'Keras',
		version,
		...(size !== undefined && { size }),
		weightsOf: weights && weights.of
	});
	weights?.check();
	return opened;
}

/** Weights by the layers of the whole model, as Keras 1 and 2 write them; `null` where there are none. */
function groupsOf(root: Node): ReadonlyMap<string, readonly NamedTensor[]> | null {
	const names = root.texts('layer_names');
	if (!names) return null;
	return new Map(
		names.map((layer) => {
			const group = root.group(layer);
			return [layer, (group?.texts('weight_names') ?? []).map((name) => group!.tensor(name, name))];
		})
	);
}

/** Weights without a structure, by the names of layers; those of a model within the model by the layer that their own names say. */
function namedByLayer(groups: ReadonlyMap<string, readonly NamedTensor[]>): NamedTensor[] {
	const layers = [...groups].flatMap(([group, tensors]) => {
		const ownerOf = ({ name }: NamedTensor) => name.split('/').at(-2) ?? group;
		const owners = [...new Set(tensors.map(ownerOf))];
		if (owners.length < 2) return [{ group, owner: group, of: tensors }];
		return owners.map((owner) => ({ group, owner, of: tensors.filter((of) => ownerOf(of) === owner) }));
	});
	const counts = new Map<string, number>();
	for (const { owner } of layers) counts.set(owner, (counts.get(owner) ?? 0) + 1);
	return layers.flatMap(({ group, owner, of }) => {
		const layer = counts.get(owner)! > 1 && owner !== group ? `${group}/${owner}` : owner;
		return of.map((tensor, i): NamedTensor => ({ ...tensor, name: `${layer}/${roleOf(of, i)}` }));
	});
}

/**
 * Weights as `save_weights` of Keras 3 writes them, and a `.keras` file has them: by the classes of layers, which say what each of
 * their variables is; the layer's own name is an attribute. `null` where there are none.
 */
function savedWeights(root: Node, file: string): NamedTensor[] | null {
	const tensors: NamedTensor[] = [];
	let layers = 0;
	/** @param way names of the models within the model that are around it */
	const walk = (at: Node, key: string, way: readonly string[]): void => {
		// A group may hold itself, several times.
		if (++layers > mostSaved) throw tooLarge(file, 'layers', '', layers, mostSaved);
		const [own = key] = at.group('vars')?.texts('name') ?? [];
		const name = [...way, own].join('.');
		const found = varsOf(at, name);
		found.forEach((tensor, i) =>
			tensors.push({ ...tensor, name: `${name}/${savedRole(key.replace(/_\d+$/, ''), found, i)}` })
		);
		if (way.length > 8) return;
		// Layers of a class are numbered in the order in which they were made, which HDF5 sorts as texts.
		const inner = at.group('layers');
		const keys = [...(inner?.names ?? [])].sort((a, b) => collator.compare(a, b));
		for (const key of keys) {
			const group = inner!.group(key);
			if (group) walk(group, key, at === root ? [] : [...way, own]);
		}
	};
	walk(root, '', []);
	return tensors.length > 0 ? tensors : null;
}

/** Layers of a file of weights beyond which it is refused. */
const mostSaved = 10_000;

const collator = new Intl.Collator('en', { numeric: true });

/** What the variable `i` of a layer of a class in snake case is. */
function savedRole(type: string, tensors: readonly NamedTensor[], i: number): string {
	if (type.startsWith('depthwise_conv') && i === 0) return 'depthwise_kernel';
	if (type === 'p_re_lu') return 'alpha';
	// Without its scale, which alone may be missing in published networks.
	if (type === 'batch_normalization' && tensors.length === 3)
		return ['beta', 'moving_mean', 'moving_variance'][i]!;
	return roleOf(tensors, i);
}

/** What a weight is, by its name, or else by its place, as Keras orders the weights of a layer. */
function roleOf(tensors: readonly NamedTensor[], i: number): string {
	const last = tensors[i]!.name.replace(/:\d+$/, '').split('/').pop()!;
	if (/^(kernel|bias|depthwise_kernel|pointwise_kernel|gamma|beta|moving_mean|moving_variance)$/.test(last))
		return last;
	if (tensors[0]!.shape.length === 1) return ['gamma', 'beta', 'moving_mean', 'moving_variance'][i] ?? last;
	const isSeparable = tensors[1]?.shape.length === 4;
	return (isSeparable ? ['depthwise_kernel', 'pointwise_kernel', 'bias'] : ['kernel', 'bias'])[i] ?? last;
}

async function readArchive(main: ModelFile, size: InputSize | undefined): Promise<Opened> {
	const parts = unzip(main);
	const text = (name: string) => new TextDecoder().decode(parts[name]);
	if (!parts['config.json']) throw broken(main.name, 'notThere', { name: 'config.json' });
	const model = parsed(text('config.json'), main.name);
	const metadata = parts['metadata.json']
		? (JSON.parse(text('metadata.json')) as { keras_version?: unknown })
		: {};
	const weights = parts['model.weights.h5'];
	const root = weights ? await openHdf5(weights, main.name) : null;
	return readTopology(model, {
		...{ file: main.name, format: 'Keras', version: String(metadata.keras_version ?? '') },
		...(size !== undefined && { size }),
		weightsOf: root && archiveWeights(root, model)
	});
}

/** Bytes of JSON that are taken out of an archive at most. */
const mostJson = 16 * graphLimits.jsonLength;

/** The parts of an archive, if they are not more than a page can take. */
function unzip(main: ModelFile): Record<string, Uint8Array> {
	let total = 0;
	try {
		return unzipSync(main.bytes, {
			filter: ({ name, originalSize }) => {
				if (!['config.json', 'metadata.json', 'model.weights.h5'].includes(name)) return false;
				const size = sizeInZip(main.bytes, name, originalSize);
				total += size;
				const most = name.endsWith('.json') ? mostJson : 4 * formatLimits.values;
				if (!(total <= most)) throw tooLarge(main.name, 'bytes', name, size > most ? size : total, most);
				return true;
			}
		});
	} catch (error) {
		if (error instanceof FormatError) throw error;
		throw broken(main.name, 'zip');
	}
}

/**
 * Weights of an archive: in `layers/<class in snake case>`, numbered from the second of a class on, whatever the layers' own names
 * are; within, `vars/0, 1, …`, and `layers` again for a model in the model.
 */
function archiveWeights(root: Node, model: KerasModel): WeightsOf {
	const found = new Map<string, readonly NamedTensor[]>();
	const walk = (of: KerasModel, at: Node | null, path: readonly string[]): void => {
		const inner = at?.group('layers') ?? null;
		const counts = new Map<string, number>();
		for (const layer of (of.config as { layers?: LayerEntry[] }).layers ?? []) {
			const snake = snakeCase(layer.class_name);
			const count = counts.get(snake) ?? 0;
			counts.set(snake, count + 1);
			const group = inner?.group(count === 0 ? snake : `${snake}_${count}`) ?? null;
			const own = [...path, String(layer.config['name'])];
			if (Array.isArray(layer.config['layers'])) {
				walk(layer as KerasModel, group, own);
				continue;
			}
			found.set(own.join('/'), varsOf(group, own.join('/')));
		}
	};
	walk(model, root, []);
	return ({ config }, path) => found.get([...path, String(config['name'])].join('/')) ?? [];
}

interface LayerEntry {
	readonly class_name: string;
	readonly config: Readonly<Record<string, unknown>>;
}

function varsOf(group: Node | null, name: string): NamedTensor[] {
	const vars = group?.group('vars');
	const names = [...(vars?.names ?? [])].sort((a, b) => Number(a) - Number(b));
	return names.map((key) => vars!.tensor(key, `${name}/${key}`));
}

/** Source: keras/src/utils/naming.py, to_snake_case. */
const snakeCase = (name: string): string =>
	name
		.replaceAll(/\W+/g, '')
		.replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
		.replaceAll(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase();

function parsed(text: string, file: string): KerasModel {
	try {
		const value = JSON.parse(text) as KerasModel | null;
		if (typeof value === 'object' && value !== null && typeof value.class_name === 'string') return value;
	} catch {
		throw broken(file, 'json');
	}
	throw broken(file, 'noModel');
}
