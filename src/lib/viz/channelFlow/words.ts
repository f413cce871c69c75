import { m } from '$lib/i18n';
import type { FlowClasses } from '$lib/viz/channelFlow/layout/dependency';
import type { FlowPlan, FlowSegment } from '$lib/viz/channelFlow/layout/plan';
import { formatRange } from '../words/format';
import { layerLabel } from '../words/layers';

/** What stands over a level: the name of its layer, or of its layers. */
export function levelLabel({ segments }: FlowPlan, level: readonly number[]): string {
	const names = level
		.map((index) => segments[index]!)
		.filter(({ kind }) => kind !== 'lane')
		.map(segmentLabel);
	return [...new Set(names)].join(' | ') || m.networks_flow_lane();
}

/** Name of a segment's layer; of a shortcut, what it carries past the others. */
export function segmentLabel({ node, kind }: FlowSegment): string {
	const name = node ? layerLabel(node) : m.networks_flow_input();
	return kind === 'lane' ? m.networks_flow_lane_of({ layer: name }) : name;
}

/** Name of a class of the source's channels, counted from 0 as in the formula of the shuffle. */
export function className({ kind, of }: FlowClasses, index: number): string {
	if (kind === 'channel') return m.networks_flow_channel({ channel: index });
	const first = of.indexOf(index);
	const last = of.lastIndexOf(index);
	const words = { channels: formatRange(first, last), count: last - first + 1 };
	return kind === 'group' ? m.networks_flow_group({ group: index, ...words }) : m.networks_flow_part(words);
}
