import { resolveGraph } from '../nets';
import type { BlockSpec } from '../nets/blocks';
import type { Shape } from '../ops';
import { columnsOf, pullsOf, strandsOf, type Pull } from './strands';
import { drawPictures, type Pictures, type Task } from './task';
import type { Program } from './program';
import { picturesOf, Trainer, type Recipe } from './trainer';
import { trainingGraph, type Backbone, type Way } from './ways';

/** Everything that a training follows from, as plain data. */
export interface Plan {
	readonly task: Task;
	readonly backbone: Backbone;
	readonly recipe: Recipe;
	/** The ways that take part. */
	readonly ways: readonly Way[];
	/** The reader's own block, where there is one that fits. */
	readonly own: BlockSpec | null;
}

/** A network that takes part: a way, or the reader's own block. */
export type LaneId = Way | 'own';
export const lanesOf = ({ ways, own }: Pick<Plan, 'ways' | 'own'>): readonly LaneId[] =>
	own ? [...ways, 'own'] : ways;

/** The graph of a lane. @throws {BlockError} for an own block that does not fit */
export const graphOf = ({ own, backbone }: Pick<Plan, 'own' | 'backbone'>, lane: LaneId) =>
	trainingGraph(lane === 'own' ? own! : lane, backbone);

/** How many pictures are kept to look at: no step is taken on them. */
export const shownCount = 48;
export const shownPictures = ({ task, recipe }: Pick<Plan, 'task' | 'recipe'>): Pictures =>
	drawPictures(task, `${recipe.seed} shown`, shownCount);

/**
 * Loss and share of right answers of a lane at a step, before it, and whether it gave one answer to all of its pictures; `null` once its
 * numbers are none any more.
 */
export type LaneStep = {
	readonly loss: number;
	readonly accuracy: number;
	readonly isSame?: boolean;
} | null;

/** A lane, looked into. */
export interface Look {
	readonly lane: LaneId;
	readonly picture: number;
	/** Output of each layer for the picture, `data` row-major. */
	readonly maps: readonly { readonly shape: Shape; readonly data: Float32Array }[];
	/** Kernel of the first convolution, `[kh, kw, inChannels / groups, outChannels]`. */
	readonly filters: { readonly shape: readonly number[]; readonly data: Float32Array };
	/** What comes out for each of the pictures that are kept; 1 where it is above 0. */
	readonly outputs: Float32Array;
}

/** Where a training stands: what its next step follows from, besides its plan. */
export interface Standing {
	/** Steps that all lanes have taken. */
	readonly step: number;
	/** By lane in the order of the plan: weights, statistics and velocities, and whether its loss is no number any more. */
	readonly lanes: readonly { readonly values: Float64Array; readonly hasFailed: boolean }[];
}

/** A training under way: all lanes, step by step, on the same pictures. Lanes take turns. */
export class Session {
	readonly lanes: readonly LaneId[];
	readonly #plan: Plan;
	readonly #trainers: readonly Trainer[];
	readonly #pulls: readonly (() => Pull[])[];
	readonly #failed = new Set<LaneId>();
	#shown: Pictures | null = null;
	/** Of the step under way. */
	#pictures: Pictures | null = null;
	#step = 0;
	/** Whose turn it is. */
	#turn = 0;

	/**
	 * @param from where it goes on; else it begins
	 * @throws {BlockError}, {UntrainableError} for an own block that does not fit; {RangeError} for a standing of something else
	 */
	constructor(plan: Plan, from: Standing | null = null) {
		this.#plan = plan;
		this.lanes = lanesOf(plan);
		this.#trainers = this.lanes.map((lane) => new Trainer(graphOf(plan, lane), plan.task, plan.recipe));
		this.#pulls = this.#trainers.map(({ program }) => pullsOf(program, strandsOf(program.net)));
		if (from) this.#goOnFrom(from);
	}

