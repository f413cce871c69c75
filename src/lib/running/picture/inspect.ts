import { dimensionsOf } from './dimensions';
import { isSvg, mostElements, sizedSvg, type SizedSvg } from './svg';
import { isCutOff, turnOf } from './wholeness';

/**
 * Why a file gives no picture.
 *
 * - `empty`: it has no bytes
 * - `tooLarge` (`size`, `max`, bytes): too many bytes to read here
 * - `tooManyPixels` (`width`, `height`): too many pixels to decode here
 * - `tooManyParts` (`max`): an SVG that would be drawn from too many elements, each as often as it is used
 * - `cutOff`: the file ends before the picture does
 * - `slow`: it was not decoded in half a minute
 * - `sample`: a picture of the site's did not load
 * - `notAPicture` (`name`): the browser reads no picture in it
 */
export type PictureErrorCode =
	'empty' | 'tooLarge' | 'tooManyPixels' | 'tooManyParts' | 'cutOff' | 'slow' | 'sample' | 'notAPicture';

export class PictureError extends Error {
	override readonly name = 'PictureError';

	constructor(
		readonly code: PictureErrorCode,
		readonly params: Readonly<Record<string, string | number>>
	) {
		super(code);
	}
}

/** What a file holds that may be decoded. */
export type Inspected =
	| { readonly kind: 'drawing'; readonly svg: SizedSvg }
	/** `orientation` as EXIF has it, and the bytes without it where not all browsers follow it. */
	| {
			readonly kind: 'pixels';
			readonly count: number;
			readonly orientation: number;
			readonly plain: Uint8Array;
	  };

const maxPixels = 150e6;

/**
 * Looks at a picture's file before any of it is decoded: of what kind and size it is, and that it is whole.
 * @throws PictureError
 */
export function inspect(bytes: Uint8Array, name: string): Inspected {
	if (bytes.length === 0) throw new PictureError('empty', { name });
	if (isSvg(new TextDecoder().decode(bytes.subarray(0, 1 << 16)))) {
		const svg = sizedSvg(new TextDecoder().decode(bytes));
		if (!svg) throw new PictureError('tooManyParts', { name, max: mostElements });
		return { kind: 'drawing', svg };
	}
	const dimensions = dimensionsOf(bytes);
	if (!dimensions) throw new PictureError('notAPicture', { name });
	const count = dimensions.width * dimensions.height;
	if (count > maxPixels) throw new PictureError('tooManyPixels', { name, ...dimensions, max: maxPixels });
	if (isCutOff(bytes)) throw new PictureError('cutOff', { name });
	return { kind: 'pixels', count, ...turnOf(bytes) };
}
