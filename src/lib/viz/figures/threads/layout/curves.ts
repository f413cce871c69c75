import { area, curveMonotoneX, line } from 'd3-shape';
import { pictureAt, type Picture } from './pictureAt';
import { railScale } from './rail';
import type { Wall } from './wall';

/** The rail is 1000 wide. */
export const railHeight = 44;
/** Places of the curves: enough that none of their bends is lost. */
const samples = 100;

/** The two curves of the story along the rail, as paths. */
export interface RailCurves {
	readonly work: string;
	readonly seen: string;
}

/** The work, and the inputs that an output sees, at each place of the handle. That takes a hundred pictures of the wall. */
export function curvesOf(wall: Wall): RailCurves {
	const points = Array.from({ length: samples + 1 }, (_, n) => pictureAt((5 * n) / samples, wall));
	const x = ({ t }: Picture) => 1000 * railScale(t);
	const y = (part: number) => railHeight - part * (railHeight - 6);
	return {
		work: area<Picture>()
			.curve(curveMonotoneX)
			.digits(1)
			.x(x)
			.y0(railHeight)
			.y1(({ share }) => y(share))(points)!,
		seen: line<Picture>()
			.curve(curveMonotoneX)
			.digits(1)
			.x(x)
			.y(({ seen }) => y(seen))(points)!
	};
}
