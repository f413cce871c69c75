import {
	defaultKnobs,
	graphCost,
	GraphError,
	KnobError,
	receptiveFields,
	resolveGraph,
	type KnobTable,
	type KnobValue,
	type KnobValues,
	type Network,
	type ResolvedGraph
} from '$lib/nets';
import type { Codec, Ignored } from '../../address/codec';
import { defaultFlowMode, networkCodec, zoomLimits, type Audited, type NetworkAddress } from './address';
import type { FlowMode } from '../../channelFlow/channelFlow.svelte';
import type { FlowPart } from './flowParts';
import { defaultConventions, type Conventions } from './conventions';
import { auditOf } from './counted';
import { foldingOf, openWithFolds } from './layout/folds';
import { blockPathsOf, isInside, selectBlock, selectedBlock, type Selection } from './selection';

const noKnobs: KnobTable = {};

/**
 * State of a network's page: the knobs, the graph that they give, and what of it is open, selected and counted. The parts of
 * the page read what they need of it; all of it goes through the address.
 */
export class NetworkState {
	/** The network; `null` for a graph of the reader's own, that has no knobs. */
	readonly network: Network | null;
	readonly #codec: Codec<NetworkAddress>;
	/** What the sliders say, also when no graph can be made of it. */
	knobs: KnobValues = $state.raw({});
	/** The graph of the knobs, or, where they do not fit, of the last that did. */
	graph: ResolvedGraph = $state.raw() as ResolvedGraph;
	/** Why the knobs give no graph. */
	problem: KnobError | GraphError | null = $state.raw(null);
	/** Paths of the open blocks and ids of the open folds; some may not be in the graph that the knobs give now. */
	open: readonly string[] = $state.raw([]);
	selected: Selection | null = $state(null);
	conventions: Conventions = $state.raw(defaultConventions);
	/** Magnification of the diagram; `null` for the one that fits. */
	zoom: number | null = $state(null);
	/** The total whose sum is open. */
	audit: Audited | null = $state(null);
	/** Path of the block whose channel flow is shown; `null` for the most telling. */
	flowPart: FlowPart | null = $state(null);
	flowMode: FlowMode = $state(defaultFlowMode);
	/** What of the address could not be read. */
	ignored: readonly Ignored[] = $state.raw([]);

