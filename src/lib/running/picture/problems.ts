import { m } from '$lib/i18n';
import { cut } from '$lib/viz/words/cut';
import { formatBytes, formatCount, formatProduct } from '$lib/viz/words/format';
import type { PictureError } from './inspect';

/** Why a file gives no picture, in the reader's language. */
export function pictureProblem({ code, params }: PictureError): string {
	const name = cut(String(params['name'] ?? ''));
	const number = (key: string) => Number(params[key] ?? 0);
	switch (code) {
		case 'empty':
			return m.playground_picture_empty({ name });
		case 'tooLarge':
			return m.playground_picture_too_large({
				name,
				size: formatBytes(number('size')),
				max: formatBytes(number('max'))
			});
		case 'tooManyPixels':
			return m.playground_picture_too_many_pixels({
				name,
				size: formatProduct(number('width'), number('height')),
				max: formatCount(number('max') / 1e6)
			});
		case 'tooManyParts':
			return m.playground_picture_too_many_parts({ name, max: formatCount(number('max')) });
		case 'cutOff':
			return m.playground_picture_cut_off({ name });
		case 'slow':
			return m.playground_picture_slow({ name });
		case 'sample':
			return m.playground_picture_sample({ name });
		case 'notAPicture':
			return m.playground_picture_not({ name });
	}
}
