import { area, curveMonotoneX, line } from 'd3-shape';
import { nextFrame } from '../../../ui/nextTask';
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

/** Pictures of the wall along the rail, a few at a time: all of them take as long as several frames. */
function* picturesOf(wall: Wall): Generator<readonly Picture[], void> {
	const atOnce = 6;
	for (let n = 0; n <= samples; n += atOnce)
		yield Array.from({ length: Math.min(atOnce, samples + 1 - n) }, (_, m) =>
			pictureAt((5 * (n + m)) / samples, wall)
		);
}

/** The work, and the inputs that an output sees, at each place of the handle. */
export const curvesOf = (wall: Wall): RailCurves => pathsOf([...picturesOf(wall)].flat());

/** The same in many short tasks; `null` where it is not wanted any more. */
export async function curvesInTurn(wall: Wall, isWanted: () => boolean): Promise<RailCurves | null> {
	const points: Picture[] = [];
	for (const some of picturesOf(wall)) {
		points.push(...some);
		await nextFrame();
		if (!isWanted()) return null;
	}
	return pathsOf(points);
}

function pathsOf(points: Picture[]): RailCurves {
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
