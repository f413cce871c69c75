import { m } from '$lib/i18n';
import { changeOpened } from '$lib/running/files/opened';
import { cut } from '$lib/viz/words/cut';
import { formatCount } from '$lib/viz/words/format';
import type { Playground } from '../playground.svelte';
import { outputsOf } from './outputsOf';

type Of = Pick<Playground, 'own' | 'setLabels'>;

/** Bytes of the longest list. */
const mostBytes = 4 << 20;

/** Whether files that were let go are a list of names, by what it is called and how it reads: a network is no such list. */
export async function isClassList([file, ...others]: readonly File[]): Promise<boolean> {
	if (!file || others.length > 0 || file.size > mostBytes) return false;
	if (!/\.(txt|json|names|labels|csv)$/i.test(file.name)) return false;
	const text = await file.text();
	// Caffe's networks are texts as well.
	return /\.json$/i.test(file.name)
		? /^\s*(\[|\{\s*"\d+")/.test(text)
		: !/^\s*layers?\s*\{|^\s*\{/m.test(text);
}

/** Calls the classes of the own network as a file does. @returns why not */
export async function takeClassList(playground: Of, file: File): Promise<string | null> {
	const { labelsOrFault } = await import('$lib/formats/labels');
	const name = cut(file.name);
	const labels = labelsOrFault({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
	const outputs = outputsOf(playground.own);
	if (!Array.isArray(labels))
		return labels.code === 'long'
			? m.formats_labels_long({ file: name, name: cut(labels.name), max: labels.max })
			: m.formats_labels_none({ file: name });
	if (labels.length !== outputs)
		return m.formats_note_labels_unfit({
			file: name,
			count: formatCount(labels.length),
			outputs: formatCount(outputs ?? 0)
		});
	playground.setLabels(labels, file.name);
	changeOpened({ labels, labelsFrom: file.name });
	return null;
}
