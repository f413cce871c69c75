import * as v from 'valibot';
import { takeUp } from '$lib/stored/carried';
import type { CarriedFiles } from '$lib/stored/carriers';
import { emptyCurve, extendCurve, type Curve } from '$lib/viz/figures/training/curves';
import type { Come } from '$lib/viz/figures/training/training.svelte';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const laneId = v.string();
/** JSON has no infinity, and no NaN. */
const number = v.nullable(v.number());
const aboutSchema = v.object({
	plan: v.string(),
	step: count,
	/** By lane, whether its loss is no number since the last step of its curve, by its curve and by who trains it. */
	hasFailed: v.array(v.boolean()),
	isStanding: v.boolean(),
	pulls: v.array(v.array(v.object({ way: number, gradient: number }))),
	guesses: v.record(laneId, v.picklist(['learns', 'fails'])),
	looking: v.nullable(v.object({ lane: laneId, picture: count }))
});
type About = v.InferOutput<typeof aboutSchema>;

/** Trainings as files: the curve of each lane, then what it stands at. */
export function packed(trainings: readonly Come[]): readonly CarriedFiles[] {
	return trainings.map(({ plan, step, curves, pulls, standing, guesses, looking }) => {
		const about: About = {
			...{ plan, step, looking, isStanding: standing !== null },
			hasFailed: curves.map(({ failed }) => failed !== null),
			pulls: pulls.map((of) => of.map(({ way, gradient }) => ({ way, gradient }))),
			guesses: Object.fromEntries(Object.entries(guesses).filter(([, guess]) => guess))
		};
		const files = [
			...curves.map(({ losses, accuracies }) => fileOf(Float64Array.from([...losses, ...accuracies]))),
			...(standing?.lanes ?? []).map(({ values }) => fileOf(values))
		];
		return { files, about };
	});
}

const fileOf = (values: Float64Array) => new File([values as BlobPart], 'values');

/** Trainings that have come along; they stay put down for the way back. */
export async function taken(): Promise<readonly Come[]> {
	const groups = await takeUp('training', { stays: true });
	return (await Promise.all(groups.map(comeOf))).filter((of) => of !== null);
}

async function comeOf({ files, about }: CarriedFiles): Promise<Come | null> {
	const parsed = v.safeParse(aboutSchema, about);
	if (!parsed.success) return null;
	const { plan, step, hasFailed, isStanding, pulls, guesses, looking } = parsed.output;
	const values = await Promise.all(files.map(async (file) => new Float64Array(await file.arrayBuffer())));
	const lanes = hasFailed.length;
	if (values.length !== (isStanding ? 2 : 1) * lanes) return null;
	return {
		...{ plan, step, guesses },
		looking: looking as Come['looking'],
		curves: hasFailed.map((failed, i) => curveOf(values[i]!, failed)),
		pulls: pulls.map((of) => of.map(({ way, gradient }) => ({ way: way ?? NaN, gradient: gradient ?? NaN }))),
		standing: isStanding
			? { step, lanes: hasFailed.map((failed, i) => ({ values: values[lanes + i]!, hasFailed: failed })) }
			: null
	};
}

function curveOf(values: Float64Array, hasFailed: boolean): Curve {
	const steps = values.length / 2;
	const came = Array.from({ length: steps }, (_, i) => ({
		loss: values[i]!,
		accuracy: values[steps + i]!
	}));
	return extendCurve(emptyCurve, hasFailed ? [...came, null] : came);
}
