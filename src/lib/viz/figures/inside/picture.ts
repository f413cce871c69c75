import type { ReceptiveField } from '$lib/nets';
import type { Shape } from '$lib/ops';
import type { Atlas } from '../../tensor/mapAtlas';
import type { InsideSource } from './insideSource';

/** A picture as an atlas of one tile. */
export function pictureAtlas({ width, height, data }: InsideSource['picture']): Atlas {
	return {
		width,
		height,
		data: new Uint8ClampedArray(data),
		columns: 1,
		tileWidth: width,
		tileHeight: height
	};
}

/** Where a map and an edge around it lie on the picture: the middle of each cell over the middle of what that cell sees. */
export function frameOnPicture({ y, x }: ReceptiveField, [height, width]: Shape) {
	const along = ({ start, size, jump }: ReceptiveField['y']) => start + size / 2 - 1.5 * jump;
	return { y: along(y), x: along(x), height: (height + 2) * y.jump, width: (width + 2) * x.jump };
}
