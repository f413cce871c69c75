import { GraphError, KnobError } from '$lib/nets/errors';
import type { KnobValue } from '$lib/nets/knobs';
import { networkById } from '$lib/nets/networks';
import { roomAround } from './layout/chart';
import type { ScaleKind } from '../../plot/scale';
import {
	clampView,
	fullView,
	isFullView,
	middleOf,
	panView,
	zoomView,
	type View,
	type ViewLimits
} from './layout/view';
import { titleOf } from '../../words/networkTitles';
import type { Ignored } from '../../address/codec';
import { compareCodec, defaultSpec, knobsOf } from './address';
import type { Spread } from '$lib/nets/times/spread';
import { frontOf } from './front';
import { costOf, groupOf, knobSearch } from './live';
import type { Group, Model, ModelCost, OwnModel } from './model';
import { quantities, sizeQuantity, valueOf, type CompareSpec, type KnobRecord, type Quantity } from './spec';

/** The network that moves with the sliders. */
export interface LiveModel extends ModelCost {
	readonly network: string;
	readonly title: string;
	/** All of them, as they were when they last fitted. */
	readonly knobs: KnobRecord;
	readonly group: Group;
	/** The published variant that has just these knobs; `null` where there is none. */
	readonly published: Model | null;
}

/** State of the page: what is shown and how, and all that follows from it. All of it goes through the address. */
export class Comparison {
	spec: CompareSpec = $state.raw(defaultSpec);
	/** What of the address could not be read. */
	ignored: readonly Ignored[] = $state.raw([]);
	/** Why the knobs give no network; the last that they gave is shown. */
	problem: KnobError | GraphError | null = $state.raw(null);
	live: LiveModel = $state.raw() as LiveModel;
	/** A network of the reader's own beside the others. It is not in the address's search: its graph stands in the hash. */
	own: OwnModel | null = $state.raw(null);
	/** How long networks took on this device, by id; `null` where the chart has no times to show. */
	times: ReadonlyMap<string, Spread> | null = $state.raw(null);
	/** All networks of the chart. */
	readonly models: readonly Model[] = $derived.by(() => {
		const { times } = this;
		if (!times || times.size === 0) return this.#catalogue;
		return this.#catalogue.map((model) => {
			const latency = times.get(model.id);
			return latency ? { ...model, latency } : model;
		});
	});
	/** Whether marks glide to their places: after a change of the axes they do, while the reader moves the plane not. */
	glides = $state(false);

	/** The models that the legend leaves. */
	readonly visible: readonly Model[] = $derived.by(() => {
		const { hidden } = this.spec;
		return this.models.filter(({ group }) => !hidden.includes(group));
	});
	/** Those of them that have a value on both axes. */
	readonly plotted: readonly Model[] = $derived.by(() =>
		this.visible.filter((model) => this.#isPlaced(model))
	);
	/** What the front is about: the two axes, and accuracy where it is on neither. */
	readonly frontQuantities: readonly Quantity[] = $derived.by(() =>
		quantities.filter((quantity) => quantity === 'top1' || this.#isAxis(quantity))
	);
	/** Ids of the visible models that no other visible one beats in all of `frontQuantities`. */
	readonly front: ReadonlySet<string> = $derived.by(() =>
		frontOf(this.visible, this.frontQuantities, this.spec.batchNorm)
	);
	/** What the axes can show, of all models and the reader's own: the legend does not move them. */
	readonly limits: ViewLimits = $derived.by(() => ({
		x: this.#axisLimits(this.spec.x),
		y: this.#axisLimits(this.spec.y)
	}));
	readonly view: View = $derived(
		this.spec.view ? clampView(this.spec.view, this.limits) : fullView(this.limits)
	);
	/** What is drawn of the moving network: its accuracy is that of the published variant, if it is one. */
	readonly liveValues: ModelCost & Pick<Model, 'top1' | 'latency'> = $derived.by(() => {
		const { published } = this.live;
		const latency = published ? this.times?.get(published.id) : undefined;
		return { ...this.live, top1: published?.top1 ?? [], ...(latency && { latency }) };
	});
	readonly selected: Model | null = $derived.by(() => {
		const { selected } = this.spec;
		return this.visible.find(({ id }) => id === selected) ?? null;
	});
	/** The address's search that holds all of this. */
	readonly search: string = $derived(compareCodec.format(this.spec));

	readonly #catalogue: readonly Model[];

	constructor(
		models: readonly Model[],
		/** Ids of the variants that a line joins, in order. */
		readonly lines: readonly (readonly string[])[]
	) {
		this.#catalogue = models;
		this.live = this.#liveOf(this.spec, costOf(this.spec.network, this.spec.knobs));
	}

	/** Takes what an address says, and lists in `ignored` what it could not. */
	read(search: string): void {
		const { value: spec, ignored } = compareCodec.parse(search);
		const { selected } = spec;
		const isKnown = selected === null || this.#catalogue.some(({ id }) => id === selected);
		this.spec = isKnown ? spec : { ...spec, selected: null };
		this.ignored = isKnown
			? ignored
			: [...ignored, { name: 'at', value: selected, reason: 'unfit', why: null }];
		this.#buildLive();
	}

	/** Changes what is shown; new axes are shown whole. */
	set(patch: Partial<Omit<CompareSpec, 'network' | 'knobs'>>): void {
		const areAxes = patch.x !== undefined || patch.y !== undefined;
		this.glides = patch.view === undefined;
		this.spec = { ...this.spec, ...(areAxes && { view: null }), ...patch };
	}

	/** Puts a quantity on an axis; the other axis gets what was there if it had the same. */
	setAxis(axis: 'x' | 'y', quantity: Quantity): void {
		const other = axis === 'x' ? 'y' : 'x';
		const swapped = this.spec[other] === quantity ? this.spec[axis] : this.spec[other];
		this.set({ [axis]: quantity, [other]: swapped });
	}

	setNetwork(network: string): void {
		this.spec = { ...this.spec, network, knobs: knobsOf(network) };
		this.#buildLive();
	}

	/** Sets knobs of the moving network; where they do not fit, the last good one is kept and `problem` says why. */
	setKnobs(patch: Readonly<Record<string, KnobValue>>): void {
		this.spec = { ...this.spec, knobs: { ...this.spec.knobs, ...patch } };
		this.#buildLive();
	}

	/** Keeps a model's card open; `null` closes it. */
	select(selected: string | null): void {
		this.set({ selected });
	}

	/** Hides or shows a group. */
	toggle(group: Group): void {
		const { hidden } = this.spec;
		this.set({
			hidden: hidden.includes(group) ? hidden.filter((other) => other !== group) : [...hidden, group]
		});
	}

	/** Zooms by a factor, with a place (in values of the axes) where it is; its middle unless given. */
	zoom(factor: number, at = middleOf(this.view, this.limits)): void {
		this.#show(zoomView(this.view, factor, at, this.limits));
	}

	/** Moves the view by parts of its width and height. */
	pan(right: number, up: number): void {
		this.#show(panView(this.view, right, up, this.limits));
	}

	/** Value of a model for an axis, counted in MACs; `null` where it is not known. */
	valueOf(model: ModelCost & Pick<Model, 'top1' | 'latency'>, quantity: Quantity): number | null {
		return valueOf(model, quantity, this.spec.batchNorm);
	}

	/** The quantity that the area of the marks shows. */
	get sizeQuantity(): Quantity {
		return sizeQuantity(this.spec);
	}

	#isAxis(quantity: Quantity): boolean {
		return quantity === this.spec.x || quantity === this.spec.y;
	}

	#isPlaced(model: Model): boolean {
		return this.valueOf(model, this.spec.x) !== null && this.valueOf(model, this.spec.y) !== null;
	}

	#axisLimits(quantity: Quantity): ViewLimits['x'] {
		const kind = scaleKind(quantity);
		const all = this.own ? [...this.models, { ...this.own, top1: [] }] : this.models;
		// Nothing at all has no place where each decade is as long.
		const values = all
			.flatMap((model) => this.valueOf(model, quantity) ?? [])
			.filter((value) => kind === 'linear' || value > 0);
		return { kind, full: values.length === 0 ? noValues : roomAround(kind, values) };
	}

	#show(view: View): void {
		this.set({ view: isFullView(view, this.limits) ? null : view });
	}

	#buildLive(): void {
		try {
			this.live = this.#liveOf(this.spec, costOf(this.spec.network, this.spec.knobs));
			this.problem = null;
		} catch (error) {
			if (!(error instanceof KnobError || error instanceof GraphError)) throw error;
			this.problem = error;
			// From an address there is no last good one of this network.
			if (this.live.network !== this.spec.network) {
				this.live = this.#liveOf({ ...this.spec, knobs: {} }, costOf(this.spec.network));
			}
		}
	}

	#liveOf({ network, knobs }: Pick<CompareSpec, 'network' | 'knobs'>, cost: ModelCost): LiveModel {
		const title = titleOf(networkById(network));
		const search = knobSearch(network, knobs);
		const published = this.#catalogue.find(({ page }) => page?.network === network && page.search === search);
		return { ...cost, network, title, knobs, group: groupOf(network), published: published ?? null };
	}
}

/** What an axis shows before anything was timed, in milliseconds. */
const noValues = [4, 900] as const;

/** Accuracies lie within a decade; all else spans several. */
export function scaleKind(quantity: Quantity): ScaleKind {
	return quantity === 'top1' ? 'linear' : 'log';
}
