import type { Ignored } from '../../address/codec';
import { graphCost, GraphError, resolveGraph, type Graph, type ResolvedGraph } from '$lib/nets';
import {
	BlockError,
	blockMixing,
	buildBlock,
	buildNetwork,
	hasStride,
	insertStep,
	knownCosts,
	moveStep,
	moveTarget,
	removeStep,
	replaceStep,
	stepAt,
	type BlockSize,
	type BlockSpec,
	type BuiltBlock,
	type Direction,
	type Moved,
	type Step,
	type StepPath
} from '$lib/nets/blocks';
import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { blocksCodec } from './address';
import { blockKnobs } from './knobs';

type Values = KnobValues<typeof blockKnobs>;
type Problem = BlockError | GraphError;

/** A block that could be built, with what it was built from. */
export interface GoodBlock extends BuiltBlock {
	readonly spec: BlockSpec;
	readonly size: BlockSize;
}

/** What can be undone and redone, as searches of addresses, and at which search. */
export interface BlockHistory {
	readonly search: string;
	readonly past: readonly string[];
	readonly future: readonly string[];
}

const searchOf = (spec: BlockSpec) => blocksCodec.format({ spec, knobs: blocksCodec.initial.knobs });

/** Blocks of a history; none of one that an older version wrote. */
function specsOf(searches: readonly string[]): readonly BlockSpec[] {
	const parsed = searches.map((search) => blocksCodec.parse(search));
	return parsed.every(({ ignored }) => ignored.length === 0) ? parsed.map(({ value }) => value.spec) : [];
}

/** Steps that are kept for undoing. */
const maxHistory = 100;

/**
 * The block editor: the block as the reader has it, what it comes to, and the network of it. Where the block cannot be built,
 * the last good one is kept beside it and `problem` says why.
 */
export class Blocks {
	readonly knobs: FigureKnobs<typeof blockKnobs>;
	/** What the network is called. */
	readonly #title: string;
	#past: readonly BlockSpec[] = $state.raw([]);
	#future: readonly BlockSpec[] = $state.raw([]);
	/** What could be undone when the page was left that is come back to. */
	#left: BlockHistory | null = null;
	/** The block as it is edited, also where it does not fit. */
	spec: BlockSpec = $state.raw([]);
	/** The step whose options are open. */
	selected: StepPath | null = $state.raw(null);
	/** The lane that the next step goes into, as branches and lane; `null` for after the selected step, or the end. */
	target: StepPath | null = $state.raw(null);
	good: GoodBlock = $state.raw() as GoodBlock;
	problem: Problem | null = $state.raw(null);
	/** The network of the last block that fitted. */
	network: Graph = $state.raw() as Graph;
	networkProblem: Problem | null = $state.raw(null);
	/** Why the block of an address could not be read. */
	unread: BlockError | null = $state.raw(null);
	/** What else of the address could not be read. */
	ignored: readonly Ignored[] = $state.raw([]);

