import { m } from '$lib/i18n';
import type { UnitStage } from './knobs';

const names: Readonly<Record<UnitStage, () => string>> = {
	bottleneck: m.shufflenet_unit_a,
	grouped: m.shufflenet_unit_b,
	strided: m.shufflenet_unit_c
};

export function stageName(stage: UnitStage): string {
	return names[stage]();
}
