import { GraphError, parseGraph } from '../nets';
import {
	asFormatError,
	FormatError,
	inputSizes,
	type Format,
	type InputSize,
	type ModelFile,
	type Note,
	type Opened,
	type ReadOptions
} from './format';
import { filesInArchive } from './archive';
import { atSize } from './atSize';
import { caffe, weightsBeside } from './caffe';
import { keras } from './keras';
import { withLabels } from './labels';
import { graphJson } from './graphJson';
import { jsonIn } from './text';
import { mistakenFor, type Mistaken } from './mistaken';
import { onnx } from './onnx';
import { plainName } from '../nets/plainText';
import { safetensors } from './safetensors';
import { withOwnPreprocessing } from './preprocessing';
import { isShard, tensorflowJs } from './tfjsModel';
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
	// Where several are in an archive, it is the one file that was opened all the same.
	if (unpacked) {
		const opened = await openFiles(unpacked, options);
		const notes = opened.notes.filter(({ code }) => code !== 'unused');
		return { ...opened, notes, unopened: [], unused: [] };
	}
	for (const format of formats) {
		const own = files.filter((file) => format.tell(file));
		const main = own.find((file) => format.isNetwork?.(file) ?? true) ?? own[0];
		if (!main) continue;
		try {
			const read = await readAtSomeSize(format, main, files, options);
			const { size } = options;
			const opened = read.kind === 'model' && size !== undefined ? atSize(read, size, main.name) : read;
			const labelled = withLabels(withOwnPreprocessing(opened), main, files);
			const told = await withAnother(withPlainNames(labelled, main), main, files);
			return withUnused(told, format, main, files);
		} catch (error) {
			const other = await openOther(error, main, files, options);
			if (!other) throw error;
			return other;
		}
	}
	// Of bytes alone nothing is told by what they begin with.
	const others = files.filter((file) => !isShard(file));
	for (const { name, bytes } of others) {
		const kind = mistakenFor(bytes);
		if (kind)
			throw new FormatError('mistaken', `${name} is no model but ${whatIs[kind]}`, { file: name, kind });
	}
	for (const file of others) checkJson(file, files.length === 1);
	const shards = files.filter(isShard).map(({ name }) => name);
	if (shards.length > 0)
		throw new FormatError(
			'shards',
			`${shards.join(', ')}: weights of a TensorFlow.js model: give them together with its model.json`,
			{ files: shards.join('\n') }
		);
	const names = files.map(({ name }) => name);
	throw new FormatError(
		'unknown',
		`${names.join(', ') || 'no files'}: expected ${formats.map(({ name }) => name).join(', ')}`,
		{
			files: names.join('\n')
		}
	);
}

/**
 * Says of a text that begins as JSON where it stops being such; where nothing came with it, also that it is no object.
 * @throws {FormatError}
 */
