import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultKnobs, GraphBuilder, networkById, resolveGraph } from '$lib/nets';
import { seededGraph } from '$lib/viz/figures/inside/seeded';
import { stackOf, stacksOf } from '$lib/viz/figures/inside/layout/stacks';
import { labelOf, layoutWorld, type Room } from '$lib/viz/figures/inside/layout/world';
import {
	isWideRoom,
	layoutTiles,
	mapAt,
	mapByKey,
	mapSlot,
	pictureOf,
	pixelAt,
	poseAt,
	poseBetween,
	stackAt,
	tileBox,
	toScreen,
	valueSlot,
	wayLength,
	type Place,
	type Scene
} from '$lib/viz/figures/inside/layout/zoom';

const cifar = { resolution: 32, classes: 10, stemStride: 1, alpha: 0.5, repeats: 3, firstStride: 1 };
const networks = {
	small: resolveGraph(seededGraph()),
	mobilenet: resolveGraph(networkById('mobilenet').build(cifar)),
	...Object.fromEntries(
		(['squeezenet', 'shufflenet', 'xception'] as const).map((id) => {
			const { build, knobs } = networkById(id);
			return [id, resolveGraph(build(defaultKnobs(knobs)))];
		})
	)
};
const rooms: readonly Room[] = [
	{ width: 720, height: 500 },
	{ width: 328, height: 400 },
	{ width: 1180, height: 640 }
];

function sceneOf(name: keyof typeof networks, room: Room): Scene {
	const network = networks[name];
	const stacks = stacksOf(network);
	return {
		world: layoutWorld(
			stacks.map(({ shown }) => shown.shape),
			room
		),
		shown: stacks.map(({ shown }) => shown.ref),
		tensor: (ref) => {
			const tensor = network.byRef.get(ref)!;
			const order = Array.from({ length: tensor.shape[2] }, (_, c) => c).reverse();
			return { ref, shape: tensor.shape, order, stack: stackOf(stacks, tensor).index };
		},
		isWide: isWideRoom(room)
	};
}

describe('stacksOf', () => {
	it.each(Object.entries(networks))(
		'%s: every tensor lies in one stack, in order, few enough to see',
		(_, net) => {
			const stacks = stacksOf(net);
			expect(stacks.flatMap(({ tensors }) => tensors)).toEqual([...net.tensors]);
			expect(stacks.length).toBeLessThanOrEqual(20);
			for (const { index, shown, tensors } of stacks) {
				expect(tensors.at(-1)).toBe(shown);
				for (const tensor of tensors) expect(stackOf(stacks, tensor).index).toBe(index);
			}
		}
	);
	it('tells stacks of one block apart', () => {
		const net = new GraphBuilder('Flat', [4, 4, 2]);
		let at = net.input;
		const blocks = ['features', 'features', 'head', 'features'];
		for (const i of blocks.keys()) at = net.op('relu', `act${i}`, at, {});
		const graph = net.build(at);
		const nodes = graph.nodes.map((node, i) => ({ ...node, block: blocks[i]! }));
		const names = stacksOf(resolveGraph({ ...graph, nodes })).map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names.filter((name) => name.startsWith('features'))).toEqual(['features 1/2', 'features 2/2']);
	});

	it('has a stack for each block of MobileNet, and the picture by itself', () => {
		const names = stacksOf(networks.mobilenet).map(({ name }) => name);
		expect([names[0], names[1], names[2], names.at(-1)]).toEqual([
			'input',
			'stem',
			'separable1',
			'classifier'
		]);
		expect(names).toHaveLength(14);
	});
	it('takes several blocks together where there is room for few', () => {
		const stacks = stacksOf(networks.mobilenet, 6);
		expect(stacks.length).toBeLessThanOrEqual(6);
		expect(stacks.flatMap(({ tensors }) => tensors)).toHaveLength(networks.mobilenet.tensors.length);
	});
});

