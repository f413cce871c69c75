import { huffmanTable, missingUnits, type HuffmanTable, type UnitReader, type Units } from './huffman';
import { Coefficients, means, wholeUnits, type Pass, type Told } from './passes';

/**
 * Whether the data of a picture ends before its pixels do, although its file is well formed: half a file with an end put behind it, or
 * filled up with zeros. Browsers show the rest grey or black. Found in
 *
 * - PNG, always: its data is one stream, whose end is known;
 * - JPEG, by counting blocks: where at least half a row of them is missing, of the picture or of one of its passes, or a whole pass;
 * - lossy WebP and AVIF, where at least a quarter is zeros, which their coders do not write.
 *
 * GIF, and what of WebP and AVIF ends without being filled up, is no picture to browsers. That a lossless WebP was filled up with zeros
 * is not seen: they are codes of pixels there, and stand at the end of whole files too.
 */
export async function endsEarly(bytes: Uint8Array): Promise<boolean> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
	try {
		if (text(1, 3) === 'PNG') return await isCutStream(idatOf(view, text), rowsOfPng(view));
		if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return hasZeros(vp8Of(view, text));
		if (text(4, 4) === 'ftyp') return hasZeros(dataOfBoxes(view, text));
		if (view.getUint16(0) === 0xffd8) return isCutJpeg(view);
	} catch (error) {
		// It ends within a length: that is for `isCutOff`, and for the browser.
		if (!(error instanceof RangeError)) throw error;
	}
	return false;
}

type Text = (at: number, length: number) => string;

/** What its chunks `IDAT` hold. Source: PNG, third edition, section 10.1. */
function idatOf(view: DataView, text: Text): Uint8Array[] {
	const parts: Uint8Array[] = [];
	for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
		const length = Math.min(view.getUint32(at), view.byteLength - at - 12);
		if (text(at + 4, 4) === 'IDAT') parts.push(new Uint8Array(view.buffer, view.byteOffset + at + 8, length));
	}
	return parts;
}

/** Bytes of all its rows, each with one that says how it is written; 0, where they are not in order. Source: PNG, sections 7.2 and 8.1. */
function rowsOfPng(view: DataView): number {
	const [width, height] = [view.getUint32(16), view.getUint32(20)];
	const samples = [1, 0, 3, 1, 2, 0, 4][view.getUint8(25)] ?? 0;
	const isInterlaced = view.getUint8(28) !== 0;
	return isInterlaced ? 0 : height * (1 + Math.ceil((width * samples * view.getUint8(24)) / 8));
}

/**
 * Whether a zlib stream ends before its end, or breaks, or holds less than is expected: as raw data, without its head of 2 bytes and its sum of 4, since a false sum is no
 * fault of the pixels. What stands behind its end is none, either.
 */
async function isCutStream(parts: readonly Uint8Array[], expected: number): Promise<boolean> {
	const all = new Uint8Array(await new Blob([...parts] as BlobPart[]).arrayBuffer()).subarray(2, -4);
	const { readable, writable } = new DecompressionStream('deflate-raw');
	const writer = writable.getWriter();
	const written = (async () => {
		// A piece at a time, so that not all that it unpacks to is held.
		for (let at = 0; at < all.length; at += 1 << 16) await writer.write(all.subarray(at, at + (1 << 16)));
		await writer.close();
	})();
	const reader = readable.getReader();
	let bytes = 0;
	const isRead = async () => {
		for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
	};
	try {
		await Promise.all([written, isRead()]);
		// Broken data may look as if it ended.
		return bytes < expected;
	} catch (error) {
		return !/junk|trailing|after/i.test(String(error));
	}
}

/** The data of a lossy picture that does not move; none where it is another. Source: RFC 9649, section 2.5. */
function vp8Of(view: DataView, text: Text): Uint8Array {
	for (let at = 12; at + 8 <= view.byteLength;) {
		const length = view.getUint32(at + 4, true);
		if (text(at, 4) === 'VP8 ') return bytesAt(view, at + 8, length);
		at += 8 + length + (length & 1);
	}
	return new Uint8Array();
}

/** The last box of data in a file such as AVIF. Source: ISO/IEC 14496-12, sections 4.2 and 8.1.1. */
function dataOfBoxes(view: DataView, text: Text): Uint8Array {
	let data: Uint8Array = new Uint8Array();
	for (let at = 0; at + 8 <= view.byteLength;) {
		const size = view.getUint32(at);
		const head = size === 1 ? 16 : 8;
		const whole = size === 1 ? Number(view.getBigUint64(at + 8)) : size === 0 ? view.byteLength - at : size;
		if (whole < head) break;
		if (text(at + 4, 4) === 'mdat') data = bytesAt(view, at + head, whole - head);
		at += whole;
	}
	return data;
}

const bytesAt = (view: DataView, start: number, length: number) =>
	new Uint8Array(view.buffer, view.byteOffset + start, Math.min(length, view.byteLength - start));

/**
 * Whether a quarter of the data, at its end, is zeros. Of blocks of one colour the coder of VP8 writes zeros for what is left of
 * their colours, but the modes that stand before them take twenty times as many bits.
 */
function hasZeros(data: Uint8Array): boolean {
	const zeros = data.length - 1 - data.findLastIndex((byte) => byte !== 0);
	return zeros >= 64 && 4 * zeros >= data.length;
}

interface Component {
	readonly id: number;
	/** Blocks of it in a unit, across and down. */
	readonly across: number;
	readonly down: number;
	/** How many of the lowest bits are not sent yet, of each of its 64 coefficients; `Infinity` before any is. */
	readonly open: Float32Array;
	/** Of a picture that comes in passes, once one has sent more than means. */
	told: Told | null;
}

