import { fallback } from '$lib/engine/backendNames';
import {
	EngineError,
	listStoredWeights,
	preprocessings,
	removeStoredWeights,
	type BackendChoice,
	type BackendState,
	type StoredWeights,
	type Notice,
	type Picture,
	type Preprocessing,
	type Started,
	type WeightSet
} from '$lib/engine/client';
import { GraphError, KnobError } from '$lib/nets/errors';
import type { KnobTable, KnobValue } from '$lib/nets/knobs';
import { networkById, type NetworkId } from '$lib/nets/networks';
import type { ResolvedGraph } from '$lib/nets/resolve';
import { areEnough } from '$lib/nets/times/timedRuns';
import type { Codec, Ignored } from '$lib/viz/address/codec';
import { insideOf, playgroundCodec } from './address';
import { changeOf, Lane, type Asked, type LaneParts, type LaneResult } from './lane.svelte';
import { networkParts, ownParts, usualFor, type FileWeights, type Opened, type Preparation } from './lanes';
import { four } from '$lib/nets/networks';
import type { ByFile } from '$lib/running/files/opened';
import type { Told } from '$lib/running/files/told';
import type { SampleId } from '$lib/running/picture/samples';
import { publishedKnobs } from './publishedKnobs';
import { Runner, type Ranges } from './runner';
import { withoutSet } from './weights/setAmong';
import {
	chosenSet,
	defaultSpec,
	isNetwork,
	knobsOf,
	type NumberKind,
	type PlaygroundSpec,
	type Runs
} from './spec';

/** The value of a choice of weights that stands for the files that were dropped. */
export const filesChoice = 'files';

/** A picture that the networks are to see; `id` is another for every other picture. */
export interface Seen {
	readonly id: number;
	readonly pixels: Picture;
}

/** What came with the reader's own graph, with the preprocessing that its file says or its format is used to. */
export interface OpenedWith extends Opened {
	readonly preprocessing: Preprocessing | null;
	/** Share of a picture's short side that it was trained on, where its file says so. */
	readonly share?: number | undefined;
	/** What the file says, where the reader has told otherwise before. */
	readonly byFile?: ByFile;
	/** What the reader has told. */
	readonly told?: Told | undefined;
}

/** Files that were dropped and fit no network that is shown. */
export interface Misfit {
	/** The network that they come nearest to. */
	readonly lane: Lane;
	/** What is wrong, and in `fit` how they would fit it by order and shape. */
	readonly error: EngineError;
	readonly weights: FileWeights;
	/** Its knobs, where they are others than those that are shown. */
	readonly knobs: PlaygroundSpec['knobs'] | null;
}

/** A network that files may fit, with its knobs where they are others than those that are shown. */
interface Candidate {
	readonly parts: LaneParts;
	readonly knobs: PlaygroundSpec['knobs'] | null;
}

/** Whether what is wrong is less: files that would fit in another way are nearer than any that would not. */
const isNearer = (a: EngineError, b: EngineError): boolean =>
	(a.fit !== null) === (b.fit !== null) ? a.problems.length < b.problems.length : a.fit !== null;

/** Bytes of weights that are fetched without a word: the sets that come with the site have less than one million. */
const smallWeights = 1_500_000;

/**
 * State of the playground: what the address holds, the networks that it gives, and what they answered. Nothing is fetched and
 * nothing runs until {@link begin} or {@link run}; from then on, every change runs by itself, but weights are fetched only after
 * another word.
 */
