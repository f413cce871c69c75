import { layerKind, type ResolvedNode } from '$lib/nets';
import type { Conv2dGeometry } from '$lib/ops';

/** A page of the operations bench with a layer of the same make, small enough to be stepped through. */
export interface BenchPage {
	readonly op: 'standard' | 'pointwise' | 'depthwise' | 'group' | 'shuffle' | 'pooling';
	/** The address's query, without `?`. */
	readonly query: string;
}

/** The bench's page for a layer: its kernel, stride and groups over a small input; `null` where the bench has none. */
export function benchPage(node: ResolvedNode): BenchPage | null {
	const kind = layerKind(node);
	const {
		kernelSize: [kh, kw] = [1, 1],
		stride: [stride] = [1],
		groups = 1
	} = node.geometry as Partial<Conv2dGeometry>;
	const isSmall = Math.max(kh, kw) <= 7 && stride <= 4;
	const window = [`k=${kh}x${kw}`, `s=${stride}`];
	switch (kind) {
		case 'standard':
			if (!isSmall) return null;
			return { op: 'standard', query: ['in=7x7x2', ...window, 'p=same'].join('&') };
		case 'depthwise':
			return isSmall ? { op: 'depthwise', query: ['in=7x7x3', ...window, 'p=same'].join('&') } : null;
		case 'pointwise':
			return { op: 'pointwise', query: '' };
		case 'grouped':
		case 'groupedPointwise': {
			const few = Math.min(groups, 4);
			const channels = `in=5x5x${2 * few}&f=${2 * few}`;
			return isSmall ? { op: 'group', query: [channels, ...window, `g=${few}`, 'p=same'].join('&') } : null;
		}
		case 'rearrange': {
			if (node.op !== 'channelShuffle') return null;
			const few = Math.max(2, Math.min(groups, 3));
			return { op: 'shuffle', query: `in=2x2x${few * few}&f=${few * few}&g=${few}` };
		}
		case 'pool':
			if (node.op === 'globalAvgPool') return { op: 'pooling', query: 'pool=global' };
			return {
				op: 'pooling',
				query: [`pool=${node.op === 'maxPool' ? 'max' : 'average'}`, ...window].join('&')
			};
		default:
			return null;
	}
}
