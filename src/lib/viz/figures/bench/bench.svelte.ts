import type { Cell, Granularity, Step } from '$lib/ops/types';
import { momentAt } from '../../tensor/stepPicture';
import { Player } from '../../ui/player.svelte';
import type { Problem } from './problems';
import { type Resolved, resolveBench } from './resolve';
import { type BenchSpec, defaults } from './spec';
import type { Stage } from './stage';
import { isSameTarget, type Target } from './targets';
import {
	currentAt,
	type CurrentStep,
	outputOf,
	positionOf,
	stepAt,
	stepCount,
	stepFinishing,
	wholeOf,
	withGranularity
} from './timeline';

/** One field of one change: changes of the same field in quick succession are undone together. */
interface Past {
	readonly spec: BenchSpec;
	readonly field: string;
	readonly time: number;
}

/** How long a slider may rest before its next move counts as a change of its own, in milliseconds. */
const sameChange = 800;

/** The state of the bench: a spec, all that follows from it, a timeline, what is pointed at, and what can be undone. */
export class Bench {
	#wanted = $state.raw<BenchSpec>(defaults('standard'));
	#shown = $state.raw<{ spec: BenchSpec; bench: Resolved }>(resolved(defaults('standard')));
	#problems = $state.raw<readonly Problem[]>([]);
	#past = $state.raw<readonly Past[]>([]);
	#future = $state.raw<readonly BenchSpec[]>([]);
	#granularity = $state<Granularity>('value');

	/** What the reader asked for; where it has {@link problems}, what is drawn is the last that had none. */
	readonly wanted = $derived(this.#wanted);
	readonly problems = $derived(this.#problems);
	/** All values of what is drawn. */
	readonly resolved = $derived(this.#shown.bench);
	readonly stages = $derived<readonly Stage[]>(this.#shown.bench.stages);
	/** Whether there are cells at which no window begins. */
	readonly hasStride = $derived(
		this.stages.some(({ layer: { geometry: g } }) => 'stride' in g && Math.max(...g.stride) > 1)
	);
	readonly granularity = $derived(this.#granularity);
	readonly player: Player;
	/** What is drawn, as plain data: what the address holds. */
	readonly spec = $derived.by<BenchSpec>(() => ({
		...this.#shown.spec,
		step: this.player.step,
		granularity: this.#granularity
	}));
	readonly position = $derived.by(() => positionOf(this.resolved, this.player.step, this.#granularity));
	readonly current = $derived.by<CurrentStep>(() =>
		currentAt(this.resolved, this.player.step, this.#granularity)
	);
	/** The output value that the moment works on, with all that it reads; `null` while channels move. */
	readonly whole = $derived.by<Step | null>(() => wholeOf(this.resolved, this.current));
	/** The step in which what is drawn stands: on the way to a step, one before it. */
	readonly #drawnStep = $derived.by(() => momentAt(this.player.position).step);
	readonly drawn = $derived.by(() => positionOf(this.resolved, this.#drawnStep, this.#granularity));

	/** What the pointer is over or the keyboard is at; what is chosen for good by a tap. */
	pointed = $state.raw<Target | null>(null);
	readonly canUndo = $derived(this.#past.length > 0);
	readonly canRedo = $derived(this.#future.length > 0);

	constructor(spec: BenchSpec) {
		this.player = new Player(() => stepCount(this.resolved, this.#granularity), { glides: true });
		this.load(spec);
	}

	/** Shows a spec, its step included, and forgets what could be undone. One with problems shows the page's default. */
	load(spec: BenchSpec): void {
		this.#show(spec);
		this.#past = [];
		this.#future = [];
		this.#granularity = spec.granularity;
		this.player.pause();
		this.player.jump(spec.step);
	}

	/**
	 * Shows what a change makes of the spec that is wanted, with its problems where it has some. `field` says what was changed:
	 * the same thing changed in quick succession is undone in one.
	 */
	update(spec: BenchSpec, field: string): void {
		this.#remember(field);
		this.#show(spec);
	}

	undo(): void {
		const last = this.#past.at(-1);
		if (!last) return;
		this.#past = this.#past.slice(0, -1);
		this.#future = [...this.#future, this.#wanted];
		this.#show(last.spec);
	}

	redo(): void {
		const next = this.#future.at(-1);
		if (!next) return;
		this.#future = this.#future.slice(0, -1);
		this.#past = [...this.#past, { spec: this.#wanted, field: '', time: 0 }];
		this.#show(next);
	}

	/** Back to the page's default, which can be undone. */
	reset(): void {
		this.#remember('reset');
		this.#show(defaults(this.#wanted.op));
		this.player.start();
	}

	setGranularity(granularity: Granularity): void {
		const step = withGranularity(this.resolved, this.player.step, this.#granularity, granularity);
		this.#granularity = granularity;
		this.player.jump(step);
	}

	/** Goes to the step that finishes an output value of a stage; of a shuffle, to its last move. */
	goToOutput(stage: number, output: Cell): void {
		this.player.goTo(stepFinishing(this.resolved, stage, output, this.#granularity));
	}

	/** Goes to where a stage begins. */
	goToStage(stage: number): void {
		this.player.goTo(stepAt(this.resolved, { stage, local: 0 }, this.#granularity));
	}

	point(target: Target | null): void {
		if (!isSameTarget(this.pointed, target)) this.pointed = target;
	}

	#show(spec: BenchSpec): void {
		this.#wanted = spec;
		const resolution = resolveBench(spec);
		this.#problems = resolution.ok ? [] : resolution.problems;
		if (resolution.ok) this.#shown = { spec, bench: resolution.bench };
		else if (this.#shown.spec.op !== spec.op) this.#shown = resolved(defaults(spec.op));
		this.pointed = null;
	}

	#remember(field: string): void {
		const last = this.#past.at(-1);
		const time = Date.now();
		const isSame = last && last.field === field && time - last.time < sameChange;
		this.#past = isSame
			? [...this.#past.slice(0, -1), { ...last, time }]
			: [...this.#past, { spec: this.#wanted, field, time }];
		this.#future = [];
	}
}

/** How much of an output is computed at a moment: the values finished before it, in the order of the trace. */
export function finishedBefore(stage: Stage, local: number, granularity: Granularity): number {
	if (stage.layer.kind === 'channelShuffle') return 0;
	if (granularity === 'value') return local;
	return stage.stepOf(outputOf(stage, local, granularity), 'value');
}

function resolved(spec: BenchSpec): { spec: BenchSpec; bench: Resolved } {
	const resolution = resolveBench(spec);
	if (!resolution.ok) throw new Error(`the default of ${spec.op} does not resolve`);
	return { spec, bench: resolution.bench };
}