	/** Where it stands, after a step of all lanes. */
	get standing(): Standing {
		return {
			step: this.#step,
			lanes: this.#trainers.map(({ program }, lane) => ({
				values: Float64Array.from(heldBy(program).flatMap((held) => [...held])),
				hasFailed: this.#failed.has(this.lanes[lane]!)
			}))
		};
	}

	#goOnFrom({ step, lanes }: Standing): void {
		this.#step = step;
		this.#trainers.forEach(({ program }, lane) => {
			const { values, hasFailed } = lanes[lane]!;
			let at = 0;
			for (const held of heldBy(program)) held.set(values.subarray(at, (at += held.length)));
			if (at !== values.length) throw new RangeError(`${values.length} values for ${at}`);
			if (hasFailed) this.#failed.add(this.lanes[lane]!);
		});
	}

	/** Steps that all lanes have taken. */
	get step(): number {
		return this.#step;
	}

	/**
	 * Takes a step with the lane whose turn it is. One whose loss is no number stands still from then on.
	 * @returns which of the lanes it was, and what it came to
	 */
	next(): { readonly lane: number; readonly came: LaneStep } {
		const { task, recipe } = this.#plan;
		this.#pictures ??= picturesOf(task, recipe, this.#step);
		const pictures = this.#pictures;
		const lane = this.#turn;
		this.#turn = (lane + 1) % this.lanes.length;
		if (this.#turn === 0) {
			this.#pictures = null;
			this.#step++;
		}
		return { lane, came: this.#train(lane, pictures) };
	}

	#train(lane: number, pictures: Pictures): LaneStep {
		const id = this.lanes[lane]!;
		if (this.#failed.has(id)) return null;
		const { loss, accuracy, isSame } = this.#trainers[lane]!.train(pictures);
		if (Number.isFinite(loss)) return { loss, accuracy, isSame };
		this.#failed.add(id);
		return null;
	}

	/** Takes a step with every lane. */
	advance(): readonly LaneStep[] {
		return this.lanes.map(() => this.next().came);
	}

	/** What pulls at each link of each lane's strands, and how far it has since the start; at a lane that stands still nothing does. */
	pulls(): readonly (readonly Pull[])[] {
		return this.#pulls.map((of, lane) =>
			this.#failed.has(this.lanes[lane]!) ? of().map((pull) => ({ ...pull, gradient: 0 })) : of()
		);
	}

	/** What a lane makes of the pictures that are kept, and of one of them layer by layer. */
	look(lane: LaneId, picture: number): Look {
		const { program } = this.#trainers[this.lanes.indexOf(lane)]!;
		const { values } = (this.#shown ??= shownPictures(this.#plan));
		const each = values.length / shownCount;
		const outputs = new Float32Array(shownCount);
		for (let first = 0; first < shownCount; first += program.batch) {
			const part = values.subarray(first * each, Math.min(shownCount, first + program.batch) * each);
			outputs.set(program.forward(part, { isTraining: false }).subarray(0, part.length / each), first);
		}
		program.forward(values.subarray(picture * each, (picture + 1) * each), { isTraining: false });
		const maps = columnsOf(program.net)
			.slice(1, -1)
			.map(({ ref, shape }) => ({
				shape,
				data: Float32Array.from(program.valuesOf(ref).subarray(0, shape[0] * shape[1] * shape[2]))
			}));
		const kernel = program.parameters.find(({ spec }) => spec.role === 'weight')!;
		return {
			...{ lane, picture, maps, outputs },
			filters: { shape: kernel.spec.shape, data: Float32Array.from(kernel.values) }
		};
	}
}

/** All that a program learns by, in one order. */
const heldBy = ({ parameters }: Program) => parameters.flatMap(({ values, velocity }) => [values, velocity]);

/** The network of a lane, resolved. */
export const netOf = (plan: Pick<Plan, 'own' | 'backbone'>, lane: LaneId) =>
	resolveGraph(graphOf(plan, lane));
