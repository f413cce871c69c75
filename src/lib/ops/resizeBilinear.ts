import { resizeBy, resizeFields, type ResizeOptions, type Share } from './resize';

/** Resizes height and width; each value is made of the two rows and two columns around its place, by how near they are. */
export const resizeBilinear = resizeBy<ResizeOptions>(
	'resizeBilinear',
	'sum',
	resizeFields,
	() =>
		(place, size): Share[] => {
			const at = Math.min(size - 1, Math.max(0, place));
			const low = Math.floor(at);
			const share = at - low;
			return share === 0
				? [{ at: low, share: 1 }]
				: [
						{ at: low, share: 1 - share },
						{ at: low + 1, share }
					];
		}
);