describe('layoutWorld', () => {
	for (const name of Object.keys(networks) as (keyof typeof networks)[])
		for (const room of rooms)
			it(`draws ${name} to one scale within ${room.width}×${room.height}, no stack over another`, () => {
				const { world, shown, tensor } = sceneOf(name, room);
				const { value, channel } = world.scale;
				world.piles.forEach(({ face, step, box, count }, i) => {
					const [height, width, channels] = tensor(shown[i]!).shape;
					expect(face.width).toBeCloseTo(Math.max(3, width * value));
					expect(face.height).toBeCloseTo(Math.max(3, height * value));
					expect([count, Math.hypot(step.x, step.y)]).toEqual([channels, expect.closeTo(channel)]);
					expect(box.x).toBeGreaterThanOrEqual(0);
					expect(box.y).toBeGreaterThanOrEqual(-1e-6);
					expect(box.x + box.width).toBeLessThanOrEqual(room.width + 1e-6);
					expect(box.y + box.height).toBeLessThanOrEqual(room.height);
					for (const other of world.piles.slice(i + 1)) {
						const apart =
							box.x + box.width <= other.box.x ||
							other.box.x + other.box.width <= box.x ||
							box.y + box.height <= other.box.y ||
							other.box.y + other.box.height <= box.y;
						expect(apart).toBe(true);
					}
				});
			});

	it('leads no link through a stack, a name or a size, but along the foot of its own two stacks', () => {
		const room = fc.record({
			width: fc.integer({ min: 300, max: 1400 }),
			height: fc.integer({ min: 340, max: 900 })
		});
		fc.assert(
			fc.property(
				fc.constantFrom(...(Object.keys(networks) as (keyof typeof networks)[])),
				room,
				(name, of) => {
					const { piles, links } = sceneOf(name, of).world;
					const labels = piles.map(labelOf);
					links.forEach((link, n) => {
						const others = piles.filter((_, i) => i !== n && i !== n + 1).map(({ box }) => box);
						link.slice(1).forEach((end, i) => {
							const start = link[i]!;
							const crossed = [...labels, ...others].filter(
								({ x, y, width, height }) =>
									Math.max(start.x, end.x) > x + 1e-6 &&
									Math.min(start.x, end.x) < x + width - 1e-6 &&
									Math.max(start.y, end.y) > y + 1e-6 &&
									Math.min(start.y, end.y) < y + height - 1e-6
							);
							expect(crossed).toEqual([]);
						});
					});
				}
			),
			{ numRuns: 150 }
		);
	});
});

describe('layoutTiles', () => {
	it('fits all maps of any tensor into any room, each found at its middle', () => {
		const side = fc.integer({ min: 1, max: 224 });
		fc.assert(
			fc.property(side, side, fc.integer({ min: 1, max: 600 }), (height, width, count) => {
				for (const room of rooms) {
					const { columns, gap, left, top, ...tile } = layoutTiles([height, width, count], room);
					const rows = Math.ceil(count / columns);
					expect(left).toBeGreaterThan(0);
					expect(top).toBeGreaterThan(0);
					expect(left + columns * (tile.width + gap) - gap).toBeLessThan(room.width);
					expect(top + rows * (tile.height + gap) - gap).toBeLessThan(room.height);
					expect(tile.width / tile.height).toBeCloseTo(width / height);
				}
			})
		);
	});
	it('is where maps are found by pointer and by keys', () => {
		const scene = sceneOf('mobilenet', rooms[0]!);
		const ref = 'conv_pw_5_relu';
		const { order } = scene.tensor(ref);
		const { view } = poseAt(scene, { level: 1, ref, channel: 0, pixel: { y: 0, x: 0 } });
		for (const channel of order) {
			const box = toScreen(tileBox(scene, ref, channel), view, scene.world.room);
			const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
			expect(mapAt(scene, ref, middle)).toBe(channel);
		}
		expect(mapAt(scene, ref, { x: -5, y: 5 })).toBeNull();
		expect(mapByKey(scene, ref, order[0]!, 'ArrowRight')).toBe(order[1]);
		expect(mapByKey(scene, ref, order[0]!, 'ArrowLeft')).toBe(order[0]);
		expect(mapByKey(scene, ref, order[0]!, 'ArrowUp')).toBe(order[0]);
		expect(mapByKey(scene, ref, order[3]!, 'End')).toBe(order.at(-1));
		expect(mapByKey(scene, ref, order[3]!, 'Tab')).toBeNull();
	});
});

