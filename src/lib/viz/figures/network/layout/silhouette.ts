import type { ResolvedGraph } from '$lib/nets/resolve';
import { tensorScale } from './tensorShape';

/** A network from far away: the height of its tensors along its layers, drawn about a line, in the diagram's scale. */
export function silhouette(graph: ResolvedGraph): {
	readonly width: number;
	readonly height: number;
	readonly path: string;
} {
	const [first, ...rest] = [graph.tensors[0], ...graph.nodes.map(({ outputs }) => outputs[0])];
	// Layers that keep the size of what they read stand in one bar; its width is the square root of their number.
	const bars: { side: number; count: number }[] = [];
	for (const tensor of [first, ...rest]) {
		const side = tensor?.shape[0] ?? 1;
		const last = bars.at(-1);
		if (last?.side === side) last.count++;
		else bars.push({ side, count: 1 });
	}
	const middle = 30;
	let x = 1;
	let path = '';
	for (const { side, count } of bars) {
		const width = Math.round(10 + 7 * Math.sqrt(count));
		const half = Math.round(5 * tensorScale.side * Math.sqrt(side)) / 10;
		path += `M${x} ${middle - half}h${width - 3}v${2 * half}h${3 - width}z`;
		x += width;
	}
	return { width: Math.max(x, 120), height: 2 * middle, path };
}