interface Frame {
	readonly isProgressive: boolean;
	readonly width: number;
	readonly height: number;
	readonly components: readonly Component[];
}

/** Goes from segment to segment, and through the data of each scan. Source: ITU T.81, annexes B and F. */
function isCutJpeg(view: DataView): boolean {
	const tables = new Map<number, HuffmanTable>();
	let frame: Frame | null = null;
	let interval = 0;
	for (let at = 2; at + 4 <= view.byteLength;) {
		if (view.getUint8(at) !== 0xff) return false;
		const marker = view.getUint8(at + 1);
		if (marker === 0xff) {
			at++;
			continue;
		}
		if (marker === 0xd9) break;
		const end = at + 2 + view.getUint16(at + 2);
		if (marker === 0xc4) for (let of = at + 4; of < end;) of += readTable(view, of, tables);
		else if (marker === 0xdd) interval = view.getUint16(at + 4);
		else if (marker >= 0xc0 && marker <= 0xcf) {
			// Of the other ways of coding, browsers read none.
			if (marker > 0xc2 || view.getUint8(at + 4) !== 8) return false;
			frame = readFrame(view, at, marker === 0xc2);
			if (frame.width * frame.height === 0) return false;
		}
		const start = at;
		at = end;
		if (marker !== 0xda) continue;
		if (!frame) return false;
		const scan = readScan(view, start, frame);
		const units = unitsOf(frame, scan.of);
		const reader = readerOf(frame, scan, units, tables);
		if (reader && 2 * missingUnits(view, end, units, interval, reader) >= units.row) return true;
		at = nextMarker(view, end);
	}
	return frame?.components.some(({ open }) => open.some((bits) => bits > 0)) ?? false;
}

function readTable(view: DataView, at: number, tables: Map<number, HuffmanTable>): number {
	const counts = Array.from({ length: 16 }, (_, i) => view.getUint8(at + 1 + i));
	const count = counts.reduce((sum, n) => sum + n, 0);
	const symbols = Array.from({ length: count }, (_, i) => view.getUint8(at + 17 + i));
	tables.set(view.getUint8(at), huffmanTable(counts, symbols));
	return 17 + count;
}

function readFrame(view: DataView, at: number, isProgressive: boolean): Frame {
	const components = Array.from({ length: view.getUint8(at + 9) }, (_, i): Component => {
		const sampling = view.getUint8(at + 11 + 3 * i);
		return {
			...{ id: view.getUint8(at + 10 + 3 * i), across: sampling >> 4, down: sampling & 15 },
			open: new Float32Array(64).fill(Infinity),
			told: null
		};
	});
	return { isProgressive, height: view.getUint16(at + 5), width: view.getUint16(at + 7), components };
}

/** A component of a scan, with its tables' numbers. */
interface Scanned {
	readonly component: Component;
	readonly dc: number;
	readonly ac: number;
}

/** A scan, and what of the coefficients it sends. */
interface Scan extends Pass {
	readonly of: readonly Scanned[];
}

/** Reads the header of a scan, and marks what of the coefficients it sends. */
function readScan(view: DataView, at: number, { isProgressive, components }: Frame): Scan {
	const count = view.getUint8(at + 4);
	const spectrum = at + 5 + 2 * count;
	const [first, last, bits] = [0, 1, 2].map((i) => view.getUint8(spectrum + i)) as [number, number, number];
	const of = Array.from({ length: count }, (_, i) => {
		const component = components.find(({ id }) => id === view.getUint8(at + 5 + 2 * i));
		const tables = view.getUint8(at + 6 + 2 * i);
		if (isProgressive) component?.open.fill(bits & 15, first, last + 1);
		else component?.open.fill(0);
		return component ? [{ component, dc: tables >> 4, ac: 0x10 | (tables & 15) }] : [];
	}).flat();
	return { of, first, last, isFirst: bits >> 4 === 0 };
}

/** What a scan is made of: one component in its own blocks, or several in units that hold blocks of each. */
function unitsOf({ width, height, components }: Frame, scanned: readonly Scanned[]): Units {
	const most = (of: 'across' | 'down') => Math.max(...components.map((component) => component[of]));
	const alone = aloneIn(scanned);
	const units = (pixels: number, of: 'across' | 'down') =>
		alone ? Math.ceil(Math.ceil((pixels * alone[of]) / most(of)) / 8) : Math.ceil(pixels / (8 * most(of)));
	return { row: units(width, 'across'), rows: units(height, 'down') };
}

const aloneIn = ([only, ...others]: readonly Scanned[]): Component | undefined =>
	others.length === 0 ? only?.component : undefined;

/** What reads the units of a scan; `null` where it is of no kind that there is. */
function readerOf(
	{ isProgressive }: Frame,
	{ of, first, last, isFirst }: Scan,
	{ row, rows }: Units,
	tables: ReadonlyMap<number, HuffmanTable>
): UnitReader | null {
	const alone = aloneIn(of);
	const blocks = of.flatMap(({ component: { across, down }, dc, ac }) => {
		const block = { dc: tables.get(dc), ac: tables.get(ac) };
		return Array.from({ length: alone ? 1 : across * down }, () => block);
	});
	if (!isProgressive) return wholeUnits(blocks);
	if (first === 0) return last === 0 ? means(blocks, isFirst) : null;
	const table = blocks[0]?.ac;
	if (!alone || !table || last > 63) return null;
	alone.told ??= new Uint32Array(2 * row * rows);
	return new Coefficients(table, alone.told, { first, last, isFirst });
}

/** The first marker behind a scan's data that does not stand within such data. */
function nextMarker(view: DataView, start: number): number {
	for (let at = start; at + 1 < view.byteLength; at++) {
		if (view.getUint8(at) !== 0xff) continue;
		const next = view.getUint8(at + 1);
		if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
	}
	return view.byteLength;
}