describe('the camera', () => {
	const at = (level: number, ref = 'conv_pw_5_relu'): Place => ({
		level,
		ref,
		channel: 9,
		pixel: { y: 3, x: 12 }
	});

	for (const room of rooms) {
		const scene = sceneOf('mobilenet', room);

		it(`in ${room.width}×${room.height} shows a map in its place at level 2, and a value in its at level 3`, () => {
			const { view } = poseAt(scene, at(2));
			const tile = tileBox(scene, 'conv_pw_5_relu', 9);
			const box = toScreen(tile, view, room);
			const slot = mapSlot(scene.world, scene.isWide);
			expect(box.width).toBeCloseTo(slot.width);
			expect(box.x).toBeCloseTo(slot.x);
			const near = poseAt(scene, at(3)).view;
			const cell = toScreen(
				{
					x: tile.x + (12 / 16) * tile.width,
					y: tile.y + (3 / 16) * tile.height,
					width: tile.width / 16,
					height: tile.height / 16
				},
				near,
				room
			);
			const place = valueSlot(scene.world, scene.isWide);
			expect(cell.width).toBeCloseTo(place.width);
			expect([cell.x, cell.y]).toEqual([expect.closeTo(place.x), expect.closeTo(place.y)]);
			const middle = { x: place.x + place.width / 2, y: place.y + place.height / 2 };
			expect(pixelAt(scene, near, 'conv_pw_5_relu', 9, middle)).toEqual({ y: 3, x: 12 });
		});

		it(`in ${room.width}×${room.height} comes nearer all the way, without a jump`, () => {
			let before = poseAt(scene, at(0));
			for (let level = 0.02; level <= 3; level += 0.02) {
				const pose = poseAt(scene, at(level));
				expect(pose.view.width).toBeLessThan(before.view.width);
				expect(pose.view.width).toBeGreaterThan(before.view.width * 0.75);
				before = pose;
			}
		});
	}

	const scene = sceneOf('mobilenet', rooms[0]!);

	it('at level 0 is one place, whatever it would go to, and every stack is drawn as a whole', () => {
		const pose = poseAt(scene, at(0));
		expect(pose).toEqual(poseAt(scene, { ...at(0), ref: null }));
		const { stacks, network, worked } = pictureOf(scene, pose);
		expect(stacks.map(({ ref, alpha }) => [ref, alpha])).toEqual(scene.shown.map(() => [null, 1]));
		expect([network, worked]).toEqual([1, 0]);
		stacks.forEach(({ pile }, i) => expect(pile.face.x).toBeCloseTo(scene.world.piles[i]!.face.x));
	});

	it('spreads the maps out on the way, from where they lie in their stack, none growing beyond both ends', () => {
		const sizeAt = (level: number) => {
			const { stacks } = pictureOf(scene, poseAt(scene, at(level)));
			return stacks.find(({ ref }) => ref !== null)!.maps;
		};
		const first = sizeAt(1e-6);
		const { face, step } = scene.world.piles[scene.tensor('conv_pw_5_relu').stack]!;
		const { order } = scene.tensor('conv_pw_5_relu');
		// Those behind are drawn first.
		expect(first.map(({ channel }) => channel)).toEqual([...order].reverse());
		for (const { channel, x, y } of first) {
			const depth = order.indexOf(channel);
			expect(x).toBeCloseTo(face.x + depth * step.x, 2);
			expect(y).toBeCloseTo(face.y + depth * step.y, 2);
		}
		const ends = [first[0]!.width, sizeAt(1)[0]!.width];
		for (let level = 0.05; level < 1; level += 0.05) {
			const [{ width } = { width: 0 }] = sizeAt(level);
			expect(width).toBeLessThanOrEqual(1.02 * Math.max(...ends));
			expect(width).toBeGreaterThanOrEqual(0.98 * Math.min(...ends));
		}
	});

	it('leaves only the one map to be seen when it is near it', () => {
		const { stacks, network } = pictureOf(scene, poseAt(scene, at(2)));
		expect(network).toBe(0);
		expect(stacks.flatMap(({ maps }) => maps.map(({ channel }) => channel))).toEqual([9]);
	});

	it('can be anywhere between any two places, and turn back', () => {
		const places = [at(0), at(1), at(2), at(3), at(2, 'conv1'), at(1, 'softmax'), at(3, 'conv_dw_3')].map(
			(place) => poseAt(scene, place)
		);
		const any = fc.constantFrom(...places);
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(any, any, any, share, share, (a, b, c, by, further) => {
				expect(poseBetween(a, b, 1)).toBe(b);
				expect(poseBetween(a, b, 0).view).toEqual(a.view);
				const half = poseBetween(a, b, by);
				const turned = poseBetween(half, c, further);
				for (const { share: open } of [...turned.open, ...turned.near]) {
					expect(open).toBeGreaterThan(0);
					expect(open).toBeLessThanOrEqual(1);
				}
				expect(turned.view.width).toBeGreaterThan(0);
				const length = wayLength(half, c);
				expect(length).toBeGreaterThanOrEqual(150);
				expect(length).toBeLessThanOrEqual(1600);
				for (const { maps } of pictureOf(scene, turned).stacks)
					for (const { x, y, width } of maps) expect([x, y, width].every(Number.isFinite)).toBe(true);
			})
		);
	});

	it('finds each stack where it is drawn, and its name', () => {
		scene.world.piles.forEach(({ face }, i) => {
			expect(stackAt(scene, { x: face.x + face.width / 2, y: face.y + face.height / 2 })).toBe(i);
		});
		expect(stackAt(scene, { x: -50, y: -50 })).toBeNull();
	});
});
