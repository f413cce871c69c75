import { planBench, type Problem } from './problems';
import {
	benchFields,
	type BenchSpec,
	defaults,
	type Field,
	fieldsOf,
	isNumberField,
	type NumberField,
	sideLimits
} from './spec';

/** Fields of a spec with the values that would mend it. */
export type Patch = Readonly<Partial<Pick<BenchSpec, Field>>>;

/**
 * What mends a problem of the spec: each, put into it, makes one that resolves, the nearest values first. Where nothing alone
 * does, all sizes of the page's default: there is always one.
 */
export function fixesOf(spec: BenchSpec, { mend }: Problem): Patch[] {
	const resolves = (patch: Patch) => planBench({ ...spec, ...patch }).ok;
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
	fields: readonly NumberField[],
	resolves: (patch: Patch) => boolean
): Patch[] {
	const { min, max } = benchFields[fields[0]!].range;
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
	const clamp = (n: number) => Math.max(sideLimits.min, Math.min(sideLimits.max, Math.round(n) || 0));
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
