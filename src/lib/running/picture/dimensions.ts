/** Width and height in pixels as a file's header says them. */
export interface Dimensions {
	readonly width: number;
	readonly height: number;
}

/**
 * Reads the size of a PNG, JPEG, GIF, WebP, BMP, AVIF or HEIC from the beginning of its file, without decoding it: a file of a few
 * kilobytes can hold a picture that takes gigabytes. `null` for what is none of these, or is cut off before.
 */
export function dimensionsOf(bytes: Uint8Array): Dimensions | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
	try {
		if (text(1, 3) === 'PNG') return { width: view.getUint32(16), height: view.getUint32(20) };
		if (text(0, 3) === 'GIF') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
		if (text(0, 2) === 'BM')
			return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
		if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return webp(view, text(12, 4));
		if (text(4, 4) === 'ftyp') return largestItem(bytes, view);
		if (view.getUint16(0) === 0xffd8) return jpeg(view);
	} catch (error) {
		// The file ends before its size is said.
		if (!(error instanceof RangeError)) throw error;
	}
	return null;
}

/** Source: RFC 9649, section 2. */
function webp(view: DataView, kind: string): Dimensions | null {
	if (kind === 'VP8 ')
		return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
	if (kind === 'VP8L') {
		const bits = view.getUint32(21, true);
		return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
	}
	const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
	return kind === 'VP8X' ? { width: three(24) + 1, height: three(27) + 1 } : null;
}

/** Goes from segment to segment to the frame header. Source: ITU T.81, annex B. */
function jpeg(view: DataView): Dimensions | null {
	for (let at = 2; ;) {
		const marker = view.getUint16(at);
		if (marker < 0xff00) return null;
		const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
		if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
		at += 2 + view.getUint16(at + 2);
	}
}

/** The largest of the sizes that a file's pictures and tiles have, each in a box `ispe`. Source: ISO/IEC 23008-12, section 6.5.3. */
function largestItem(bytes: Uint8Array, view: DataView): Dimensions | null {
	const sign = [0x69, 0x73, 0x70, 0x65];
	let largest: Dimensions | null = null;
	for (let at = bytes.indexOf(sign[0]!); at >= 0; at = bytes.indexOf(sign[0]!, at + 1)) {
		if (at + 16 > bytes.length || sign.some((byte, i) => bytes[at + i] !== byte)) continue;
		const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
		if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
	}
	return largest;
}
