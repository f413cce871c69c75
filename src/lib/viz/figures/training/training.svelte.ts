import { graphCost, type ResolvedGraph } from '$lib/nets';
import { BlockError, writeBlock, type BlockSpec } from '$lib/nets/blocks';
import type { KnobValues } from '$lib/nets/knobs';
import { GraphError } from '$lib/nets/errors';
import {
	lanesOf,
	netOf,
	shownPictures,
	type LaneId,
	type Look,
	type Plan,
	type Standing
} from '$lib/training/session';
import { strandsOf, type Pull, type Strands } from '$lib/training/strands';
import type { Pictures } from '$lib/training/task';
import { ways, type Way } from '$lib/training/ways';
import { verdictOf, type Verdict } from '$lib/training/verdict';
import { mergeSearch, type Ignored } from '../../address/codec';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { fitting, parseTraining, trainingCodec } from './address';
import { curveUpTo, emptyCurve, extendCurve, type Curve } from './curves';
import { trainingKnobs } from './knobs';
import type { Looking, OpenRunner, Report, Runner, Stand } from './runner';

/** Steps that play takes before it rests by itself. */
export const leg = 200;

/**
 * The way of a link's weights that is drawn at full width, where none in its column has gone farther. Where there is nothing to learn,
 * 200 steps bring weights no farther than a tenth of their size, and those of the answer, which no batch norm holds, a half.
 */
const usualWay = { layer: 0.3, answer: 2 } as const;

/**
 * Gradients that are drawn thinnest and thickest. Layers of the first question have some thousandths at first, the answer some
 * hundredths; without batch norm small weights let a millionth through, or less.
 */
export const gradients = { least: 1e-5, most: 0.1 } as const;

/** Decades above the least, as a share of all of them: what is ten times as strong is as much thicker everywhere. */
export function strengthOf(gradient: number): number {
	const { least, most } = gradients;
	const share = Math.log(gradient / least) / Math.log(most / least);
	return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
}

/** A network that takes part, with what is known of it before a step is taken. */
export interface Lane {
	readonly id: LaneId;
	readonly net: ResolvedGraph;
	readonly strands: Strands;
	readonly verdict: Verdict;
	/** Whether weights that are all zero at first stay so: nothing comes out of a layer, and no gradient comes back. */
	readonly isStuck: boolean;
	/** Trainable ones. */
	readonly params: number;
	readonly macs: number;
}

/** What a reader expects of a lane. */
export type Guess = 'learns' | 'fails';

/** What has come of a training, so that it can be gone on with where the page is loaded anew. */
export interface Come {
	/** What was trained, as a text. */
	readonly plan: string;
	readonly step: number;
	/** By lane, in the order of the plan. */
	readonly curves: readonly Curve[];
	readonly pulls: readonly (readonly Pull[])[];
	/** `null` where it can only begin anew. */
	readonly standing: Standing | null;
	readonly guesses: Readonly<Partial<Record<LaneId, Guess>>>;
	readonly looking: Looking | null;
}

type Values = KnobValues<typeof trainingKnobs>;

/** Networks that learn side by side, in somebody else's hands: this says what, and holds what has come of it. */
export class Training {
	readonly knobs = new FigureKnobs(trainingKnobs);
	/** The ways that take part. */
	ways: readonly Way[] = $state.raw(ways);
	own: BlockSpec | null = $state.raw(null);
	ignored: readonly Ignored[] = $state.raw([]);
	/** What the reader expects, by lane. */
	guesses: Readonly<Partial<Record<LaneId, Guess>>> = $state.raw({});
	/** What has come of it so far, by lane. */
	#curves: Readonly<Partial<Record<LaneId, Curve>>> = $state.raw({});
	#pulls: readonly (readonly Pull[])[] = $state.raw([]);
	/** Steps that all lanes have taken. */
	#step = $state(0);
	/** Steps that each lane has taken. */
	#taken: readonly number[] = [];
	#isGoing = $state(false);
	#isPlaying = $state(false);
	/** Whether whoever trains could not be reached. */
	hasFailed = $state(false);
	/** Whether it stands where it stood elsewhere, and has not gone on since. */
	hasCome = $state(false);
	look: Look | null = $state.raw(null);
	#looking: Looking | null = $state.raw(null);
	readonly #openRunner: OpenRunner | null;
	#runner: Runner | null = null;
	/** Where it will rest. */
	#until = 0;
	/** What the runner has been told to train. */
	#opened: string | null = null;
	/** Where it goes on, once there is a runner. */
	#from: Standing | null = null;
	/** While it is asked where it stands. */
	#giving: Promise<unknown> | null = null;
	/** How often it was begun anew: what stood before then is no standing of what goes on now. */
	#begun = 0;