	/** The address's search that holds all of this. */
	readonly search: string = $derived.by(() =>
		this.#codec.format({
			knobs: this.knobs,
			open: this.open.filter((path) => this.#canOpen(path)),
			selected: this.selected,
			conventions: this.conventions,
			zoom: this.zoom,
			audit: this.audit,
			flowPart: this.flowPart,
			flowMode: this.flowMode
		})
	);
	/** Paths of the blocks of the graph. */
	readonly blockPaths: ReadonlySet<string> = $derived(blockPathsOf(this.graph));
	/** Its blocks that repeat each other. */
	readonly folding = $derived(foldingOf(this.graph));
	readonly #shown = $derived(openWithFolds(this.folding, this.open));

	/** The totals as the conventions count them. */
	readonly totals = $derived.by(() => ({
		params: auditOf(this.graph, 'params', this.conventions).value,
		macs: auditOf(this.graph, 'macs', this.conventions).value
	}));
	/** Costs of the graph and of its nodes, by index; computed when first read. */
	readonly cost = $derived.by(() => graphCost(this.graph));
	/** Receptive fields of the graph's tensors, by index; computed when first read. */
	readonly fields = $derived.by(() => receptiveFields(this.graph));

	/** @param source a network, whose defaults it starts with, or a graph. */
	constructor(source: Network | ResolvedGraph) {
		if ('build' in source) {
			this.network = source;
			this.knobs = defaultKnobs(source.knobs);
			this.graph = resolveGraph(source.build());
		} else {
			this.network = null;
			this.graph = source;
		}
		this.#codec = networkCodec(this.table);
	}

	get table(): KnobTable {
		return this.network?.knobs ?? noKnobs;
	}

	/** Sets knobs and makes their graph; where they do not fit, keeps the last good one and says why in `problem`. */
	setKnobs(patch: Readonly<Record<string, KnobValue>>): void {
		this.knobs = { ...this.knobs, ...patch };
		if (!this.network) return;
		try {
			this.graph = resolveGraph(this.network.build(this.knobs));
			this.problem = null;
		} catch (error) {
			if (!(error instanceof KnobError || error instanceof GraphError)) throw error;
			this.problem = error;
		}
	}

	/** Whether a block or fold is open: a fold is, where one of its blocks is. */
	isOpen(path: string): boolean {
		return this.#shown.has(path);
	}

	/** Opens or closes a block or fold; closing it takes the selection from its inside to itself. */
	toggle(path: string): void {
		if (!this.isOpen(path)) {
			this.open = [...this.open, path];
			return;
		}
		const { byId, byMember } = this.folding;
		const closes: readonly string[] = [path, ...(byId.get(path)?.members ?? [])];
		// What a block stands in stays open when it closes.
		const around = byMember.get(path)?.id;
		const stays = around !== undefined && !this.open.includes(around) ? [around] : [];
		this.open = [...this.open.filter((other) => !closes.includes(other)), ...stays];
		if (this.selected !== null && this.#isInside(this.selected, path)) this.selected = selectBlock(path);
	}

	/** The closed blocks and folds that hide a node, a block or a fold, outermost first. */
	closedAround(selection: Selection): readonly string[] {
		const { byId, levels } = this.folding;
		const block = selectedBlock(selection);
		const inside = block ?? this.graph.byId.get(selection)?.node.block;
		if (inside === undefined) return [];
		const all = levels(byId.get(inside)?.members[0] ?? inside);
		return (block === null ? all : all.slice(0, all.indexOf(block))).filter((path) => !this.isOpen(path));
	}

	/** Opens a node's, a block's or a fold's surroundings, so that it is seen. */
	reveal(selection: Selection): void {
		const closed = this.closedAround(selection);
		if (closed.length > 0) this.open = [...this.open, ...closed];
	}

	openAll(): void {
		this.open = [...this.blockPaths];
	}

	closeAll(): void {
		this.open = [];
	}

	/** Takes what an address says, and lists in `ignored` what it could not. */
	read(search: string): void {
		const { value: address, ignored } = this.#codec.parse(search);
		this.setKnobs(address.knobs);
		const unknownOpen = address.open.filter((path) => !this.#canOpen(path));
		this.open = address.open.filter((path) => this.#canOpen(path));
		const isKnown = address.selected !== null && this.#isThere(address.selected);
		this.selected = isKnown ? address.selected : null;
		this.conventions = address.conventions;
		this.zoom = address.zoom;
		this.audit = address.audit;
		const isPart =
			address.flowPart === null || address.flowPart === '' || this.blockPaths.has(address.flowPart);
		this.flowPart = isPart ? address.flowPart : null;
		this.flowMode = address.flowMode;
		const lost = (name: string, value: string): Ignored => ({
			...{ name, value: value.slice(0, 60) },
			...{ reason: 'unfit', why: null }
		});
		this.ignored = [
			...ignored,
			...unknownOpen.slice(0, 3).map((path) => lost('open', path)),
			...(isPart ? [] : [lost('flow', address.flowPart ?? '')]),
			...(address.selected === null || isKnown ? [] : [lost('at', address.selected)])
		];
	}

	setZoom(zoom: number | null): void {
		this.zoom = zoom === null ? null : Math.min(zoomLimits.max, Math.max(zoomLimits.min, zoom));
	}

	#canOpen(path: string): boolean {
		return this.blockPaths.has(path) || this.folding.byId.has(path);
	}

	#isThere(selection: Selection): boolean {
		const block = selectedBlock(selection);
		if (block !== null) return this.#canOpen(block);
		return this.graph.byId.has(selection) || this.graph.graph.inputs.some(({ id }) => id === selection);
	}

	#isInside(selection: Selection, path: string): boolean {
		const inside = selectedBlock(selection) ?? this.graph.byId.get(selection)?.node.block;
		const paths = this.folding.byId.get(path)?.members ?? [path];
		return paths.some((outer) => isInside(inside, outer));
	}
}