function checkJson(file: ModelFile, isAlone: boolean): void {
	if (!/^\uFEFF?\s*[[{]/.test(new TextDecoder().decode(file.bytes.subarray(0, 64))) || jsonIn(file)) return;
	try {
		parseGraph(new TextDecoder().decode(file.bytes));
	} catch (error) {
		if (isAlone || (error instanceof GraphError && error.code === 'json'))
			throw asFormatError(file.name, error);
	}
}

/** Of several networks that were given together, another than one that cannot be read; `null` where none can. */
async function openOther(
	error: unknown,
	main: ModelFile,
	files: readonly ModelFile[],
	options: ReadOptions
): Promise<Opened | null> {
	const others = files.filter((file) => file !== main);
	if (!(error instanceof FormatError) || !isNetwork(main) || !others.some(isNetwork)) return null;
	const opened = await openFiles(others, options).catch(() => null);
	if (opened?.kind !== 'model') return null;
	const at = files.indexOf(main);
	const note = damagedNote(main, error);
	const placed = (of: readonly number[] = []) => of.map((i) => (i < at ? i : i + 1));
	const unopened = [...placed(opened.unopened), at].sort((a, b) => a - b);
	return { ...opened, unopened, unused: placed(opened.unused), notes: [note, ...opened.notes] };
}

/** Names in files are anything at all; those of layers are letters and digits by now. */
function withPlainNames(opened: Opened, { name: file }: ModelFile): Opened {
	if (opened.kind !== 'model') return opened;
	const { graph, labels } = opened;
	const nodes = graph.nodes.map((node) =>
		node.op === 'opaque'
			? { ...node, options: { ...node.options, type: plainName(node.options.type) } }
			: node
	);
	return {
		...opened,
		graph: { ...graph, name: plainName(graph.name) || plainName(file), nodes },
		labels: labels?.map(plainName) ?? null
	};
}

/** Sizes of pictures that networks are made for, the usual ones first. */
const usualSizes = [
	32, 28, 64, 96, 128, 112, 160, 192, 299, 256, 240, 260, 300, 320, 384, 416, 448, 512, 640
] as const;

/** Bytes that are read again and again for a size that fits, so that a large file is not tried for long. */
const mostRead = 1 << 28;

/**
 * Reads a file; where it leaves the size of its pictures open and a layer of it takes those of one size alone, at the first usual size
 * that fits.
 */
async function readAtSomeSize(
	format: Format,
	main: ModelFile,
	files: readonly ModelFile[],
	options: ReadOptions
): Promise<Opened> {
	try {
		return await format.read(main, files, options);
	} catch (error) {
		if (!isUnfit(error)) throw error;
		if (options.size !== undefined) throw await unfitSize(error, options.size, format, main, files);
		const tries = Math.ceil(mostRead / main.bytes.length);
		for (const size of [...sizesBy(error), ...usualSizes].slice(0, tries)) {
			try {
				return await format.read(main, files, { ...options, size });
			} catch (other) {
				if (!isUnfit(other)) throw error;
				// What size it is has no say in this.
				if (other.message === error.message) throw error;
			}
		}
		throw new FormatError(
			'noSize',
			`${main.name} leaves the size of its pictures open, and fits none of the usual ones: give its size: ${whyOf(error, main)}`,
			{ file: main.name },
			error.reason
		);
	}
}

const whyOf = ({ message }: FormatError, { name }: ModelFile): string =>
	message.replace(`${name} cannot be read: `, '');

/** A fault of the size that was asked for, where the file can be read without it; else its own. */
async function unfitSize(
	error: FormatError,
	size: InputSize,
	format: Format,
	main: ModelFile,
	files: readonly ModelFile[]
): Promise<FormatError> {
	const isWhole = await readAtSomeSize(format, main, files, {}).then(
		() => true,
		(other: unknown) => other instanceof FormatError && other.code === 'noSize'
	);
	if (!isWhole) return error;
	const wanted = inputSizes(size).join('×');
	return new FormatError(
		'unfitSize',
		`${main.name} takes no pictures of ${wanted}: ${whyOf(error, main)}`,
		{ file: main.name, size: wanted },
		error.reason
	);
}

/** Whether a layer does not fit what it reads, as happens where pictures are of another size than it is made for. */
const isUnfit = (error: unknown): error is FormatError =>
	error instanceof FormatError &&
	error.code === 'broken' &&
	['multiplies', 'values', 'reshapes', 'operator'].includes(error.reason?.code ?? '');

/** The size at which as many values would come as a dense layer takes. */
function sizesBy({ reason }: FormatError): number[] {
	if (reason?.code !== 'multiplies') return [];
	const { actual, expected } = reason.params;
	const size = Math.round(224 * Math.sqrt(Number(expected) / Number(actual)));
	return size >= 1 && size <= 4096 ? [size] : [];
}

/** Whether a file is a network by itself, so that a second one belongs to something else. */
function isNetwork(file: ModelFile): boolean {
	const format = formats.find((of) => of.tell(file));
	return format !== undefined && format !== safetensors && (format.isNetwork?.(file) ?? true);
}

/** Says which files are left out because they are networks by themselves, as when somebody drops two to compare them. */
async function withAnother(opened: Opened, main: ModelFile, files: readonly ModelFile[]): Promise<Opened> {
	if (!isNetwork(main)) return opened;
	const weights = caffe.tell(main) ? weightsBeside(main, files) : null;
	const isOther = (file: ModelFile) =>
		file !== main && file !== weights && (isNetwork(file) || (weights !== null && caffe.tell(file)));
	const unopened = [...files.keys()].filter((at) => isOther(files[at]!));
	if (unopened.length === 0) return opened;
	const damaged: Note[] = [];
	const names: string[] = [];
	for (const file of unopened.map((at) => files[at]!)) {
		const fault = await faultOf(
			file,
			files.filter((other) => other !== main)
		);
		if (fault) damaged.push(damagedNote(file, fault));
		else names.push(file.name);
	}
	const whole: Note[] =
		names.length === 0 ? [] : [{ code: 'another', params: { files: names.join('\n'), count: names.length } }];
	return { ...opened, unopened, notes: [...damaged, ...opened.notes, ...whole] };
}

const damagedNote = (
	{ name }: ModelFile,
	{ code, message, params, reason }: NonNullable<Note['fault']>
): Note => ({ code: 'damaged', params: { file: name }, fault: { code, message, params, reason } });

/** Why a network that is not opened could not be; `null` where it could, or is too large to be tried. */
async function faultOf(file: ModelFile, files: readonly ModelFile[]): Promise<FormatError | null> {
	const format = formats.find((of) => of.tell(file));
	if (!format || file.bytes.length > mostRead) return null;
	try {
		await readAtSomeSize(format, file, files, {});
		return null;
	} catch (error) {
		return error instanceof FormatError && error.code === 'broken' ? error : null;
	}
}

/** Names of files that are read here, whatever they hold. */
const readNames = /\.(onnx|keras|h5|hdf5|tflite|prototxt|caffemodel|safetensors)$/i;

/** Says which files take no part in a network, so that they are not taken for what it is from. */
function withUnused(opened: Opened, format: Format, main: ModelFile, files: readonly ModelFile[]): Opened {
	if (opened.kind !== 'model' || files.length === 1) return opened;
	/** What was said of files of names already. */
	const names = opened.notes.flatMap(({ code, params }) =>
		code === 'labels' || code === 'labelsUnfit' ? [{ code, file: params['file'] }] : []
	);
	const isSaid = ({ name }: ModelFile, of: Note['code']) =>
		names.some(({ code, file }) => code === of && file === name);
	const parts = new Set([main, ...(format.partsOf?.(main, files) ?? [])]);
	const unused = [...files.keys()].filter(
		(at) => !parts.has(files[at]!) && !opened.unopened?.includes(at) && !isSaid(files[at]!, 'labels')
	);
	if (unused.length === 0) return opened;
	const left = unused.map((at) => files[at]!).filter((file) => !isSaid(file, 'labelsUnfit'));
	const isUnreadable = (file: ModelFile) => readNames.test(file.name) && !formats.some((of) => of.tell(file));
	const noteOf = (code: Note['code'], of: readonly ModelFile[]): Note[] =>
		of.length === 0
			? []
			: [{ code, params: { files: of.map(({ name }) => name).join('\n'), count: of.length } }];
	const notes = [
		...noteOf('unreadable', left.filter(isUnreadable)),
		...noteOf(
			'unused',
			left.filter((file) => !isUnreadable(file))
		)
	];
	return { ...opened, unused, notes: [...opened.notes, ...notes] };
}

/** For programs; pages have sentences that say what to do. */
const whatIs: Readonly<Record<Mistaken, string>> = {
	empty: 'an empty file',
	page: 'a web page: download the file itself',
	pointer: 'a pointer of Git LFS: fetch what it stands for',
	pytorch: "PyTorch's own file, which holds code: export it to ONNX",
	savedModel: "TensorFlow's SavedModel, whose weights lie beside it: convert it by tensorflowjs_converter",
	packed: 'a compressed file: unpack it first',
	brokenZip: 'a zip that is damaged or cut off: get it anew',
	picture: 'a picture'
};