	/** What keeps the reader's block from this backbone; `null` where it fits, or there is none. */
	readonly ownProblem: BlockError | GraphError | null = $derived.by(() => {
		if (!this.own) return null;
		try {
			netOf({ own: this.own, backbone: this.#backbone }, 'own');
			return null;
		} catch (error) {
			if (error instanceof BlockError || error instanceof GraphError) return error;
			throw error;
		}
	});
	/** Those that take part: without the reader's block where that does not fit. */
	readonly lanes: readonly Lane[] = $derived.by(() =>
		lanesOf(this.plan).map((id) => {
			const net = netOf({ own: this.own, backbone: this.#backbone }, id);
			const { params, macs } = graphCost(net).total;
			const found = verdictOf(net, this.#task);
			// A block of the reader's may lead past its convolutions.
			const isStuck = this.#recipe.init === 'zero' && id !== 'own';
			const verdict = { ...found, can: found.can && !isStuck };
			return { id, net, verdict, isStuck, strands: strandsOf(net), params: params.trainable, macs };
		})
	);
	readonly search = $derived.by(() =>
		trainingCodec.format({ knobs: this.knobs.values, ways: this.ways, own: this.own })
	);
	/** What is asked: another question is another place. */
	get place(): string {
		return this.knobs.values.task;
	}
	/** Pictures that no step is taken on. */
	readonly shown: Pictures = $derived.by(() => shownPictures({ task: this.#task, recipe: this.#recipe }));

	/** @param openRunner who trains; without one, the figure shows what is known before a step is taken */
	constructor(search = '', openRunner: OpenRunner | null = null) {
		this.#openRunner = openRunner;
		this.read(search);
	}

	get #task() {
		const { task: id, channels, a, b, noise } = this.knobs.values;
		return { id, channels, a, b, noise };
	}
	get #backbone() {
		const { channels, width, depth, groups, norm } = this.knobs.values;
		return { channels, width, depth, groups, norm };
	}
	get #recipe() {
		const { rate, momentum, batch, init, seed } = this.knobs.values;
		return { rate, momentum, batch, init, seed };
	}

	get plan(): Plan {
		const own = this.ownProblem ? null : this.own;
		return { task: this.#task, backbone: this.#backbone, recipe: this.#recipe, ways: this.ways, own };
	}

	/** The reader's own block as the editor writes it. */
	get ownText(): string | null {
		return this.own && writeBlock(this.own);
	}

	/** Lets the reader's own block take no part. */
	leaveOut(): void {
		this.#change(() => (this.own = null));
	}

	/** Steps that were taken. */
	get step(): number {
		return this.#step;
	}
	/** Whether it plays; single steps are none of that. */
	get isPlaying(): boolean {
		return this.#isPlaying;
	}
	/** Whether anything is under way, single steps too. */
	get isGoing(): boolean {
		return this.#isGoing;
	}
	get looking(): Looking | null {
		return this.#looking;
	}

	/** What has come of a lane, as far as the step that is written: no lane is said to be ahead of the others. */
	curveOf(lane: LaneId): Curve {
		return curveUpTo(this.#curves[lane] ?? emptyCurve, this.#step);
	}

	/**
	 * The same as it is drawn: while it goes on, lanes that have taken the step under way are drawn with it, since they take turns, and
	 * seven that moved together would move as often as a step is done, which is too seldom. At rest all stand at one step.
	 */
	drawnOf(lane: LaneId): Curve {
		return this.#isGoing ? curveUpTo(this.#curves[lane] ?? emptyCurve, this.#step + 1) : this.curveOf(lane);
	}

	/**
	 * How thick each link of a lane is, from 0 to 1: by how far it was pulled, as a share of the farthest of its column in any lane; or by
	 * how strongly it is pulled, by {@link strengthOf}.
	 */
	pullsOf(lane: LaneId): readonly number[] {
		const at = this.lanes.findIndex(({ id }) => id === lane);
		const pulls = this.#pulls[at] ?? [];
		// What is no number any more stands still: nothing flows.
		if (this.curveOf(lane).failed !== null) return pulls.map(() => 0);
		if (this.knobs.values.threads === 'gradient') return pulls.map(({ gradient }) => strengthOf(gradient));
		return pulls.map(({ way }, link) => way / this.#farthest[columnOf(this.lanes[at]!, link)]!);
	}

	/** The farthest way of a link, by the column it leads to. */
	readonly #farthest: readonly number[] = $derived.by(() => {
		const farthest: number[] = [];
		this.lanes.forEach((lane, i) => {
			// One that has grown beyond all bounds is no measure for the others.
			if (this.curveOf(lane.id).failed !== null) return;
			(this.#pulls[i] ?? []).forEach(({ way }, link) => {
				const column = columnOf(lane, link);
				const isAnswer = column === lane.strands.columns - 1;
				const before = farthest[column] ?? usualWay[isAnswer ? 'answer' : 'layer'];
				farthest[column] = Number.isFinite(way) ? Math.max(before, way) : before;
			});
		});
		return farthest;
	});

	/** Whether a lane has had its say: it has learned, or it cannot and has had as many steps as play takes. One that can may need more. */
	isDecided(lane: LaneId): boolean {
		const { reached, failed } = this.curveOf(lane);
		return reached !== null || failed !== null || (this.hasHadItsSteps && !this.#verdictOf(lane)?.can);
	}

	get hasHadItsSteps(): boolean {
		return this.#step >= leg;
	}

	#verdictOf(lane: LaneId) {
		return this.lanes.find(({ id }) => id === lane)?.verdict;
	}

	/** Of the guesses, those that the curves have borne out, and all that are decided. */
	get score(): { readonly right: number; readonly decided: number } {
		const decided = this.lanes.filter(({ id }) => this.guesses[id] && this.isDecided(id));
		const right = decided.filter(
			({ id }) => (this.guesses[id] === 'learns') === (this.curveOf(id).reached !== null)
		);
		return { right: right.length, decided: decided.length };
	}

	/** Whether it is too late to guess: a step says something of the answer. */
	get hasBegun(): boolean {
		return this.#step > 0 || this.#isGoing;
	}

	/** Takes what the reader expects of a lane, before a step is taken. */
	guess(lane: LaneId, guess: Guess): void {
		if (this.hasBegun) return;
		this.guesses = { ...this.guesses, [lane]: this.guesses[lane] === guess ? undefined : guess };
	}

	/** Takes what an address holds; all else comes to its default. */
	read(search: string): void {
		const { value, ignored } = parseTraining(search);
		this.#change(() => {
			this.knobs.set(value.knobs);
			this.ways = value.ways;
			this.own = value.own;
		});
		this.ignored = ignored;
	}

	/** Takes what a phrase of the text names; all else stays. */
	set(phrase: string): void {
		this.read(mergeSearch(this.search, phrase));
	}

	setKnobs(given: Partial<Values>): void {
		const { values } = this.knobs;
		// What is chosen stands: bars that are put where the others are change places with them.
		const swapped = given.a === values.b ? { b: values.a } : given.b === values.a ? { a: values.b } : null;
		this.#change(() => this.knobs.set(fitting({ ...values, ...swapped, ...given })));
	}

	/** Plays for a while, or rests. */
	toggle(): void {
		if (this.#isPlaying) return this.rest();
		this.#run((Math.floor(this.#step / leg) + 1) * leg);
		this.#isPlaying = this.#isGoing;
	}

	/** Takes one step, after those that were asked for and are not taken yet. */
	forward(): void {
		this.#run((this.#isGoing && !this.#isPlaying ? this.#until : this.#step) + 1);
		this.#isPlaying = false;
	}

	/** Rests as soon as all lanes stand at one step: some may have begun it. */
	rest(): void {
		this.#isPlaying = false;
		if (!this.#runner || !this.#isGoing) return;
		this.#until = this.#runner.pause();
		this.#isGoing = this.#step < this.#until;
	}

	/** Begins anew: the same weights, the same pictures. */
	reset(): void {
		this.rest();
		this.#begun++;
		this.#isGoing = false;
		this.#opened = null;
		this.#from = null;
		this.#curves = {};
		this.#pulls = [];
		this.#step = 0;
		this.#taken = [];
		this.hasFailed = this.hasCome = false;
		this.look = null;
		if (this.#looking) this.lookInto(this.#looking);
	}

	/** Looks into a lane; `null` looks away. */
	lookInto(looking: Looking | null): void {
		this.#looking = looking;
		if (!looking) this.look = null;
		if (looking) this.#ready()?.look(looking);
		else this.#runner?.look(null);
	}

	/** Shows another picture in the lane that is looked into; one that was closed in the same moment stays so. */
	lookAt(picture: number): void {
		if (this.#looking) this.lookInto({ ...this.#looking, picture });
	}

	/** Whether the reader has done anything here that a page loaded anew would not have. */
	get isUsed(): boolean {
		return this.hasBegun || Object.values(this.guesses).some(Boolean);
	}

	/** Rests, and gives what has come of it so far. */
	async give(): Promise<Come> {
		this.rest();
		const stand = await this.#stand();
		return this.#come(stand);
	}

	/** Gives the same where it rests by itself; `null` where it does not, or has gone on, or begun anew, meanwhile. */
	async rested(): Promise<Come | null> {
		if (this.#isGoing) return null;
		const [plan, step] = [this.planText, this.#step];
		const come = await this.give();
		const isWhole = come.standing !== null || step === 0;
		return isWhole && !this.#isGoing && come.plan === plan && come.step === step ? come : null;
	}

	/** Gives what has come of it by a step that it passes, and goes on; `null` where it was begun anew, or is asked otherwise, meanwhile. */
	async passed(): Promise<Come | null> {
		// Who wants it to rest goes first.
		if (this.#giving) return null;
		const begun = this.#begun;
		const stand = await this.#stand();
		return stand && begun === this.#begun ? this.#come(stand) : null;
	}

	async #stand(): Promise<Stand | null> {
		if (this.#opened === null) return this.#from && { standing: this.#from, pulls: this.#pulls };
		const giving = this.#runner!.stand();
		this.#giving = giving;
		const stand = await giving;
		if (this.#giving === giving) this.#giving = null;
		return stand;
	}

	/** What has come of it by where it stands: lanes may be ahead of that. */
	#come(stand: Stand | null): Come {
		const standing = stand?.standing ?? null;
		const step = standing?.step ?? this.#step;
		// Who goes on from where another stood has no gradient before its first step: what is shown has.
		const pulls = this.#taken.every((taken) => taken === step) ? this.#pulls : (stand?.pulls ?? this.#pulls);
		return {
			...{ plan: this.planText, step, pulls, standing },
			curves: this.lanes.map(({ id }) => curveUpTo(this.#curves[id] ?? emptyCurve, step)),
			...{ guesses: this.guesses, looking: this.#looking }
		};
	}

	/** Takes what came of the same training elsewhere, where no step is taken here. @returns whether it has */
	take({ plan, step, curves, pulls, standing, guesses, looking }: Come): boolean {
		if (this.hasBegun || plan !== this.planText) return false;
		this.hasCome = step > 0;
		this.#from = standing;
		this.#step = step;
		this.#curves = Object.fromEntries(this.lanes.map(({ id }, i) => [id, curves[i] ?? emptyCurve]));
		this.#pulls = pulls;
		this.guesses = { ...this.guesses, ...guesses };
		if (looking) this.lookInto(looking);
		return true;
	}

	/** What is trained, as a text. */
	get planText(): string {
		return JSON.stringify(this.plan);
	}

	/** Ends whoever trains; what was learned stays to be seen. */
	close(): void {
		this.#isGoing = this.#isPlaying = false;
		this.#opened = null;
		const runner = this.#runner;
		// Whoever is asked where it stands says so first.
		if (this.#giving) void this.#giving.then(() => runner?.close());
		else runner?.close();
	}

	/** Changes what is trained: then it begins anew. What is only shown changes nothing. */
	#change(change: () => void): void {
		const before = this.planText;
		change();
		if (this.planText === before) return;
		this.reset();
	}

	#run(until: number): void {
		const runner = this.#ready();
		if (!runner) return;
		this.#isGoing = true;
		this.hasCome = false;
		this.#until = runner.run(until);
	}

	/** Whoever trains, told what. */
	#ready(): Runner | null {
		if (!this.#openRunner) return null;
		this.#runner ??= this.#openRunner(
			(report) => this.#hear(report),
			(isSaid) => {
				this.#isGoing = this.#isPlaying = false;
				this.#opened = null;
				this.hasFailed = !isSaid;
			}
		);
		const { plan } = this;
		const text = this.planText;
		if (this.#opened !== text) {
			const from = this.#from;
			this.#opened = text;
			this.#from = null;
			this.hasFailed = false;
			if (!from) this.#curves = {};
			this.#step = from?.step ?? 0;
			this.#taken = lanesOf(plan).map(() => this.#step);
			this.#runner.open(plan, from);
			if (this.#looking) this.#runner.look(this.#looking);
		}
		return this.#runner;
	}

	#hear({ steps, pulls, look }: Report): void {
		// What was under way when it was begun anew.
		if (this.#opened === null) return;
		const lanes = lanesOf(this.plan);
		this.#taken = lanes.map((_, i) => (this.#taken[i] ?? 0) + (steps[i]?.length ?? 0));
		this.#step = Math.min(...this.#taken);
		if (this.#step >= this.#until) this.#isGoing = this.#isPlaying = false;
		this.look = look && look.lane === this.#looking?.lane ? look : this.look;
		if (steps.every(({ length }) => length === 0)) return;
		this.#curves = Object.fromEntries(
			lanes.map((id, i) => {
				const came = steps[i] ?? [];
				// The curve itself: what `curveOf` gives does not say yet that one that is ahead has reached the goal.
				return [id, extendCurve(this.#curves[id] ?? emptyCurve, came)];
			})
		);
		// Who has told nothing yet since it goes on stands where it stood.
		this.#pulls = pulls.map((of, i) => (of.length > 0 ? of : (this.#pulls[i] ?? [])));
	}
}

/** The column that a link leads to. */
function columnOf({ strands: { strands, links } }: Pick<Lane, 'strands'>, link: number): number {
	return strands[links[link]!.to]!.column;
}
