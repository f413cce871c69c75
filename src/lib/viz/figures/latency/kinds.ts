import { m } from '$lib/i18n';
import { kindMarks, type Mark } from '../../kinds/marks';
import { layerKindNames } from '../../words/layerKinds';
import type { KindLatency } from '$lib/nets/times/timing';

export function kindName(kind: KindLatency['kind']): string {
	return kind === 'rest' ? m.latency_kind_rest() : layerKindNames[kind]();
}

export function kindMark(kind: KindLatency['kind']): Mark {
	return kind === 'rest' ? { tone: 1 } : kindMarks[kind];
}
