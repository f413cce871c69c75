/** A file's bytes, read as numbers and short texts. */
class Bytes {
	readonly view: DataView;

	constructor(readonly bytes: Uint8Array) {
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	text(at: number, length: number): string {
		return String.fromCharCode(...this.bytes.subarray(at, at + length));
	}
}

/**
 * Whether a picture's file ends before the picture does: browsers show what there is of it as if it were all. Only what is sure
 * is said; bytes after the end, as cameras and editors write them, are no fault.
 */
export function isCutOff(bytes: Uint8Array): boolean {
	const file = new Bytes(bytes);
	try {
		if (file.text(1, 3) === 'PNG') return chunksOfPng(file).at(-1)?.name !== 'IEND';
		if (file.text(0, 3) === 'GIF') return !hasEndOfGif(file);
		if (file.text(0, 4) === 'RIFF') return file.view.getUint32(4, true) + 8 > bytes.length;
		if (file.text(4, 4) === 'ftyp') return boxesEnd(file) > bytes.length;
		if (file.view.getUint16(0) === 0xffd8) return !hasEndOfJpeg(file);
	} catch (error) {
		if (error instanceof RangeError) return true;
		throw error;
	}
	return false;
}

interface Chunk {
	readonly name: string;
	/** Of the chunk, and of its content. */
	readonly start: number;
	readonly content: number;
	readonly length: number;
	readonly end: number;
}

/** The chunks that are whole. Source: PNG, third edition, section 5.3. */
function chunksOfPng(file: Bytes): Chunk[] {
	const { view, bytes } = file;
	const chunks: Chunk[] = [];
	for (let start = 8; start + 12 <= bytes.length;) {
		const length = view.getUint32(start);
		const end = start + 12 + length;
		if (end > bytes.length) break;
		const name = file.text(start + 4, 4);
		chunks.push({ name, start, content: start + 8, length, end });
		if (name === 'IEND') break;
		start = end;
	}
	return chunks;
}

/** Where the boxes of a file such as AVIF end. Source: ISO/IEC 14496-12, section 4.2. */
function boxesEnd({ view, bytes }: Bytes): number {
	let at = 0;
	while (at + 8 <= bytes.length) {
		const size = view.getUint32(at);
		// 0 is "to the end of the file", 1 has its size in eight bytes more.
		if (size === 0) return bytes.length;
		const whole = size === 1 ? Number(view.getBigUint64(at + 8)) : size;
		if (whole < 8) return bytes.length;
		at += whole;
	}
	return at;
}

/** Goes from block to block to the trailer. Source: GIF89a, section 12 and appendix A. */
function hasEndOfGif({ view }: Bytes): boolean {
	const table = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
	for (let at = 13 + table(view.getUint8(10)); ;) {
		const kind = view.getUint8(at);
		if (kind === 0x3b) return true;
		// An extension, or an image with its size, its table and how its data is coded; of what is no block browsers make nothing.
		if (kind === 0x21) at += 2;
		else if (kind === 0x2c) at += 11 + table(view.getUint8(at + 9));
		else return true;
		for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += 1 + length;
		at++;
	}
}

/** Looks for the end of the image behind its first scan: previews before it have ends of their own. Source: ITU T.81, annex B. */
function hasEndOfJpeg({ view, bytes }: Bytes): boolean {
	let at = 2;
	while (view.getUint16(at) !== 0xffda) {
		if (view.getUint8(at) !== 0xff) return false;
		at += 2 + view.getUint16(at + 2);
	}
	for (let end = bytes.indexOf(0xd9, at); end >= 0; end = bytes.indexOf(0xd9, end + 1))
		if (bytes[end - 1] === 0xff) return true;
	return false;
}

/** How EXIF data in a WebP or PNG wants it turned, 1 to 8, and the file without that wish, since not all browsers follow it. */
export function turnOf(bytes: Uint8Array): { readonly orientation: number; readonly plain: Uint8Array } {
	const file = new Bytes(bytes);
	const upright = { orientation: 1, plain: bytes };
	try {
		if (file.text(0, 4) === 'RIFF' && file.text(8, 4) === 'WEBP') {
			for (let at = 12; at + 8 <= bytes.length; at += 8 + ((file.view.getUint32(at + 4, true) + 1) & ~1))
				if (file.text(at, 4) === 'EXIF') return withoutTurn(file, at + 8);
		} else if (file.text(1, 3) === 'PNG') {
			const exif = chunksOfPng(file).find(({ name }) => name === 'eXIf');
			if (!exif) return upright;
			const { orientation } = withoutTurn(file, exif.content);
			const plain = new Uint8Array(bytes.length - (exif.end - exif.start));
			plain.set(bytes.subarray(0, exif.start));
			plain.set(bytes.subarray(exif.end), exif.start);
			return { orientation, plain };
		}
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
	}
	return upright;
}

/** Source: EXIF 2.32, section 4.6.4: orientation is tag 0x0112 of the first directory of a TIFF file. */
function withoutTurn(file: Bytes, start: number) {
	const { view, bytes } = file;
	const begin = file.text(start, 4) === 'Exif' ? start + 6 : start;
	const isLittle = view.getUint16(begin) === 0x4949;
	const directory = begin + view.getUint32(begin + 4, isLittle);
	const entries = view.getUint16(directory, isLittle);
	for (let i = 0; i < entries; i++) {
		const entry = directory + 2 + 12 * i;
		if (view.getUint16(entry, isLittle) !== 0x0112) continue;
		const orientation = view.getUint16(entry + 8, isLittle);
		const plain = bytes.slice();
		new DataView(plain.buffer).setUint16(entry + 8, 1, isLittle);
		return { orientation: orientation >= 1 && orientation <= 8 ? orientation : 1, plain };
	}
	return { orientation: 1, plain: bytes };
}
