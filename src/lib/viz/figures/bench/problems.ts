import { OpError } from '$lib/ops/errors';
import { planStages } from './plan';
import {
	benchFields,
	type BenchSpec,
	type Field,
	fieldsOf,
	isNumberField,
	type NumberField,
	outputLimits,
	sideLimits
} from './spec';
import type { PlannedStage } from './stage';

/** What is wrong with a spec: the field to show it at, and a code and numbers for the sentence. `fixesOf` says what would do. */
export interface Problem {
	readonly field: Field;
	readonly code:
		| 'range'
		| 'groups'
		| 'kernelTooLarge'
		| 'poolPadding'
		| 'cropTooLarge'
		| 'outputPadding'
		| 'outputTooLarge';
	readonly params: Readonly<Record<string, string | number>>;
	/** Fields that might mend it, in the order in which they are offered; those in a list of their own take the same value. */
	readonly mend: readonly (Field | readonly NumberField[])[];
}

export type Planned =
	| { readonly ok: true; readonly stages: readonly PlannedStage[] }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** Resolves the shapes of a spec, or says what is wrong. */
export function planBench(spec: BenchSpec): Planned {
	const outside = outOfRange(spec);
	if (outside.length > 0) return { ok: false, problems: outside };
	try {
		const stages = planStages(spec);
		const large = stages.flatMap(({ outputShape: [height, width, channels] }) =>
			tooLarge(height, width, channels)
		);
		return large.length > 0 ? { ok: false, problems: large.slice(0, 1) } : { ok: true, stages };
	} catch (error) {
		if (error instanceof OpError) return { ok: false, problems: [problemOf(error)] };
		throw error;
	}
}

const kernel = ['kernelHeight', 'kernelWidth'] as const;

/** Fields that are no whole number within their limits. */
function outOfRange(spec: BenchSpec): Problem[] {
	const problems: Problem[] = [];
	for (const field of fieldsOf(spec)) {
		const range = field === 'padding' ? sideLimits : isNumberField(field) ? benchFields[field].range : null;
		if (!range) continue;
		const fits = (n: number) => Number.isInteger(n) && n >= range.min && n <= range.max;
		const sides = typeof spec.padding === 'string' ? [] : Object.values(spec.padding);
		if ((field === 'padding' ? sides : [spec[field]]).every((n) => fits(n as number))) continue;
		problems.push({ field, code: 'range', params: { ...range }, mend: [field] });
	}
	return problems;
}

function tooLarge(height: number, width: number, channels: number): Problem[] {
	const params = { height, width, channels, side: outputLimits.side, maxChannels: outputLimits.channels };
	if (height > outputLimits.side || width > outputLimits.side) {
		const mend = [
			'stride',
			'padding',
			...kernel,
			kernel,
			'height',
			'width',
			['height', 'width'],
			'dilation'
		] as const;
		return [{ field: 'stride', code: 'outputTooLarge', params, mend }];
	}
	if (channels > outputLimits.channels) {
		return [{ field: 'multiplier', code: 'outputTooLarge', params, mend: ['multiplier', 'channels'] }];
	}
	return [];
}

/** Where an operator's error belongs in a spec, and which fields could mend it. */
function problemOf(error: OpError): Problem {
	const { code, params } = error;
	const isHeight = params.axis === 'height';
	const side = isHeight ? 'kernelHeight' : 'kernelWidth';
	const size = isHeight ? 'height' : 'width';
	switch (code) {
		case 'groups':
			return {
				field: 'groups',
				code,
				params: { ...params, groups: String(error.value) },
				mend: ['groups', params.of === 'inChannels' ? 'channels' : 'filters']
			};
		case 'kernelTooLarge': {
			const mend = [side, kernel, size, ['height', 'width'], 'dilation', 'padding'] as const;
			return { field: side, code, params, mend };
		}
		case 'poolPadding':
			return { field: 'padding', code, params, mend: ['padding', side, kernel] };
		case 'cropTooLarge':
			return { field: 'padding', code, params, mend: ['padding', side, size] };
		case 'outputPadding':
			return { field: 'outputPadding', code, params, mend: ['outputPadding', 'stride', 'padding'] };
		default:
			throw error;
	}
}
