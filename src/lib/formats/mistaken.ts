import { hasList, isZip } from './archive';

/**
 * What readers drop in place of a model, often without knowing it.
 *
 * - `empty`: it has no bytes
 * - `page`: a web page, such as a code host shows around a file, or a network's sign-in page
 * - `pointer`: a few lines of Git LFS that stand for the file
 * - `pytorch`: a program's objects, as `torch.save` writes them
 * - `savedModel`: TensorFlow's graph of a folder, whose weights lie beside it in others
 * - `packed`: a compressed file, or an archive
 * - `brokenZip`: a zip that is cut off, or whose list of files cannot be read
 * - `picture`: a picture
 */
export type Mistaken =
	'empty' | 'page' | 'pointer' | 'pytorch' | 'savedModel' | 'packed' | 'brokenZip' | 'picture';

const signs: readonly (readonly [Mistaken, (head: string) => boolean])[] = [
	['empty', (head) => head === ''],
	['pointer', (head) => head.startsWith('version https://git-lfs')],
	['page', (head) => /^\uFEFF?\s*(?:<!--|<!doctype html|<html|<head|<body)/i.test(head)],
	// A zip of torch.save, or what it wrote before: a pickle.
	[
		'pytorch',
		(head) => /^PK\x03\x04[^]*?(?:data\.pkl|\/version)/.test(head) || /^\x80[\x02-\x05]/.test(head)
	],
	['savedModel', beginsAsSavedModel],
	['packed', (head) => /^(?:\x1F\x8B|PK\x03\x04|BZh|7z\xBC|\xFD7zXZ|Rar!|\x28\xB5\x2F\xFD)/.test(head)],
	[
		'picture',
		(head) => /^(?:\x89PNG|\xFF\xD8\xFF|GIF8|BM|RIFF[^]{4}WEBP|[^]{4}ftyp(?:avif|heic|mif1))/.test(head)
	],
	['picture', (head) => /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/.test(head)]
];

/** Its version, and a message where a model of ONNX, which begins alike, has the name of what wrote it. */
export function beginsAsSavedModel(head: string): boolean {
	return /^\x08\x01\x12[\x80-\xFF]*[\x01-\x7F]\x0A/.test(head);
}

/** What a file is instead of a model, by how it begins; `null` where that says nothing. */
export function mistakenFor(bytes: Uint8Array): Mistaken | null {
	const head = String.fromCharCode(...bytes.subarray(0, 4096));
	const found = signs.find(([, is]) => is(head))?.[0] ?? null;
	return found === 'packed' && isZip(bytes) && !hasList(bytes) ? 'brokenZip' : found;
}
