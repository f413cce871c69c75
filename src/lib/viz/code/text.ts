import type { Pair, PoolGeometry, Sides } from '$lib/ops';

/** A list of numbers, wrapped so that a panel need not scroll far. */
export function listed(values: ArrayLike<number>, indent = ''): string {
	const lines: string[] = [];
	for (const text of Array.from(values, String)) {
		const line = lines.at(-1);
		if (line === undefined || line.length + text.length > 66) lines.push(text);
		else lines[lines.length - 1] = `${line}, ${text}`;
	}
	const inside = `${indent}  `;
	return lines.length <= 1 ? `[${lines.join('')}]` : `[\n${inside}${lines.join(`,\n${inside}`)}\n${indent}]`;
}

/** `3` where height and width agree, `(3, 5)` in Python otherwise. */
export const pythonPair = ([a, b]: Pair) => (a === b ? String(a) : `(${a}, ${b})`);

/** `3` where height and width agree, `[3, 5]` in JavaScript otherwise. */
export const jsPair = ([a, b]: Pair) => (a === b ? String(a) : `[${a}, ${b}]`);

/** Arguments that say something. */
export const joined = (...parts: readonly (string | false)[]) => parts.filter((part) => part).join(', ');

/** Whether no side has padding. */
export const isNone = (sides: Sides) => Math.max(...Object.values(sides)) === 0;

/** Whether one number for height and one for width say it all. */
export const isEven = ({ top, bottom, left, right }: Sides) => top === bottom && left === right;

/** How far the windows of a pool reach beyond its input; `ceil` can make that more than its padding. */
export function reachOf({ inputs, outputSize, kernelSize, stride, padding }: PoolGeometry): Sides {
	const after = (axis: 0 | 1, before: number) =>
		(outputSize[axis] - 1) * stride[axis] + kernelSize[axis] - before - inputs[0]![axis];
	return {
		top: padding.top,
		bottom: Math.max(0, after(0, padding.top)),
		left: padding.left,
		right: Math.max(0, after(1, padding.left))
	};
}

/** Whether the last windows of a pool reach beyond the padding: only with `ceil`. */
export function reachesOver(g: PoolGeometry): boolean {
	const { bottom, right } = reachOf(g);
	return bottom > g.padding.bottom || right > g.padding.right;
}

/** What the windows of a pool reach beyond its input: the padding, which may count, and what is beyond that. */
export function countedOf(g: PoolGeometry): { counted: Sides; beyond: Sides } {
	const { top, left } = g.padding;
	const reach = reachOf(g);
	const bottom = Math.min(g.padding.bottom, reach.bottom);
	const right = Math.min(g.padding.right, reach.right);
	return {
		counted: { top, bottom, left, right },
		beyond: { top: 0, bottom: reach.bottom - bottom, left: 0, right: reach.right - right }
	};
}