export class Playground {
	readonly sets: readonly WeightSet[];
	readonly #codec: Codec<PlaygroundSpec>;
	readonly #runner: Runner;
	readonly #ranges: Readonly<Record<string, Ranges>>;
	spec: PlaygroundSpec = $state.raw() as PlaygroundSpec;
	/** What runs, in order; the last that could be made, where the knobs give none. */
	lanes: readonly Lane[] = $state.raw([]);
	/** Why the knobs give no graph. */
	problem: KnobError | GraphError | null = $state.raw(null);
	/** What of the address could not be read. */
	ignored: readonly Ignored[] = $state.raw([]);
	/** The reader's own graph. */
	own: ResolvedGraph | null = $state.raw(null);
	/** Files that its weights were in, where loading the page anew has lost them. */
	lost: readonly string[] | null = $state.raw(null);
	/** What came with it, and how pictures are prepared for it. */
	opened: OpenedWith | null = $state.raw(null);
	preparation: Preparation = $state.raw({ preprocessing: preprocessings.imagenet });
	/** The picture, once it is decoded. */
	seen: Seen | null = $state.raw(null);
	backend: BackendState | null = $state.raw(null);
	measured: Started['measured'] = $state.raw([]);
	notices: readonly Notice[] = $state.raw([]);
	/** Weights that the browser keeps. */
	stored: readonly StoredWeights[] = $state.raw([]);
	/** Whether something is under way that can be cancelled. */
	isBusy = $state(false);
	/** Whether a camera's frames come one after another. */
	isLive = $state(false);
	/** Why the engine could not begin. */
	failure: EngineError | null = $state.raw(null);
	misfit: Misfit | null = $state.raw(null);
	#taking = $state(0);
	/** Whether files are looked at, which may have to wait for what runs. */
	readonly isTaking = $derived(this.#taking > 0);
	#hasRun = $state(false);
	/** Whether {@link begin} is still to come, as it is at first. */
	#isAwaited = $state(true);
	#agreed: readonly string[] = $state.raw([]);
	#files: Readonly<Record<string, FileWeights>> = $state.raw({});
	#nextFiles = 1;
	/** The network that ran before the reader's own was asked for. */
	#lastNetwork: Runs = 'mobilenet';
	#started: Started | null = null;
	#controller: AbortController | null = null;
	/** What ran last, with its answers. */
	#lastLanes: readonly Lane[] = [];

	readonly search = $derived.by(() => this.#codec.format(this.spec));
	/** Bytes of weights that would be fetched to run what is shown. */
	readonly toFetch = $derived.by(() =>
		this.lanes.reduce((sum, lane) => {
			const { weights } = lane.parts;
			return weights.kind === 'set' && this.#mustAsk(lane) ? sum + weights.set.bytes : sum;
		}, 0)
	);
	/** Whether the reader has had something run, so that the engine may run again. */
	readonly hasRun = $derived(this.#hasRun);
	/** Whether what is shown runs without being told to, where that costs little: trained weights that are small or there already. */
	readonly #mayBegin = $derived(
		!this.#hasRun &&
			this.lanes.length > 0 &&
			this.lanes.every(({ parts }) => parts.weights.kind === 'set') &&
			this.toFetch <= smallWeights
	);
	/** Whether it will by itself, so that nobody has to say so. */
	readonly willBegin = $derived(this.#isAwaited && this.#mayBegin);

	/**
	 * @param modelOf address of a set's model.json
	 * @param ranges of the tensors of sets, by id, for integers
	 */
	constructor(
		sets: readonly WeightSet[],
		modelOf: (set: WeightSet) => string,
		ranges: Readonly<Record<string, Ranges>> = {}
	) {
		this.sets = sets;
		this.#ranges = ranges;
		this.#codec = playgroundCodec(sets);
		this.#runner = new Runner(modelOf);
		this.spec = defaultSpec(sets);
		this.#make();
	}

	/** Knobs of the network that runs alone. */
	get table(): KnobTable {
		return isNetwork(this.spec.runs) ? networkById(this.spec.runs).knobs : {};
	}

	get knobs(): PlaygroundSpec['knobs'] {
		return this.spec.knobs;
	}

	read(search: string): void {
		const { value: spec, ignored } = this.#codec.parse(search);
		this.ignored = ignored;
		this.#change(spec);
	}

	setRuns(runs: Runs): void {
		if (this.spec.runs !== 'own') this.#lastNetwork = this.spec.runs;
		if (runs !== this.spec.runs)
			this.#change({ runs, knobs: this.#knobsFor(runs, this.spec.weights), inside: {} });
	}

	setKnobs(patch: Readonly<Record<string, KnobValue>>): void {
		this.#change({ knobs: { ...this.spec.knobs, ...patch } });
	}

	/** Takes the reader's own graph, and what came with it where it was opened from files. */
	setOwn(
		graph: ResolvedGraph,
		opened: OpenedWith | null = null,
		lost: readonly string[] | null = null
	): void {
		this.lost = lost;
		this.own = graph;
		this.opened = opened;
		this.preparation = {
			preprocessing: opened?.preprocessing ?? preprocessings.imagenet,
			...(opened?.share !== undefined && { share: opened.share })
		};
		// What computes with integers is run on them, unless the reader wants it otherwise.
		const numbers = opened?.weights?.integers ? 'int8' : this.spec.numbers;
		this.#change({ runs: 'own', knobs: {}, numbers });
	}

	/** Chooses a network's weights: a set's id, `random`, or {@link filesChoice}. */
	setWeights(id: Lane['parts']['id'], choice: string): void {
		this.misfit = null;
		if (choice !== filesChoice) this.#dropFiles(id);
		if (id === 'own' || choice === filesChoice) return this.#change({});
		const weights = { ...this.spec.weights, [id]: choice };
		this.#change({ weights, knobs: this.#knobsFor(this.spec.runs, weights) });
	}

	/** Prepares pictures for the own graph in another way. */
	prepare(change: Partial<Preparation>): void {
		this.preparation = { ...this.preparation, ...change };
		this.#tell({}, change);
	}

	/** Gives the outputs of the own graph names, which were in a file. */
	setLabels(labels: readonly string[], labelsFrom: string): void {
		this.#tell({ labels }, { labels, labelsFrom });
	}

	/** Calls the outputs of the own graph as its file does, or as is usual. */
	forgetLabels(): void {
		const { labels: _, labelsFrom: __, ...told } = this.opened?.told ?? {};
		this.opened = { ...this.#withByFile(), labels: this.opened?.byFile?.labels ?? null, told };
		this.#change({});
	}

	#tell(change: Partial<OpenedWith>, told: Told): void {
		const opened = this.#withByFile();
		this.opened = { ...opened, ...change, told: { ...opened.told, ...told } };
		this.#change({});
	}

	#withByFile(): OpenedWith {
		const opened = this.opened ?? { weights: null, preprocessing: null, labels: null };
		const { labels, preprocessing, share } = opened;
		const byFile = { labels, preprocessing, ...(share !== undefined && { share }) };
		return { byFile, ...opened };
	}

	setBackend(backend: BackendChoice): void {
		// What runs on the one before is not what was chosen now.
		if (backend !== this.spec.backend) this.#started = this.backend = null;
		this.#change({ backend });
	}

	/** Whether an answer is one on something else than what is chosen now. */
	isOther(result: LaneResult | null): boolean {
		const { backend, numbers } = this.spec;
		return result !== null && (result.asked.backend !== backend || result.asked.numbers !== numbers);
	}

	/** Whether it is the answer to the picture that is there, on what is chosen. */
	isAnswer(result: LaneResult): boolean {
		return result.picture === this.seen?.id && !this.isOther(result);
	}

	setNumbers(numbers: NumberKind): void {
		this.#change({ numbers });
	}

	/** Remembers what is looked at inside the network, for the address. */
	setInside(search: string): void {
		const inside = insideOf(search);
		if (JSON.stringify(inside) !== JSON.stringify(this.spec.inside)) this.spec = { ...this.spec, inside };
	}

	/** Takes the address that the browser went back to, or forward: mostly it differs in what is looked at only. */
	goBack(search: string): void {
		const { value } = this.#codec.parse(search);
		const without = (spec: PlaygroundSpec) => this.#codec.format({ ...spec, inside: {} });
		if (without(value) === without(this.spec)) this.spec = { ...this.spec, inside: value.inside };
		else this.read(search);
	}

	/** Remembers which sample is shown, for the address. */
	setSample(picture: SampleId): void {
		this.spec = { ...this.spec, picture };
	}

	/** Shows the networks nothing: answers to what was there before go. */
	clear(): void {
		this.cancel();
		this.seen = null;
		for (const lane of this.lanes) {
			lane.result = null;
			if (lane.phase === 'ready') lane.phase = 'idle';
		}
	}

	/** Shows the networks a picture. */
	see(pixels: Picture): void {
		this.seen = { id: (this.seen?.id ?? 0) + 1, pixels };
		void this.#refresh();
	}

	/** Runs what is shown without being told to, where that costs little. */
	async begin(): Promise<void> {
		const mayBegin = this.#mayBegin;
		this.#isAwaited = false;
		if (mayBegin) await this.run();
	}

	/** Leaves it to the reader when something runs first. */
	waitForWord(): void {
		this.#isAwaited = false;
	}

	/** Runs what is shown; by this the reader agrees to fetching what it needs. */
	async run(): Promise<void> {
		this.#hasRun = true;
		this.#agree(this.lanes);
		await this.#refresh();
	}

	cancel(): void {
		this.#controller?.abort();
	}

	/** Ends the engine; for when the page is left. */
	close(): void {
		this.cancel();
		this.#runner.close();
	}

	/**
	 * While a camera is on, its frames come one after another by {@link frame}, and nothing else runs.
	 */
	setLive(isLive: boolean): void {
		this.isLive = isLive;
		if (isLive) this.cancel();
	}

	/** Runs all that may run on one frame. @returns whether all of it went well */
	async frame(pixels: Picture): Promise<boolean> {
		this.seen = { id: (this.seen?.id ?? 0) + 1, pixels };
		return this.#runAll(this.lanes.filter((lane) => !this.#mustAsk(lane)));
	}

	/** Runs the networks with weights from files, each with those that fit it. */
	async takeFiles(given: readonly File[]): Promise<void> {
		this.#taking++;
		try {
			await this.#takeFiles(given);
		} finally {
			this.#taking--;
		}
	}

	async #takeFiles(given: readonly File[]): Promise<void> {
		const { set, files } = await withoutSet(given);
		if (this.lanes.length === 0 && !set) this.setRuns(this.#lastNetwork);
		const weights: FileWeights = {
			...{ kind: 'files', files, number: this.#nextFiles++ },
			...(set && { set })
		};
		if (set) {
			const knobs = knobsOf(set.network, set);
			const parts = networkParts(set.network, knobs, this.spec, this.sets, weights);
			return this.#takeFirst([{ parts, knobs }], weights);
		}
		const shown = this.lanes.map(({ parts }) => ({ parts: this.#partsOf(parts.id, weights), knobs: null }));
		// What is shown may have the site's own small weights; those of others are of networks as they were published.
		const published = this.lanes.flatMap(({ parts: { id } }) =>
			id === 'own'
				? []
				: publishedKnobs(id).map((knobs) => ({
						parts: networkParts(id, knobs, this.spec, this.sets, weights),
						knobs
					}))
		);
		await this.#takeFirst([...shown, ...published], weights);
	}

	/** Uses files that fit a network by order and shape, now that the reader has seen what goes where. */
	async takeFit(): Promise<void> {
		const { weights, error, lane, knobs } = this.misfit!;
		const fitted: FileWeights = { ...weights, names: error.fit!.names };
		const { id, family, preprocessing } = lane.parts;
		const wanted = id === 'own' ? preprocessing : usualFor(family, fitted);
		const parts = { ...lane.parts, weights: fitted, preprocessing: wanted };
		await this.#takeFirst([{ parts, knobs }], fitted);
	}

	/** Gives weights to the first network that they fit; where they fit none, what ran before stays. */
	async #takeFirst(candidates: readonly Candidate[], weights: FileWeights): Promise<void> {
		this.misfit = null;
		const hadRun = this.#hasRun;
		this.#hasRun = true;
		let misfit: Misfit | null = null;
		this.cancel();
		const controller = (this.#controller = new AbortController());
		const { signal } = controller;
		this.isBusy = true;
		let isTaken = false;
		try {
			if (!(await this.#begin(signal))) return;
			for (const { parts, knobs } of candidates) {
				const lane = new Lane(parts);
				try {
					await this.#runner.load(lane, { signal });
					this.#files = { ...this.#files, [parts.id]: weights };
					isTaken = true;
					return this.#change(knobs ? { runs: parts.id, knobs, inside: {} } : {});
				} catch (error) {
					if (!(error instanceof EngineError)) throw error;
					if (error.isSaid) return;
					if (!misfit || isNearer(error, misfit.error)) misfit = { lane, error, weights, knobs };
				}
			}
			this.misfit = misfit;
		} finally {
			if (!isTaken) this.#hasRun = hadRun;
			if (this.#controller === controller) {
				this.isBusy = false;
				// Where what ran before was ended for them, it goes on.
				if (!isTaken && !signal.aborted && !this.#isAnswered()) void this.#refresh();
				else if (!isTaken) this.#dropEarlier();
			}
		}
	}

	async listStored(): Promise<void> {
		this.stored = await listStoredWeights();
	}

	async removeStored(id?: string): Promise<void> {
		await removeStoredWeights(id);
		this.#agreed = this.#agreed.filter((other) => id !== undefined && other !== id);
		await this.listStored();
	}

	/** The runner, for figures that look into a run. */
	get runner(): Runner {
		return this.#runner;
	}

	/** Whether a lane's weights would have to be fetched without the reader's having agreed. */
	#mustAsk({ parts: { weights } }: Lane): boolean {
		if (weights.kind !== 'set') return false;
		const { id } = weights.set;
		return !this.#agreed.includes(id) && !this.stored.some((set) => set.id === id);
	}

	#agree(lanes: readonly Lane[]): void {
		const ids = lanes.flatMap(({ parts: { weights } }) => (weights.kind === 'set' ? weights.set.id : []));
		this.#agreed = [...this.#agreed, ...ids];
	}

	#knobsFor(runs: Runs, weights: PlaygroundSpec['weights']): PlaygroundSpec['knobs'] {
		return isNetwork(runs) ? knobsOf(runs, chosenSet(runs, weights, this.sets)) : {};
	}

	#change(patch: Partial<PlaygroundSpec>): void {
		this.spec = { ...this.spec, ...patch };
		this.#make();
		void this.#refresh();
	}

	/** Makes the lanes that the spec asks for; those that are there already stay as they are. */
	#make(): void {
		const { runs } = this.spec;
		try {
			const ids = runs === 'all' ? four : runs === 'own' && !this.own ? [] : [runs];
			const lanes = ids.map((id) => new Lane(this.#partsOf(id)));
			const known = this.lanes.length > 0 ? this.lanes : this.#lastLanes;
			this.lanes = lanes.map((lane) => known.find(({ key }) => key === lane.key) ?? lane);
			// While the reader's own is awaited there is none: files may turn out to be no network.
			if (this.lanes.length > 0) this.#lastLanes = this.lanes;
			this.problem = null;
		} catch (error) {
			if (!(error instanceof KnobError || error instanceof GraphError)) throw error;
			this.problem = error;
		}
	}

	#partsOf(id: Lane['parts']['id'], files = this.#files[id]) {
		if (id === 'own') return ownParts(this.own!, files, this.opened, this.preparation);
		const isAlone = this.spec.runs === id;
		const knobs = isAlone ? this.spec.knobs : this.#knobsFor(id, this.spec.weights);
		return networkParts(id as NetworkId, knobs, this.spec, this.sets, files);
	}

	/** Whether all that is shown has answered to the picture that is there. */
	#isAnswered(): boolean {
		return this.lanes.every(({ phase, result }) => phase === 'ready' && result && this.isAnswer(result));
	}

	/** Runs what is shown, after a change. */
	async #refresh(): Promise<void> {
		if (!this.#hasRun || this.isLive || !this.seen) return;
		this.cancel();
		await this.#runAll(this.lanes.filter((lane) => !this.#mustAsk(lane)));
	}

	/** Runs lanes one after another; where no frames come, each several times more, for its time. */
	async #runAll(lanes: readonly Lane[]): Promise<boolean> {
		const controller = new AbortController();
		this.#controller = controller;
		this.isBusy = true;
		for (const lane of lanes) if (!lane.result || this.isOther(lane.result)) lane.phase = 'waiting';
		try {
			if (!(await this.#begin(controller.signal))) return false;
			let isWell = true;
			for (const lane of lanes) {
				if (controller.signal.aborted) return false;
				isWell = (await this.#runLane(lane, controller.signal)) && isWell;
			}
			for (const lane of this.isLive ? [] : lanes) {
				await this.#timeLane(lane, controller.signal);
				if (this.#controller === controller) lane.isTiming = false;
			}
			return isWell;
		} finally {
			for (const lane of lanes) {
				if (this.#controller !== controller) continue;
				if (lane.phase === 'waiting') lane.phase = 'idle';
				lane.isTiming = false;
			}
			if (this.#controller === controller) {
				this.isBusy = false;
				this.#dropEarlier();
			}
		}
	}

	/** Lets go of answers to an earlier picture, or on something else than what is chosen, where no other comes: they would be taken for it. */
	#dropEarlier(): void {
		for (const lane of this.lanes) {
			if (!lane.result || this.isAnswer(lane.result)) continue;
			lane.result = null;
			if (lane.phase === 'ready') lane.phase = 'idle';
		}
	}

	#dropFiles(id: string): void {
		this.#files = Object.fromEntries(Object.entries(this.#files).filter(([other]) => other !== id));
	}

	/** Takes the chosen backend into use. */
	async #begin(signal: AbortSignal): Promise<boolean> {
		this.failure = null;
		try {
			this.#take(await this.#runner.start(this.spec.backend, signal));
			return true;
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			if (!error.isSaid) this.failure = error;
			return false;
		}
	}

	async #runLane(lane: Lane, signal: AbortSignal): Promise<boolean> {
		const { id: picture, pixels } = this.seen!;
		lane.error = null;
		lane.takeTimes(null);
		lane.phase = this.#runner.isLoaded(lane) ? 'running' : 'loading';
		const isFetched = lane.phase === 'loading' && lane.parts.weights.kind === 'set';
		if (lane.phase === 'loading') {
			lane.isWarm = lane.isOnIntegers = false;
			lane.integers = null;
		}
		const { backend: choice, numbers } = this.spec;
		const asked: Asked = { backend: choice, numbers };
		try {
			const { repaired } = await this.#runner.load(lane, {
				signal,
				progress: (progress) => (lane.progress = progress)
			});
			lane.isRepaired = repaired.length > 0;
			lane.phase = 'running';
			await this.#chooseNumbers(lane, pixels, signal);
			const reply = await this.#runner.run(lane, pixels, { signal });
			const { output, milliseconds, backend } = reply;
			if (reply.isInteger && lane.integers?.isComputed) {
				// Frames of a camera do not wait for a second answer.
				const before = this.isLive ? null : await this.#runner.run(lane, pixels, { signal, onFloat32: true });
				lane.integers = { ...lane.integers, change: before && changeOf(before.output, output) };
			}
			const times = lane.isWarm ? [milliseconds] : [];
			lane.result = { picture, output, times, backend, asked, integers: lane.integers };
			lane.isTiming = !this.isLive;
			lane.isWarm = true;
			lane.phase = 'ready';
			if (reply.notices.length > 0) await this.#fellBack(reply.notices);
			return true;
		} catch (error) {
			this.#fail(lane, error);
			return false;
		} finally {
			lane.progress = null;
			if (isFetched) await this.listStored();
		}
	}

	/** Has a lane run on what the reader wants. Where integers cannot compute it, or are slower here and not its file's own, it stays on float32. */
	async #chooseNumbers(lane: Lane, pixels: Picture, signal: AbortSignal): Promise<void> {
		const wanted = this.spec.numbers === 'int8' && (lane.takesPictures || lane.ownIntegers !== null);
		if (wanted ? lane.integers !== null : !lane.isOnIntegers) return;
		lane.isWarm = false;
		if (!wanted) {
			await this.#runner.useFloat32(lane, { signal });
			lane.isOnIntegers = false;
			lane.integers = null;
			return;
		}
		// From now on: it may be cancelled when the engine has done so.
		lane.isOnIntegers = true;
		const { weights } = lane.parts;
		const ranges = weights.kind === 'set' ? this.#ranges[weights.set.id] : undefined;
		const reply = await this.#runner.useIntegers(lane, pixels, ranges, { signal });
		const isByPicture = !ranges && !lane.ownIntegers;
		lane.integers = reply.isComputed ? { ...reply, isByPicture, change: null } : reply;
	}

	/** Runs a lane on the same picture again, until its time is known. */
	async #timeLane(lane: Lane, signal: AbortSignal): Promise<void> {
		try {
			for (;;) {
				const { result, phase } = lane;
				if (phase !== 'ready' || !result || !this.isAnswer(result) || signal.aborted) return;
				if (areEnough(result.times)) return;
				const reply = await this.#runner.run(lane, this.seen!.pixels, { signal });
				if (reply.notices.length > 0) return await this.#fellBack(reply.notices);
				lane.result = { ...result, times: [...result.times, reply.milliseconds] };
			}
		} catch (error) {
			this.#fail(lane, error);
		}
	}

	#fail(lane: Lane, error: unknown): void {
		if (!(error instanceof EngineError)) throw error;
		if (error.isSaid) lane.phase = lane.result ? 'ready' : 'idle';
		else {
			lane.phase = 'failed';
			lane.error = error;
		}
	}

	/** A GPU failed while it ran, and another backend took over: it is not tried again until the reader chooses it again. */
	async #fellBack(notices: readonly Notice[]): Promise<void> {
		this.spec = { ...this.spec, backend: fallback };
		// Nobody has chosen it: what was answered by then stays.
		for (const lane of this.lanes)
			if (lane.result) lane.result = { ...lane.result, asked: { ...lane.result.asked, backend: fallback } };
		this.#take(await this.#runner.start(fallback));
		this.notices = [...this.notices, ...notices];
	}

	#take(started: Started): void {
		if (started === this.#started) return;
		this.#started = started;
		this.backend = started.backend;
		this.measured = started.measured;
		this.notices = started.notices;
		// Times on another backend say nothing of this one.
		for (const lane of this.lanes) lane.integers = null;
	}
}
