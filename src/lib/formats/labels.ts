import type { Graph } from '../nets';
import { resolveGraph } from '../nets';
import type { ModelFile, Opened } from './format';

/** Most names that are read, and characters of one. */
const [most, longest] = [1 << 16, 200];

/** Why a file gives no names: it holds `none`, or one that is too `long`. */
export type LabelsFault =
	{ readonly code: 'none' } | { readonly code: 'long'; readonly name: string; readonly max: number };

/** The names of classes that a file holds, as {@link labelsOrFault} reads them; `null` for any other file. */
export function readLabels(file: ModelFile): string[] | null {
	const found = labelsOrFault(file);
	return Array.isArray(found) ? found : null;
}

/**
 * The names of classes that a text file holds: one a line (`0 cat`, as Teachable Machine writes them, has its numbers left out), a
 * list in JSON, or an object of numbers to names. In JSON, a list that ends with a name, as ImageNet's index has it, and an object
 * with one stand for it.
 */
export function labelsOrFault({ bytes }: ModelFile): string[] | LabelsFault {
	const names = namesIn(bytes);
	if (!names || names.length > most) return { code: 'none' };
	const long = names.find((name) => name.length > longest);
	// One long line is no list.
	if (long !== undefined)
		return names.length > 1 ? { code: 'long', name: long, max: longest } : { code: 'none' };
	const isNumbered = names.length > 1 && names.every((name, i) => new RegExp(`^${i}[\\s:,]+\\S`).test(name));
	return isNumbered ? names.map((name) => name.replace(/^\d+[\s:,]+/, '')) : names;
}

function namesIn(bytes: Uint8Array): string[] | null {
	if (bytes.length > 4 << 20) return null;
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
	} catch {
		return null;
	}
	if (text === '' || text.includes('\0')) return null;
	return /^[[{]/.test(text) ? namesInJson(text) : text.split(/\r?\n/).map((line) => line.trim());
}

function namesInJson(text: string): string[] | null {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return null;
	}
	const list = Array.isArray(value)
		? value
		: typeof value === 'object' && value !== null
			? Object.entries(value)
					.filter(([key]) => /^\d{1,5}$/.test(key))
					.sort(([a], [b]) => Number(a) - Number(b))
					.map(([, name]) => name as unknown)
			: [];
	const names = list.map(nameIn);
	return names.length > 0 && names.every((name) => typeof name === 'string') ? names : null;
}

/** What a class is called, by what stands for it in JSON. */
function nameIn(value: unknown): unknown {
	if (Array.isArray(value)) return value.at(-1);
	if (typeof value !== 'object' || value === null) return value;
	const { name, label } = value as Partial<Record<'name' | 'label', unknown>>;
	return name ?? label;
}

/** How many classes a network tells apart: the channels of its output, where that is a row. */
export function classCount(graph: Graph): number | null {
	try {
		const [height, width, channels] = resolveGraph(graph).output.shape;
		return height * width === 1 ? channels : null;
	} catch {
		return null;
	}
}

/** Gives a model the names of its classes from a text file that was dropped with it, where it has none itself. */
export function withLabels(opened: Opened, main: ModelFile, files: readonly ModelFile[]): Opened {
	if (opened.kind !== 'model' || opened.labels) return opened;
	const file = files.find(
		(other) => other !== main && /\.(txt|names|labels|csv|json)$/i.test(other.name) && readLabels(other)
	);
	const labels = file && readLabels(file);
	if (!file || !labels) return opened;
	const outputs = classCount(opened.graph);
	const params = { file: file.name, count: labels.length };
	if (labels.length !== outputs)
		return {
			...opened,
			notes: [...opened.notes, { code: 'labelsUnfit', params: { ...params, outputs: outputs ?? 0 } }]
		};
	return { ...opened, labels, notes: [...opened.notes, { code: 'labels', params }] };
}
