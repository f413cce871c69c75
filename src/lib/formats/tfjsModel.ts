import { FormatError, type Format, type ModelFile, type Opened } from './format';
import { asFormatError } from './assembly';
import { readTopology, type KerasModel, type WeightsOf } from './keras/topology';
import type { NamedTensor } from './tensors';
import { parseManifest, readTensors, shardsOf } from './tfjs';
import { jsonIn } from './text';

/** TensorFlow.js: `model.json` of a layers model, or of weights alone, with its shards beside it. */
export const tensorflowJs: Format = {
	name: 'TensorFlow.js',
	tell: (file) => {
		const json = jsonIn(file);
		return json !== null && ('modelTopology' in json || 'weightsManifest' in json);
	},
	read(main, files, { size } = {}): Opened {
		const json = jsonIn(main)!;
		const model = topologyOf(json, main.name);
		const tensors = tensorsBeside(main, files, model !== null);
		if (!model) return { kind: 'weights', format: 'TensorFlow.js', tensors: tensors ?? [], notes: [] };
		const byLayer = new Map<string, NamedTensor[]>();
		for (const tensor of tensors ?? []) {
			const layer = tensor.name.split('/').at(-2) ?? '';
			byLayer.set(layer, [...(byLayer.get(layer) ?? []), tensor]);
		}
		const weightsOf: WeightsOf | null =
			tensors && (({ config }) => byLayer.get(String(config['name'])) ?? []);
		const about = files.map((file) => (file === main ? null : jsonIn(file))).find((json) => json !== null);
		try {
			const opened = readTopology(model.model, {
				...{ file: main.name, format: 'TensorFlow.js', version: model.version, weightsOf },
				...(size !== undefined && { size })
			});
			const labels = about?.['labels'];
			return {
				...opened,
				labels: Array.isArray(labels)
					? labels.slice(0, 1 << 16).map((label) => String(label).slice(0, 200))
					: null
			};
		} catch (error) {
			throw asFormatError(main.name, error);
		}
	}
};

/** The Keras model that a topology is; `null` where there are weights alone. */
function topologyOf(
	json: Record<string, unknown>,
	file: string
): { readonly model: KerasModel; readonly version: string } | null {
	const topology = json['modelTopology'];
	if (typeof topology !== 'object' || topology === null) return null;
	const of = topology as Record<string, unknown>;
	if (Array.isArray(of['node']))
		throw new FormatError(
			'unsupported',
			`${file} is a graph model, whose layers are taken apart; convert it with --output_format=tfjs_layers_model`,
			{ file, what: 'a graph model' }
		);
	const config = of['model_config'] ?? of;
	const isModel =
		typeof config === 'object' && config !== null && typeof (config as KerasModel).class_name === 'string';
	if (!isModel) return null;
	return { model: config as KerasModel, version: String(of['keras_version'] ?? '') };
}

/** All tensors of the manifest; `null` where it has none, or where a structure came without its shards. */
function tensorsBeside(
	main: ModelFile,
	files: readonly ModelFile[],
	hasModel: boolean
): NamedTensor[] | null {
	const json = jsonIn(main)!;
	if (hasModel && !Array.isArray(json['weightsManifest'])) return null;
	const manifest = parseManifest(new TextDecoder().decode(main.bytes), main.name);
	const byName = new Map(files.map((file) => [file.name, file.bytes]));
	const shards = new Map<string, Uint8Array>();
	for (const path of shardsOf(manifest)) {
		const bytes = byName.get(path.split('/').pop()!);
		if (bytes) shards.set(path, bytes);
	}
	return shards.size === 0 && hasModel ? null : readTensors(manifest, shards);
}
