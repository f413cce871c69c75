import { FormatError, type Format, type ModelFile, type Opened, type ReadOptions } from './format';
import { filesInArchive } from './archive';
import { atSize } from './atSize';
import { caffe } from './caffe';
import { keras } from './keras';
import { withLabels } from './labels';
import { graphJson } from './graphJson';
import { mistakenFor, type Mistaken } from './mistaken';
import { onnx } from './onnx';
import { safetensors } from './safetensors';
import { withOwnPreprocessing } from './preprocessing';
import { tensorflowJs } from './tfjsModel';
import { tflite } from './tflite';

export { FormatError } from './format';
export type * from './format';

/** Every format that is read. A new one is a file and a line here; the first that knows a file reads it. */
export const formats: readonly Format[] = [onnx, keras, tensorflowJs, tflite, caffe, safetensors, graphJson];

/**
 * Opens files that were dropped together: a model, or weights, with what it needs beside it.
 * @throws {FormatError} and, for weights, `WeightsError`
 */
export async function openFiles(files: readonly ModelFile[], options: ReadOptions = {}): Promise<Opened> {
	const [archive] = files;
	const unpacked = archive && files.length === 1 ? filesInArchive(archive) : null;
	if (unpacked) return openFiles(unpacked, options);
	for (const format of formats) {
		const main = files.find((file) => format.tell(file));
		if (!main) continue;
		const read = await format.read(main, files, options);
		const { size } = options;
		const opened = read.kind === 'model' && size !== undefined ? atSize(read, size, main.name) : read;
		return withAnother(withLabels(withOwnPreprocessing(opened), main, files), format, main, files);
	}
	for (const { name, bytes } of files) {
		const kind = mistakenFor(bytes);
		if (kind)
			throw new FormatError('mistaken', `${name} is no model but ${whatIs[kind]}`, { file: name, kind });
	}
	const names = files.map(({ name }) => name);
	throw new FormatError(
		'unknown',
		`${names.join(', ') || 'no files'}: expected ${formats.map(({ name }) => name).join(', ')}`,
		{
			files: names.join('\n')
		}
	);
}

/** Formats whose files are whole by themselves, so that a second one belongs to something else. */
const whole: readonly Format[] = [onnx, keras, tflite];

/** Says which file is left out because it is a network by itself, as when somebody drops two to compare them. */
function withAnother(opened: Opened, format: Format, main: ModelFile, files: readonly ModelFile[]): Opened {
	if (!whole.includes(format)) return opened;
	const another = files.find((file) => file !== main && whole.some((of) => of.tell(file)));
	if (!another) return opened;
	return { ...opened, notes: [...opened.notes, { code: 'another', params: { file: another.name } }] };
}

/** For programs; pages have sentences that say what to do. */
const whatIs: Readonly<Record<Mistaken, string>> = {
	empty: 'an empty file',
	page: 'a web page: download the file itself',
	pointer: 'a pointer of Git LFS: fetch what it stands for',
	pytorch: "PyTorch's own file, which holds code: export it to ONNX",
	savedModel: "TensorFlow's SavedModel, whose weights lie beside it: convert it by tensorflowjs_converter",
	packed: 'a compressed file: unpack it first',
	picture: 'a picture'
};
