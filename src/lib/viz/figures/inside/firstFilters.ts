import type { ResolvedGraph, ResolvedNode } from '$lib/nets';
import type { Conv2dGeometry } from '$lib/ops';

/** The convolution whose filters can be looked at as pictures: it reads the picture, all three colours; `null` without one. */
export function firstFilters({ nodes, tensors }: ResolvedGraph): ResolvedNode | null {
	const isOverPicture = (node: ResolvedNode) => {
		if (node.op !== 'conv2d' || node.inputs[0] !== tensors[0]) return false;
		const { inChannels, groups, kernelSize } = node.geometry as Conv2dGeometry;
		return inChannels === 3 && groups === 1 && kernelSize.some((size) => size > 1);
	};
	return nodes.find(isOverPicture) ?? null;
}
