import { OpError } from '$lib/ops/errors';
import { planStages } from './plan';
import {
	type BenchSpec,
	defaults,
	type Field,
	fieldsOf,
	limits,
	type NumberField,
	outputLimits
} from './spec';
import type { PlannedStage } from './stage';

/** Fields of a spec with the values that would mend it. */
export type Patch = Readonly<Partial<Pick<BenchSpec, Field>>>;

/** What is wrong with a spec: the field to show it at, a code and numbers for the sentence, and what would do. */
export interface Problem {
	readonly field: Field;
	readonly code: 'range' | 'groups' | 'kernelTooLarge' | 'poolPadding' | 'cropTooLarge' | 'outputTooLarge';
	readonly params: Readonly<Record<string, string | number>>;
	/** Each of these, put into the spec, makes one that resolves. The nearest come first; there is at least one. */
	readonly fixes: readonly Patch[];
}

export type Planned =
	| { readonly ok: true; readonly stages: readonly PlannedStage[] }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** Fields that might mend it, in the order in which they are offered; those in a list of their own take the same value. */
type Finding = Omit<Problem, 'fixes'> & { readonly mend: readonly (Field | readonly NumericField[])[] };

type NumericField = Field & NumberField;

/** Resolves the shapes of a spec, or says what is wrong and what would be right. */
export function planBench(spec: BenchSpec): Planned {
	const stages = planned(spec);
	if (Array.isArray(stages)) return { ok: true, stages };
	const problems = stages.findings.map(({ mend, ...finding }) => ({
		...finding,
		fixes: fixesOf(spec, mend)
	}));
	return { ok: false, problems };
}

function planned(spec: BenchSpec): PlannedStage[] | { readonly findings: readonly Finding[] } {
	const outside = outOfRange(spec);
	if (outside.length > 0) return { findings: outside };
	try {
		const stages = planStages(spec);
		const large = stages.flatMap(({ outputShape: [height, width, channels] }) =>
			tooLarge(height, width, channels)
		);
		return large.length > 0 ? { findings: large.slice(0, 1) } : stages;
	} catch (error) {
		if (error instanceof OpError) return { findings: [findingOf(error)] };
		throw error;
	}
}

const isNumberField = (field: Field): field is NumericField => field in limits;
const kernel = ['kernelHeight', 'kernelWidth'] as const;

/** Fields that are no whole number within their limits. */
function outOfRange(spec: BenchSpec): Finding[] {
	const findings: Finding[] = [];
	for (const field of fieldsOf(spec)) {
		const range = field === 'padding' ? limits.side : isNumberField(field) ? limits[field] : null;
		if (!range) continue;
		const fits = (n: number) => Number.isInteger(n) && n >= range.min && n <= range.max;
		const sides = typeof spec.padding === 'string' ? [] : Object.values(spec.padding);
		if ((field === 'padding' ? sides : [spec[field]]).every((n) => fits(n as number))) continue;
		findings.push({ field, code: 'range', params: { ...range }, mend: [field] });
	}
	return findings;
}

function tooLarge(height: number, width: number, channels: number): Finding[] {
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
function findingOf(error: OpError): Finding {
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
		default:
			throw error;
	}
}

/** What mends the spec, nearest values first; where nothing alone does, all sizes of the page's default. */
function fixesOf(spec: BenchSpec, mend: Finding['mend']): Patch[] {
	const resolves = (patch: Patch) => Array.isArray(planned({ ...spec, ...patch }));
	const known = fieldsOf(spec);
	const found = mend.flatMap((fields) => {
		if (fields === 'padding') return known.includes(fields) ? paddingFix(spec, resolves) : [];
		const numeric = (typeof fields === 'string' ? [fields] : fields).filter(isNumberField);
		return numeric.every((field) => known.includes(field)) ? nearest(spec, numeric, resolves) : [];
	});
	if (found.length > 0) return found;
	const whole = defaults(spec.op);
	return [Object.fromEntries(known.map((field) => [field, whole[field]]))];
}

/** The nearest value below and the nearest above that resolve, put into all the fields. */
function nearest(
	spec: BenchSpec,
	fields: readonly NumericField[],
	resolves: (patch: Patch) => boolean
): Patch[] {
	const { min, max } = limits[fields[0]!];
	const present = spec[fields[0]!];
	const now = Number.isFinite(present) ? present : min - 1;
	const first = (from: number, to: number, by: 1 | -1): Patch[] => {
		for (let n = from; by * (to - n) >= 0; n += by) {
			const patch: Patch = Object.fromEntries(fields.map((field) => [field, n]));
			if (resolves(patch)) return [patch];
		}
		return [];
	};
	return [
		...first(Math.min(max, Math.ceil(now) - 1), min, -1),
		...first(Math.max(min, Math.floor(now) + 1), max, 1)
	];
}

function paddingFix(spec: BenchSpec, resolves: (patch: Patch) => boolean): Patch[] {
	const clamp = (n: number) => Math.max(limits.side.min, Math.min(limits.side.max, Math.round(n) || 0));
	const { padding } = spec;
	const clamped =
		typeof padding === 'string'
			? []
			: [
					{
						top: clamp(padding.top),
						bottom: clamp(padding.bottom),
						left: clamp(padding.left),
						right: clamp(padding.right)
					}
				];
	const found = [...clamped, 'same' as const, 'valid' as const].filter((value) =>
		resolves({ padding: value })
	);
	return found.slice(0, 1).map((value) => ({ padding: value }));
}
