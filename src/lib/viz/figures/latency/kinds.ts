import { m } from '$lib/i18n';
import { layerKindColors, layerKindNames } from '../../words/layerKinds';
import type { KindLatency } from '$lib/nets/times/timing';

export function kindName(kind: KindLatency['kind']): string {
	return kind === 'rest' ? m.latency_kind_rest() : layerKindNames[kind]();
}

export function kindColor(kind: KindLatency['kind']): string {
	return kind === 'rest' ? 'var(--op-quiet)' : layerKindColors[kind];
}
