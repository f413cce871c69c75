import { avgPool, divisorOf } from '$lib/ops/avgPool';
import { globalAvgPool } from '$lib/ops/globalAvgPool';
import { maxPool } from '$lib/ops/maxPool';
import type { BenchSpec } from '../spec';
import { planStage, type PlannedStage } from '../stage';
import { inputOf, windowOf } from './convolutions';

export function plan(spec: BenchSpec): PlannedStage[] {
	const inputs = [inputOf(spec)];
	const options = { ...windowOf(spec), ceil: spec.ceil };
	switch (spec.pool) {
		case 'max': {
			const geometry = maxPool.geometry(inputs, options);
			return [planStage('pool', maxPool, { kind: 'maxPool', options, geometry })];
		}
		case 'average': {
			const counting = { ...options, countPadding: spec.countPadding };
			const geometry = avgPool.geometry(inputs, counting);
			const divisor = (output: { readonly y: number; readonly x: number }) => divisorOf(geometry, output);
			return [planStage('pool', avgPool, { kind: 'avgPool', options: counting, geometry }, divisor)];
		}
		case 'global': {
			const geometry = globalAvgPool.geometry(inputs, {});
			const divisor = () => spec.height * spec.width;
			const layer = { kind: 'globalAvgPool', options: {}, geometry } as const;
			return [planStage('pool', globalAvgPool, layer, divisor)];
		}
	}
}