	readonly cost = $derived.by(() => graphCost(this.good.net).total);
	readonly mixing = $derived.by(() => blockMixing(this.good.spec, this.good.size));
	readonly known = $derived.by(() => knownCosts(this.good.size));
	readonly strides = $derived.by(() => hasStride(this.good.spec));
	readonly net: ResolvedGraph = $derived.by(() => resolveGraph(this.network));
	readonly networkCost = $derived.by(() => graphCost(this.net).total);
	readonly canUndo = $derived(this.#past.length > 0);
	readonly canRedo = $derived(this.#future.length > 0);
	/** What an address holds: the block, and the knobs that are not at their defaults. */
	readonly search = $derived.by(() => blocksCodec.format({ spec: this.spec, knobs: this.knobs.values }));

	/** @param title of the networks that it makes */
	constructor(search: string, title: string) {
		this.#title = title;
		this.knobs = new FigureKnobs(blockKnobs);
		this.#take(blocksCodec.initial.spec);
		this.#build();
		this.read(search);
	}

	/** What the block is built for, as the knobs say. */
	get size(): BlockSize {
		const { size, channels, inChannels } = this.knobs.values;
		return { size, inChannels: inChannels || channels, outChannels: channels };
	}

	/** Takes what an address holds; all else comes to its default. */
	read(search: string): void {
		const { value, ignored } = blocksCodec.parse(search);
		const why = ignored.find(({ name }) => name === 'block')?.why;
		this.knobs.set(value.knobs);
		this.#take(value.spec);
		this.unread = why instanceof BlockError ? why : null;
		// A block has a sentence of its own.
		this.ignored = ignored.filter((of) => of.why !== this.unread || of.why === null);
		this.#past = [];
		this.#build();
		this.#takeUp();
	}

	get history(): BlockHistory {
		return { search: this.search, past: this.#past.map(searchOf), future: this.#future.map(searchOf) };
	}

	/** Gives back what could be undone where the block is the one that it was left at, now or once its address is read. */
	comeBack(left: BlockHistory): void {
		this.#left = left;
		this.#takeUp();
	}

	#takeUp(): void {
		if (this.#left?.search !== this.search) return;
		this.#past = specsOf(this.#left.past);
		this.#future = specsOf(this.#left.future);
	}

	/** Takes what a phrase of the text names; all else stays. */
	set(phrase: string): void {
		const { value, said } = blocksCodec.parse(phrase);
		this.knobs.readPhrase(phrase);
		if (said.includes('block')) this.#take(value.spec);
		this.#build();
	}

	setKnobs(given: Partial<Values>): void {
		this.knobs.set(given);
		this.#build();
	}

	/** Puts another block in place of this one. */
	replace(spec: BlockSpec, selected: StepPath | null = null): void {
		this.#take(spec);
		this.selected = selected;
		this.#build();
	}

	insert(path: StepPath, step: Step): void {
		this.replace(insertStep(this.spec, path, step), path);
	}

	/** Adds a step at the end of the lane that is aimed at, after the selected step, or at the end. */
	add(step: Step): void {
		const { selected, target } = this;
		if (target) {
			const branches = stepAt(this.spec, target.slice(0, -1));
			const lane = branches?.op === 'branches' ? branches.lanes[target.at(-1)!] : undefined;
			if (lane) this.insert([...target, lane.length], step);
			return;
		}
		this.insert(selected ? selected.with(-1, selected.at(-1)! + 1) : [this.spec.length], step);
	}

	/** Says which lane the next step goes into; the same once more takes it back. */
	aim(lane: StepPath): void {
		const isSame = this.target?.join() === lane.join();
		this.selected = null;
		this.target = isSame ? null : lane;
	}

	remove(path: StepPath): void {
		this.replace(removeStep(this.spec, path));
	}

	change(path: StepPath, step: Step): void {
		this.replace(replaceStep(this.spec, path, step), path);
	}

	/** Moves a step to before what stands at a place. */
	move(from: StepPath, to: StepPath): boolean {
		return this.#moved(moveStep(this.spec, from, to));
	}

	/** Moves a step by an arrow; `false` where it cannot go there. */
	nudge(path: StepPath, direction: Direction): boolean {
		const to = moveTarget(this.spec, path, direction);
		return to !== null && this.move(path, to);
	}

	canNudge(path: StepPath, direction: Direction): boolean {
		return moveTarget(this.spec, path, direction) !== null;
	}

	select(path: StepPath | null): void {
		this.selected = path;
		this.target = null;
	}

	/** The step that the problem is about. */
	get wrongPath(): StepPath | null {
		return this.problem instanceof BlockError ? this.problem.path : null;
	}

	undo(): void {
		const before = this.#past.at(-1);
		if (!before) return;
		this.#past = this.#past.slice(0, -1);
		this.#future = [...this.#future, this.spec];
		this.#restore(before);
	}

	redo(): void {
		const after = this.#future.at(-1);
		if (!after) return;
		this.#future = this.#future.slice(0, -1);
		this.#past = [...this.#past, this.spec];
		this.#restore(after);
	}

	#restore(spec: BlockSpec): void {
		this.spec = spec;
		if (this.selected && !stepAt(spec, this.selected)) this.selected = null;
		this.target = null;
		this.#build();
	}

	#moved(moved: Moved | null): boolean {
		if (moved) this.replace(moved.spec, moved.path);
		return moved !== null;
	}

	#take(spec: BlockSpec): void {
		if (this.spec.length > 0 || this.#past.length > 0) {
			this.#past = [...this.#past, this.spec].slice(-maxHistory);
		}
		this.#future = [];
		this.spec = spec;
		this.selected = null;
		this.target = null;
		this.unread = null;
	}

	#build(): void {
		const { size, spec } = this;
		try {
			this.good = { ...buildBlock(this.#title, spec, size), spec, size };
			this.problem = null;
		} catch (error) {
			this.problem = asProblem(error);
			return;
		}
		try {
			const network = buildNetwork(this.#title, spec, this.knobs.values);
			resolveGraph(network);
			this.network = network;
			this.networkProblem = null;
		} catch (error) {
			this.networkProblem = asProblem(error);
		}
	}
}

function asProblem(error: unknown): Problem {
	if (error instanceof BlockError || error instanceof GraphError) return error;
	throw error;
}
