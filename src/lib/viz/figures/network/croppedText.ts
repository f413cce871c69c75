import { m } from '$lib/i18n';
import type { ResolvedNode } from '$lib/nets';
import type { GeometryOf } from '$lib/ops';
import { formatCount } from '../../words/format';

/** What of transposed convolutions is not counted, since it is cropped off, and is by other counters; `null` where nothing is. */
export function croppedText(nodes: readonly ResolvedNode[]): string | null {
	const cropped = nodes.reduce((sum, { op, geometry }) => {
		if (op !== 'transposedConv2d') return sum;
		const { cropped, inChannelsPerGroup, outChannels } = geometry as GeometryOf<'transposedConv2d'>;
		return sum + cropped * inChannelsPerGroup * outChannels;
	}, 0);
	return cropped > 0 ? m.bench_cost_cropped({ count: formatCount(cropped) }) : null;
}
