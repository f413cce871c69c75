import { layerKind, type ResolvedNode } from '$lib/nets';
import type { AvgPoolOptions, Conv2dGeometry, PoolOptions } from '$lib/ops';

/** A page of the operations bench with a layer of the same make, small enough to be stepped through. */
export interface BenchPage {
	readonly op: 'standard' | 'pointwise' | 'depthwise' | 'group' | 'shuffle' | 'pooling';
	/** The address's query, without `?`. */
	readonly query: string;
}

/** Rows and columns of the bench's input at most, kernels' too, and what else it has. */
const most = { input: 12, kernel: 7, stride: 4, dilation: 4, padding: 6 };

/**
 * The bench's page for a layer: its kernel, stride, padding, dilation and groups over a small input; `null` where the bench has none,
 * since another layer's steps would say something else of it.
 */
export function benchPage(node: ResolvedNode): BenchPage | null {
	const kind = layerKind(node);
	const { groups = 1 } = node.geometry as Partial<Conv2dGeometry>;
	switch (kind) {
		case 'standard':
		case 'depthwise': {
			const window = windowOf(node);
			const channels = kind === 'standard' ? 2 : 3;
			return (
				window && {
					op: kind,
					query: [`in=${window.side}x${window.side}x${channels}`, ...window.said].join('&')
				}
			);
		}
		case 'pointwise': {
			const window = windowOf(node);
			if (!window || window.isPadded) return null;
			return { op: 'pointwise', query: window.said.filter((part) => /^s=(?!1$)/.test(part)).join('&') };
		}
		case 'grouped':
		case 'groupedPointwise': {
			const few = Math.min(groups, 4);
			const window = windowOf(node);
			if (!window) return null;
			const channels = `in=${window.side}x${window.side}x${2 * few}&f=${2 * few}`;
			return { op: 'group', query: [channels, ...window.said, `g=${few}`].join('&') };
		}
		case 'rearrange': {
			if (node.op !== 'channelShuffle') return null;
			const few = Math.max(2, Math.min(groups, 3));
			return { op: 'shuffle', query: `in=2x2x${few * few}&f=${few * few}&g=${few}` };
		}
		case 'pool': {
			if (node.op === 'globalAvgPool') return { op: 'pooling', query: 'pool=global' };
			if (node.op !== 'maxPool' && node.op !== 'avgPool') return null;
			const window = windowOf(node);
			// The bench's pools look at neighbours only, and round down unless told otherwise.
			if (!window || window.isDilated) return null;
			const { ceil = false, countPadding = false } = node.node.options as PoolOptions & AvgPoolOptions;
			return {
				op: 'pooling',
				query: [
					`pool=${node.op === 'maxPool' ? 'max' : 'average'}`,
					`in=${window.side}x${window.side}x2`,
					...window.said,
					...(ceil ? ['ceil=1'] : []),
					...(node.op === 'avgPool' && countPadding ? ['count=1'] : [])
				].join('&')
			};
		}
		default:
			return null;
	}
}

/** What an address says of a layer's window, and an input that it fits on; `null` where the bench has no such window. */
function windowOf(node: ResolvedNode) {
	const { kernelSize, stride, dilation, padding } = node.geometry as Conv2dGeometry;
	const [rate] = dilation;
	const [kh, kw] = kernelSize;
	const { top, right, bottom, left } = padding;
	const sides = [top, right, bottom, left];
	const span = Math.max(kh - 1, kw - 1) * rate + 1;
	const side = Math.max(7, span);
	const isSquare = stride[0] === stride[1] && dilation[0] === dilation[1];
	const isSmall =
		Math.max(kh, kw) <= most.kernel &&
		stride[0] <= most.stride &&
		rate <= most.dilation &&
		side <= most.input &&
		Math.max(...sides) <= most.padding;
	if (!isSquare || !isSmall) return null;
	const isSame = (node.node.options as { readonly padding?: unknown }).padding === 'same';
	const isPadded = sides.some((pixels) => pixels > 0);
	const said = [`k=${kh}x${kw}`, `s=${stride[0]}`];
	if (isSame) said.push('p=same');
	else if (isPadded) said.push(`p=${sides.every((pixels) => pixels === top) ? top : sides.join(',')}`);
	if (rate > 1) said.push(`d=${rate}`);
	return { side, said, isPadded: isPadded && !isSame, isDilated: rate > 1 };
}
