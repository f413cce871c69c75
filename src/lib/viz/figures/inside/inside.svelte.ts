import {
	classMapForm,
	type GraphTensor,
	receptiveFields,
	type ResolvedGraph,
	type ResolvedNode
} from '$lib/nets';
import type { Cell, Form } from '$lib/ops';
import { CachedSource } from './cachedSource';
import { Camera } from './camera.svelte';
import type { Activation, InsideSource } from './insideSource';
import { Latest } from './latest.svelte';
import { KeptMaps, layerMaps, type LayerMaps } from './layerMaps';
import { sortMaps } from '../../tensor/mapStrength';
import { stackOf, stacksOf } from './layout/stacks';
import { layoutWorld, type Point, type Room } from './layout/world';
import {
	isWideRoom,
	mapAt,
	mapByKey,
	once,
	pixelAt,
	stackAt,
	type Place,
	type Scene,
	type SceneTensor
} from './layout/zoom';
import { atLevel, defaultInside, fitInside, levelOf, type InsideState } from './state';
import { workOut, type Worked } from './worked';
import { partNames } from './words';
import { cellByKey } from '../../tensor/cellKeys';
import { nextTask } from '../../ui/nextTask';

/** A value of a tensor worked out. */
export interface WorkedPixel {
	readonly tensor: GraphTensor;
	readonly channel: number;
	readonly y: number;
	readonly x: number;
	/** Where several values come together to one: the layer itself, or the one whose values it changes one by one. */
	readonly origin: ResolvedNode;
	readonly worked: Worked;
	/** What is done to that one value after it, in order. */
	readonly after: readonly { readonly node: ResolvedNode; readonly worked: Worked }[];
	/** The tensors that it was made from, in the order in which they are read. */
	readonly inputs: readonly { readonly ref: string; readonly activation: Activation }[];
	/** The value that the network itself came to. */
	readonly value: number;
}

/** What is looked into, and what it has seen: `null` before it has seen anything. */
export interface Subject {
	readonly network: ResolvedGraph;
	readonly source: InsideSource | null;
}

/** What the pointer or the keys are at: something to go into. */
export interface Pointed {
	readonly stack: number;
	readonly channel: number;
	readonly pixel: { readonly y: number; readonly x: number };
}

/** Pixels that a gesture zooms by, as a factor, to come a level nearer. */
const factorOfLevel = 7;

/** The state of looking inside: where the camera is, and what the source has of it. To be made while a component is. */
export class Inside {
	readonly #subject: () => Subject;
	#wanted = $state.raw(defaultInside);
	#room = $state.raw<Room>({ width: 0, height: 0 });
	/** What has come of the tensors, by reference. */
	readonly #maps = new KeptMaps();
	#come = $state(0);
	#pointer = $state.raw<Partial<Pointed>>({});
	#keys = $state.raw<Partial<Pointed>>({});

