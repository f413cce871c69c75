import type { Box } from '../../../tensor/tensors';

/**
 * The members of a group by the lines that they stand in, each of which begins where the last one did: what surrounds a line surrounds
 * no other group's.
 */
export function linesOf(boxes: readonly Box[], direction: 'row' | 'column'): readonly (readonly Box[])[] {
	const along = direction === 'row' ? 'y' : 'x';
	const lines: Box[][] = [];
	for (const box of boxes) {
		const line = lines.at(-1);
		if (line && box[along] > line.at(-1)![along]) line.push(box);
		else lines.push([box]);
	}
	return lines;
}
