import {
	asFormatError,
	type Format,
	type ModelFile,
	type Opened,
	type OpenedModel,
	type ReadOptions
} from './format';
import { weightsByName } from './keras/layerWeights';
import { checkCount, modelName, readTopology, type KerasModel } from './keras/topology';
import type { NamedTensor } from './tensors';
import { parseManifest, readTensors, shardsOf } from './tfjs';
import { readGraphModel } from './tfjsGraph';
import { jsonIn } from './text';

/** TensorFlow.js: `model.json` of a layers model, a graph model, or of weights alone, with its shards beside it. */
export const tensorflowJs: Format = {
	name: 'TensorFlow.js',
	tell: (file) => {
		const json = jsonIn(file);
		return json !== null && ('modelTopology' in json || 'weightsManifest' in json);
	},
	isNetwork: (file) => (jsonIn(file)!['modelTopology'] ?? null) !== null,
	partsOf(main, files) {
		const manifest = manifestOf(main);
		const shards = new Set((manifest ? shardsOf(manifest) : []).map(nameIn));
		return files.filter((file) => file !== main && (shards.has(file.name) || isAbout(jsonIn(file))));
	},
	read(main, files, options): Opened {
		const { size } = options;
		const json = jsonIn(main)!;
		const model = topologyOf(json);
		if (model) checkCount(model.model, main.name);
		const missing = isGraph(json) || model ? missingShards(main, files) : [];
		if (isGraph(json)) return withMissing(readGraph(json, main, files, options), main, missing);
		const tensors = tensorsBeside(main, files, model !== null);
		if (!model) return { kind: 'weights', format: 'TensorFlow.js', tensors: tensors ?? [], notes: [] };
		const weights = tensors && weightsByName(main.name, modelName(model.model), tensors);
		const about = files.map((file) => (file === main ? null : jsonIn(file))).find((json) => json !== null);
		try {
			const opened = readTopology(model.model, {
				...{ file: main.name, format: 'TensorFlow.js', version: model.version },
				weightsOf: weights && weights.of,
				producer: producerOf(json),
				...(size !== undefined && { size })
			});
			weights?.check();
			const labels = about?.['labels'];
			return {
				...withMissing(opened, main, missing),
				// Its models are shown the whole square.
				...(about?.['packageName'] === '@teachablemachine/image' && { share: 1 }),
				labels: Array.isArray(labels)
					? labels.slice(0, 1 << 16).map((label) => String(label).slice(0, 200))
					: null
			};
		} catch (error) {
			throw asFormatError(main.name, error);
		}
	}
};

/** Whether a file is called as the weights beside a `model.json` are; what they are is not to be seen in them. */
export const isShard = ({ name }: Pick<ModelFile, 'name'>): boolean => /^group\d+-shard\d+of\d+/i.test(name);

/** What stands beside a model of Teachable Machine: its names, and what it is for. */
const isAbout = (json: Record<string, unknown> | null): boolean =>
	json !== null && ('labels' in json || 'packageName' in json);

/** Whether it has TensorFlow's graph, whose layers are taken apart. */
const isGraph = ({ modelTopology }: Record<string, unknown>): boolean =>
	Array.isArray((modelTopology as { readonly node?: unknown } | null)?.node);

function readGraph(
	json: Record<string, unknown>,
	main: ModelFile,
	files: readonly ModelFile[],
	options: ReadOptions
): OpenedModel {
	const metadata = json['userDefinedMetadata'] as { readonly signature?: unknown } | null | undefined;
	try {
		return readGraphModel(
			{
				...{ file: main.name, topology: json['modelTopology'], tensors: tensorsBeside(main, files, true) },
				signature: json['signature'] ?? metadata?.signature,
				producer: producerOf(json),
				shapes: shapesIn(main)
			},
			options
		);
	} catch (error) {
		throw asFormatError(main.name, error);
	}
}

/** What a file says that it was written by; `''` where it says nothing. */
const producerOf = (json: Record<string, unknown>): string => String(json['generatedBy'] ?? '').slice(0, 100);

/** Shapes of the weights that a manifest has, by their names. */
function shapesIn(main: ModelFile): ReadonlyMap<string, readonly number[]> {
	return new Map(
		manifestOf(main)?.groups.flatMap(({ weights }) =>
			weights.map(({ name, shape }) => [name, shape] as const)
		)
	);
}

/** The Keras model that a topology is; `null` where there are weights alone. */
function topologyOf(
	json: Record<string, unknown>
): { readonly model: KerasModel; readonly version: string } | null {
	const topology = json['modelTopology'];
	if (typeof topology !== 'object' || topology === null) return null;
	const of = topology as Record<string, unknown>;
	const config = of['model_config'] ?? of;
	const isModel =
		typeof config === 'object' && config !== null && typeof (config as KerasModel).class_name === 'string';
	if (!isModel) return null;
	return { model: config as KerasModel, version: String(of['keras_version'] ?? '') };
}

/** Names of the files of weights that a structure lacks. */
function missingShards(main: ModelFile, files: readonly ModelFile[]): string[] {
	const manifest = manifestOf(main);
	const here = new Set(files.map(({ name }) => name));
	return manifest
		? shardsOf(manifest)
				.map(nameIn)
				.filter((name) => !here.has(name))
		: [];
}

/** Most names that a note lists. */
const fewNames = 3;

/** Says which files its weights are in, where they were not dropped with it. */
function withMissing(opened: OpenedModel, { name }: ModelFile, missing: readonly string[]): OpenedModel {
	if (missing.length === 0) return opened;
	const params = { file: name, files: missing.slice(0, fewNames).join('\n'), count: missing.length };
	return {
		...opened,
		notes: [...opened.notes.filter(({ code }) => code !== 'noWeights'), { code: 'missingShards', params }]
	};
}

const manifestOf = (main: ModelFile) =>
	Array.isArray(jsonIn(main)!['weightsManifest'])
		? parseManifest(new TextDecoder().decode(main.bytes), main.name)
		: null;

/** The name under which a shard is dropped. */
const nameIn = (path: string): string => path.split('/').pop()!;

/** All tensors of the manifest; `null` where it has none, or where a structure came without all of its shards. */
function tensorsBeside(
	main: ModelFile,
	files: readonly ModelFile[],
	hasModel: boolean
): NamedTensor[] | null {
	if (hasModel && (!manifestOf(main) || missingShards(main, files).length > 0)) return null;
	const manifest = parseManifest(new TextDecoder().decode(main.bytes), main.name);
	const byName = new Map(files.map((file) => [file.name, file.bytes]));
	const shards = new Map<string, Uint8Array>();
	for (const path of shardsOf(manifest)) {
		const bytes = byName.get(nameIn(path));
		if (bytes) shards.set(path, bytes);
	}
	return readTensors(manifest, shards);
}