	readonly network = $derived.by(() => this.#subject().network);
	readonly source = $derived.by(() => this.#subject().source);
	/** Where the camera is, as far as the network has it. */
	readonly state = $derived(fitInside(this.#wanted, this.network));
	readonly level = $derived(levelOf(this.state));
	/** The tensor that is looked at; at level 0 none is. */
	readonly tensor = $derived(this.state.layer === null ? null : this.network.byRef.get(this.state.layer)!);
	readonly stacks = $derived(stacksOf(this.network));
	readonly #world = $derived.by(() =>
		layoutWorld(
			this.stacks.map(({ shown }) => shown.shape),
			this.#room
		)
	);
	readonly #sort = $derived(this.state.sort);
	readonly scene: Scene = $derived.by(() => {
		const tensor = once((ref) => this.#sceneTensor(ref));
		const shown = this.stacks.map(({ shown: { ref } }) => ref);
		// Orders change as maps come, and by how they are sorted.
		void [this.#come, this.#sort];
		return { world: this.#world, shown, tensor, isWide: isWideRoom(this.#room) };
	});
	readonly cached = $derived(this.source && new CachedSource(this.source));
	readonly fields = $derived(receptiveFields(this.network));
	readonly classForm = $derived(classMapForm(this.network));
	/** The maps that are looked at; `null` until they come. */
	readonly maps = $derived(this.tensor && this.mapsOf(this.tensor.ref));
	readonly worked: Latest<WorkedPixel>;
	readonly coming: Latest<null>;
	readonly camera: Camera;

	/** What is pointed at, at this level. */
	readonly pointed: Pointed = $derived.by(() => {
		const { stack, channel, pixel } = { ...this.#keys, ...this.#pointer };
		const order = this.tensor ? this.scene.tensor(this.tensor.ref).order : [];
		const near = this.state.channel ?? (order.includes(channel ?? -1) ? channel! : (order[0] ?? 0));
		const peak = this.tensor ? this.#peakOf(this.tensor.ref, near) : { y: 0, x: 0 };
		const isThere = pixel && this.tensor && pixel.y < this.tensor.shape[0] && pixel.x < this.tensor.shape[1];
		return {
			stack: Math.min(this.stacks.length - 1, stack ?? 1),
			channel: near,
			pixel: this.state.pixel ?? (isThere ? pixel : peak)
		};
	});
	/** Whether a pointer or the keys are at anything. */
	readonly isPointing = $derived(
		[this.#keys, this.#pointer].some((at) => Object.values(at).some((part) => part !== undefined))
	);

	/** @param isStill whether motion is unwanted */
	constructor(subject: () => Subject, { isStill = () => false }: { isStill?: () => boolean } = {}) {
		this.#subject = subject;
		this.camera = new Camera(
			() => this.scene,
			() => this.#place,
			// Before there is a room for it, nothing moves.
			() => isStill() || this.#room.width === 0
		);
		this.worked = new Latest(() => this.#workedOf(this.cached));
		this.coming = new Latest(() => this.#load(this.cached, this.tensor));
	}

	/** What is known of a tensor's maps, of the picture before until that of the present one comes. */
	mapsOf(ref: string): LayerMaps | null {
		void this.#come;
		const tensor = this.network.byRef.get(ref);
		return this.source && tensor ? this.#maps.get(tensor) : null;
	}

	resize(room: Room): void {
		if (room.width !== this.#room.width || room.height !== this.#room.height) this.#room = room;
	}

	/** Takes what an address says, or a part of it. */
	set(patch: Partial<InsideState>): void {
		this.camera.begin();
		this.#wanted = { ...this.state, ...patch };
	}

	/** Looks at another layer, at its maps or one of them. */
	goTo(layer: string | null, channel: number | null = null, pixel: InsideState['pixel'] = null): void {
		this.set({ layer, channel, pixel });
	}

	/** Comes a level nearer, to what is pointed at. */
	enter(): void {
		const { stack, channel, pixel } = this.pointed;
		if (this.level === 0) this.goTo(this.stacks[stack]!.shown.ref);
		else if (this.level === 1) this.set({ channel });
		else if (this.level === 2) this.set({ pixel });
		this.#pointer = {};
	}

	/** Goes back out to a level. */
	outTo(level: number): void {
		if (level >= this.level) return;
		const { channel, pixel } = this.pointed;
		// What one comes out of stays pointed at.
		this.#keys = {
			...this.#keys,
			...(this.tensor ? { stack: stackOf(this.stacks, this.tensor).index } : {}),
			...(level === 1 ? { channel } : {}),
			...(level === 2 ? { pixel } : {})
		};
		this.#pointer = {};
		this.set(atLevel(this.state, level));
	}

	/** The layer so many before or after this one. */
	neighbour(by: 1 | -1): GraphTensor | null {
		return this.tensor && (this.network.tensors[this.tensor.index + by] ?? null);
	}

	/** What stands beside this one, at this level: the next layer, map or value. Goes there. */
	step(by: 1 | -1): void {
		const { state, tensor } = this;
		if (!tensor) return;
		if (this.level === 1) {
			const next = this.neighbour(by);
			if (next) this.goTo(next.ref);
			return;
		}
		const [height, width] = tensor.shape;
		if (this.level === 2) {
			const { order } = this.scene.tensor(tensor.ref);
			const next = order[order.indexOf(state.channel!) + by];
			if (next !== undefined) this.set({ channel: next });
		} else if (state.pixel) {
			const at = state.pixel.y * width + state.pixel.x + by;
			if (at >= 0 && at < height * width) this.set({ pixel: { y: Math.floor(at / width), x: at % width } });
		}
	}

	/** Whether there is something beside it. */
	canStep(by: 1 | -1): boolean {
		const { state, tensor } = this;
		if (!tensor) return false;
		if (this.level === 1) return this.neighbour(by) !== null;
		if (this.level === 2) {
			const { order } = this.scene.tensor(tensor.ref);
			return order[order.indexOf(state.channel!) + by] !== undefined;
		}
		const [height, width] = tensor.shape;
		const at = state.pixel!.y * width + state.pixel!.x + by;
		return at >= 0 && at < height * width;
	}

	/** What a key does where the figure has the focus. @returns whether it has a meaning */
	press(key: string, far: boolean): boolean {
		if (key === 'Enter' || key === ' ') {
			if (this.level === 3) return false;
			this.enter();
			return true;
		}
		if (key === 'Escape' || key === 'Backspace') {
			if (this.level === 0) return false;
			this.outTo(this.level - 1);
			return true;
		}
		const { stack, channel, pixel } = this.pointed;
		if (this.level === 0) {
			const steps: Readonly<Record<string, number>> = {
				...{ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }
			};
			const by = steps[key];
			if (by === undefined) return false;
			// Where nothing is pointed at yet, the first step only points.
			const from = this.isPointing || !Number.isFinite(by) ? stack : stack - by;
			this.#keys = { stack: Math.max(0, Math.min(this.stacks.length - 1, from + by)) };
			this.#pointer = {};
			return true;
		}
		if (this.level === 1) {
			const next = mapByKey(this.scene, this.state.layer!, channel, key);
			if (next === null) return false;
			this.#keys = { ...this.#keys, channel: next };
			this.#pointer = {};
			return true;
		}
		const to = cellByKey(this.tensor!.shape, pixel, key, far ? 5 : 1);
		if (!to) return false;
		if (this.level === 3) this.set({ pixel: to });
		else this.#keys = { ...this.#keys, pixel: to };
		this.#pointer = {};
		return true;
	}

	/** The pointer is at a point of the stage; at none. */
	point(at: Point | null): void {
		this.#pointer = at ? this.#foundAt(at) : {};
	}

	/** The pointer chooses what is at a point. @returns whether there is something */
	choose(at: Point): boolean {
		const found = this.#foundAt(at);
		if (Object.keys(found).length === 0) return false;
		if (this.level === 3) this.set({ pixel: found.pixel ?? this.state.pixel });
		else {
			this.#pointer = found;
			this.enter();
		}
		return true;
	}

	/** Fingers or a wheel come nearer by a factor, to what lies at a point, or go further away. */
	zoom(factor: number, at: Point): void {
		const before = this.camera.held?.level ?? this.level;
		const level = Math.max(0, Math.min(3, before + Math.log(factor) / Math.log(factorOfLevel)));
		const aimed = atLevel(this.camera.held ? this.#aimed : this.state, Math.ceil(level));
		// Beyond a level, what lies there is gone into.
		let { layer, channel, pixel } = aimed;
		if (level > 0) layer ??= this.stacks[this.#foundAt(at, 0).stack ?? this.pointed.stack]!.shown.ref;
		this.#aimed = { ...aimed, layer };
		if (level > 1) channel ??= this.#foundAt(at, 1).channel ?? this.#channelOf(layer!);
		this.#aimed = { ...aimed, layer, channel };
		if (level > 2) pixel ??= this.#foundAt(at, 2).pixel ?? this.#peakOf(layer!, channel!);
		this.#aimed = { ...aimed, layer, channel, pixel };
		this.camera.hold({ level, ref: layer, channel: channel ?? 0, pixel: pixel ?? { y: 0, x: 0 } });
	}

	/** They let go: the camera goes on to the level that it is nearest to. */
	settle(): void {
		const { held } = this.camera;
		if (!held) return;
		this.camera.letGo();
		this.#wanted = atLevel({ ...this.state, ...placeOnly(this.#aimed) }, Math.round(held.level));
	}

	/** What a gesture goes to. */
	#aimed: InsideState = defaultInside;

	#channelOf(ref: string): number {
		return this.scene.tensor(ref).order[0] ?? 0;
	}

	#peakOf(ref: string, channel: number): Pointed['pixel'] {
		return this.mapsOf(ref)?.summaries[channel]?.peak ?? { y: 0, x: 0 };
	}

	/** What lies at a point of the stage, at a level. */
	#foundAt(at: Point, level: number = this.level): Partial<Pointed> {
		const { layer, channel } = this.camera.held ? this.#aimed : this.state;
		if (level === 0 || layer === null) {
			const stack = stackAt(this.scene, at);
			return stack === null ? {} : { stack };
		}
		if (level === 1 || channel === null) {
			const found = mapAt(this.scene, layer, at);
			return found === null ? {} : { channel: found };
		}
		const pixel = pixelAt(this.scene, this.camera.pose.view, layer, channel, at);
		return pixel ? { pixel } : {};
	}

	readonly #place: Place = $derived.by(() => ({
		level: this.level,
		ref: this.state.layer,
		channel: this.state.channel ?? 0,
		pixel: this.state.pixel ?? { y: 0, x: 0 }
	}));

	#sceneTensor(ref: string): SceneTensor {
		const tensor = this.network.byRef.get(ref)!;
		const maps = this.#maps.get(tensor);
		const order =
			maps !== null
				? sortMaps(maps.summaries, this.#sort)
				: Array.from({ length: tensor.shape[2] }, (_, channel) => channel);
		return { ref, shape: tensor.shape, order, stack: stackOf(this.stacks, tensor).index };
	}

	/** Has the maps of all stacks come, and before them those that are looked at, one after the other: the page is not held up. */
	#load(cached: CachedSource | null, tensor: GraphTensor | null): Promise<null> | null {
		if (!cached) return null;
		const { source } = this;
		const wanted = [...(tensor ? [tensor] : []), ...this.stacks.map(({ shown }) => shown)].filter(
			(one) => !this.#maps.isOf(source!, one)
		);
		// What is asked for in one turn comes of one run.
		const asked = wanted.map((one) => [one, cached.activation(one)] as const);
		return (async () => {
			for (const [one, coming] of asked) {
				const activation = await coming;
				if (source !== this.source) return null;
				if (this.#maps.isOf(source!, one)) continue;
				this.#maps.keep(layerMaps(one, activation), source!);
				this.#come++;
				await nextTask();
			}
			return null;
		})();
	}

	async #workedAt(cached: CachedSource, tensor: GraphTensor, cell: Omit<Cell, 'tensor'>) {
		const { channelOrder } = this.source!;
		const [origin, ...after] = chainTo(tensor.producer!);
		// Asked for in one turn, so that one run answers all of it.
		const [activation, activations, works] = await Promise.all([
			cached.activation(tensor),
			Promise.all(origin.inputs.map((input) => cached.activation(input))),
			Promise.all(
				[origin, ...after].map(async (node) => {
					const [inputs, weights] = await Promise.all([cached.inputs(node), cached.weights(node)]);
					const at = { ...cell, tensor: node === tensor.producer ? tensor.output : 0 };
					return workOut(node, at, inputs, weights, partNames(node, channelOrder));
				})
			)
		]);
		const { shape, data } = activation;
		return {
			...{ tensor, ...cell, origin, worked: works[0]! },
			after: after.map((node, i) => ({ node, worked: works[i + 1]! })),
			inputs: origin.inputs.map(({ ref }, i) => ({ ref, activation: activations[i]! })),
			value: data[(cell.y * shape[1] + cell.x) * shape[2] + cell.channel]!
		};
	}

	#workedOf(cached: CachedSource | null): Promise<WorkedPixel> | null {
		const { tensor } = this;
		const { channel, pixel } = this.state;
		if (!cached || channel === null || !pixel || !tensor?.producer) return null;
		return this.#workedAt(cached, tensor, { ...pixel, channel });
	}
}

/** Forms that make one value of one. */
const single: readonly Form[] = ['function', 'copy'];
const isSingle = ({ op, operator, inputs }: ResolvedNode) =>
	inputs.length === 1 &&
	(op === 'batchNorm' || op === 'scale' || op === 'dropout' || single.includes(operator.traits.form));

/** A node and those before it whose values it changes one by one, back to the one in which several come together. */
function chainTo(node: ResolvedNode): readonly [ResolvedNode, ...ResolvedNode[]] {
	const before = node.inputs[0].producer;
	// What only moves channels is looked at by itself.
	const isMoved = node.operator.traits.channels !== 'own';
	if (!isSingle(node) || isMoved || !before || before.outputs.length > 1) return [node];
	return [...chainTo(before), node];
}

const placeOnly = ({ layer, channel, pixel }: InsideState) => ({ layer, channel, pixel });
