import { sum } from 'd3-array';
import * as v from 'valibot';
import { takeUp } from '$lib/stored/carried';
import type { CarriedFiles, TakenFiles } from '$lib/stored/carriers';
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
	/** By lane, in how many of the last steps of its curve all answers were one. */
	runs: v.array(count),
	isStanding: v.boolean(),
	/** Numbers of each part of the file. */
	lengths: v.array(count),
	pulls: v.array(v.array(v.object({ way: number, gradient: number }))),
	guesses: v.record(laneId, v.picklist(['learns', 'fails'])),
	looking: v.nullable(v.object({ lane: laneId, picture: count }))
});
type About = v.InferOutput<typeof aboutSchema>;

/** As what each was packed before: what is put down already is not written again. */
const packs = new WeakMap<Come, CarriedFiles>();

/** Trainings, each as a file of numbers: the curve of each lane, then what it stands at. */
export function packed(trainings: readonly Come[]): readonly CarriedFiles[] {
	return trainings.map((come) => {
		const pack = packs.get(come) ?? packedOne(come);
		packs.set(come, pack);
		return pack;
	});
}

function packedOne({ plan, step, curves, pulls, standing, guesses, looking }: Come): CarriedFiles {
	const parts = [
		...curves.map(({ losses, accuracies }) => Float64Array.from([...losses, ...accuracies])),
		...(standing?.lanes ?? []).map(({ values }) => values)
	];
	const about: About = {
		...{ plan, step, looking, isStanding: standing !== null },
		lengths: parts.map(({ length }) => length),
		hasFailed: curves.map(({ failed }) => failed !== null),
		runs: curves.map(({ runs }) => runs.at(-1) ?? 0),
		pulls: pulls.map((of) => of.map(({ way, gradient }) => ({ way, gradient }))),
		guesses: Object.fromEntries(Object.entries(guesses).filter(([, guess]) => guess))
	};
	return { files: [new Blob(parts as BlobPart[])], about };
}

/** Trainings that have come along; they stay put down for the way back. */
export async function taken(): Promise<readonly Come[]> {
	const groups = await takeUp('training', { stays: true });
	return (await Promise.all(groups.map(comeOf))).filter((of) => of !== null);
}

async function comeOf({ files, about }: TakenFiles): Promise<Come | null> {
	const parsed = v.safeParse(aboutSchema, about);
	if (!parsed.success) return null;
	const { plan, step, lengths, hasFailed, runs, isStanding, pulls, guesses, looking } = parsed.output;
	const lanes = hasFailed.length;
	const [file] = files;
	if (lengths.length !== (isStanding ? 2 : 1) * lanes || file?.size !== 8 * sum(lengths)) return null;
	const all = new Float64Array(await file.arrayBuffer());
	const values = lengths.map((length, i) => {
		const first = sum(lengths.slice(0, i));
		return all.slice(first, first + length);
	});
	return {
		...{ plan, step, guesses },
		looking: looking as Come['looking'],
		curves: hasFailed.map((failed, i) => curveOf(values[i]!, failed, runs[i] ?? 0)),
		pulls: pulls.map((of) => of.map(({ way, gradient }) => ({ way: way ?? NaN, gradient: gradient ?? NaN }))),
		standing: isStanding
			? { step, lanes: hasFailed.map((failed, i) => ({ values: values[lanes + i]!, hasFailed: failed })) }
			: null
	};
}

function curveOf(values: Float64Array, hasFailed: boolean, run: number): Curve {
	const steps = values.length / 2;
	const came = Array.from({ length: steps }, (_, i) => ({
		loss: values[i]!,
		accuracy: values[steps + i]!,
		isSame: i >= steps - run
	}));
	return extendCurve(emptyCurve, hasFailed ? [...came, null] : came);
}
