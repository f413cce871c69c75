import { scaleLinear, scaleLog } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';
import { graphCost, networkById, resolveGraph } from '$lib/nets';
import { presets, type Step } from '$lib/nets/blocks';
import { compressionSteps } from '$lib/nets/compression/layer';
import { defaults } from '$lib/viz/figures/bench/spec';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { Compression } from '$lib/viz/figures/compression/compression.svelte';
import { emptyCurve, extendCurve } from '$lib/viz/figures/training/curves';
import { curvePath, heightOf } from '$lib/viz/figures/training/layout/curve';
import { Trainer } from '$lib/training/trainer';
import { trainingGraph } from '$lib/training/ways';
import { squeezenetLayer } from '$lib/viz/figures/compression/squeezenetLayer';
import { contenders, measuredComparison } from '$lib/viz/figures/convolutionComparison/measured';
import { savingOf } from '$lib/viz/figures/ratio/saving';
import { formatBytes, formatShare, formatShort } from '$lib/viz/words/format';
import { silhouette } from '$lib/viz/figures/network/layout/silhouette';
import { size, type Miniature } from './miniature';

const { width, height } = size;
const round = (x: number) => Number(x.toFixed(1));
const box = (x: number, y: number, w: number, h = w) =>
	`M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}z`;

/** Of the tutorial: what a separable layer saves, by its number of filters. */
export function drawSaving(): Miniature {
	const x = scaleLog([1, 1024], [16, width - 16]);
	const y = scaleLinear([0, 10], [height - 22, 10]);
	const points = Array.from({ length: 41 }, (_, n) => 1024 ** (n / 40));
	const saving = (filters: number) => savingOf({ filters, kernel: 3 });
	const curve = line<number>()
		.curve(curveMonotoneX)
		.digits(1)
		.x(x)
		.y((n) => y(saving(n)))(points)!;
	const at = 512;
	return {
		...size,
		paths: [
			{ d: `M16 ${y(0)}H${width - 16}`, tone: 'line' },
			{ d: `M16 ${round(y(9))}H${width - 16}`, tone: 'line' },
			{ d: curve, tone: 'strong' }
		],
		dots: [{ x: round(x(at)), y: round(y(saving(at))), r: 5, tone: 'ink' }],
		texts: [
			{
				x: round(x(at)),
				y: round(y(saving(at)) + 22),
				text: `÷ ${saving(at).toFixed(2)}`,
				anchor: 'end',
				isStrong: true
			},
			{ x: 16, y: height - 6, text: 'N = 1' },
			{ x: round(x(at)), y: height - 6, text: `${at}`, anchor: 'middle' }
		]
	};
}

/** Of the bench: its first window, and the number that it makes. */
export function drawBench(): Miniature {
	const resolved = resolveBench(defaults('standard'));
	if (!resolved.ok) throw new Error('the bench does not open as it is');
	const { input, stages } = resolved.bench;
	const { output, layer } = stages[0]!;
	const cell = 20;
	const grid = (tensor: typeof input, x: number, y: number) => {
		const [rows, columns, channels] = tensor.shape;
		return Array.from({ length: rows * columns }, (_, n) => ({
			x: x + (n % columns) * cell,
			y: y + Math.floor(n / columns) * cell,
			text: String(tensor.data[n * channels]!)
		}));
	};
	const side = layer.kind === 'conv2d' ? layer.geometry.kernelSize[0] : 1;
	const before = grid(input, 24, 12);
	const after = grid(output, 174, 32);
	const isRead = ({ x, y }: (typeof before)[number]) => x < 24 + side * cell && y < 12 + side * cell;
	const text = (cells: typeof before) =>
		cells.map(({ x, y, text }) => ({
			x: x + cell / 2,
			y: y + cell / 2 + 4,
			text,
			anchor: 'middle' as const
		}));
	return {
		...size,
		paths: [
			{
				d: before
					.filter(isRead)
					.map(({ x, y }) => box(x, y, cell - 1))
					.join(''),
				tone: 'soft'
			},
			{
				d: before
					.filter((of) => !isRead(of))
					.map(({ x, y }) => box(x, y, cell - 1))
					.join(''),
				tone: 'ghost'
			},
			{
				d: after
					.slice(1)
					.map(({ x, y }) => box(x, y, cell - 1))
					.join(''),
				tone: 'ghost'
			},
			{ d: box(174, 32, cell - 1), tone: 'soft' },
			{
				d: `M${24 + side * cell} 12L174 32M${24 + side * cell} ${12 + side * cell}L174 ${31 + cell}`,
				tone: 'line'
			},
			{ d: box(23.5, 11.5, side * cell), tone: 'strong' },
			{ d: box(173.5, 31.5, cell), tone: 'strong' }
		],
		texts: [...text(before), ...text(after.slice(0, 1)).map((of) => ({ ...of, isStrong: true }))]
	};
}

/** The four networks from far away, and their multiply-adds. */
export function drawNetworks(): Miniature {
	const four = ['squeezenet', 'mobilenet', 'shufflenet', 'xception'] as const;
	const drawn = four.map((id, n) => {
		const net = resolveGraph(networkById(id).build());
		const { path, width: long } = silhouette(net);
		const scale = Math.min(0.62, 116 / long);
		const at = { x: 12 + (n % 2) * 128, y: 2 + Math.floor(n / 2) * 61 };
		return { id, ...at, d: moved(path, scale, at.x, at.y), macs: graphCost(net).total.macs };
	});
	return {
		...size,
		paths: drawn.map(({ id, d }) => ({ d, tone: `net-${id}` as const })),
		texts: drawn.map(({ x, y, macs }) => ({ x, y: y + 54, text: formatShort(macs) }))
	};
}

/** A path of `M`, `h`, `v` and `z`, made smaller and put elsewhere. */
function moved(path: string, scale: number, x: number, y: number): string {
	return path.replaceAll(/M([-\d.]+) ([-\d.]+)|([hv])([-\d.]+)/g, (_, mx, my, along, by) =>
		along
			? `${along}${round(Number(by) * scale)}`
			: `M${round(x + Number(mx) * scale)} ${round(y + Number(my) * scale)}`
	);
}

/** The chart: multiply-adds against accuracy, every network that has both. */
export function drawChart(): Miniature {
	const models = catalogue('en').models.flatMap(({ macs, top1, group }) =>
		top1[0] ? [{ macs, accuracy: top1[0].value, group }] : []
	);
	const costs = models.map(({ macs }) => macs);
	const reached = models.map(({ accuracy }) => accuracy);
	const x = scaleLog([Math.min(...costs), Math.max(...costs)], [18, width - 14]);
	const y = scaleLinear([Math.min(...reached), Math.max(...reached)], [height - 16, 12]);
	const isOurs = (group: string) => group !== 'reference' && group !== 'successor';
	return {
		...size,
		paths: [{ d: `M10 6V${height - 8}H${width - 6}`, tone: 'line' }],
		dots: models
			.toSorted((a, b) => Number(isOurs(a.group)) - Number(isOurs(b.group)))
			.map(({ macs, accuracy, group }) => ({
				...{ x: round(x(macs)), y: round(y(accuracy)), r: isOurs(group) ? 4.5 : 3.5 },
				tone: isOurs(group) ? (`net-${group}` as const) : 'middle'
			}))
	};
}

/** The steps of a ShuffleNet unit, as the block editor has them. */
export function drawBlock(): Miniature {
	const [unit] = presets['shuffle-unit'].spec;
	const lane = unit?.op === 'branches' ? unit.lanes[0]! : [];
	const steps = lane.filter(({ op }) => ['group', 'pointwise', 'shuffle', 'depthwise'].includes(op));
	const wide = 46;
	const gap = 12;
	const left = (width - steps.length * (wide + gap) - 18) / 2;
	const at = (n: number) => left + 14 + n * (wide + gap);
	const y = 46;
	const label = (step: Step) => ('kernel' in step ? `${step.kernel}×${step.kernel}` : '1×1');
	const end = at(steps.length);
	const middle = y + 20;
	return {
		...size,
		paths: [
			{ d: `M${round(left - 8)} ${middle}H${round(end + 24)}`, tone: 'line' },
			{ d: `M${round(left)} ${middle}V18H${round(end + 4)}V${middle - 9}`, tone: 'line' },
			...steps.map((step, n) => ({
				d: box(at(n), y, wide, 40),
				tone: step.op === 'shuffle' ? ('ghost' as const) : ('soft' as const)
			})),
			...steps.flatMap((step, n) =>
				step.op === 'shuffle'
					? [
							{
								d: [0, 1, 2]
									.map(
										(i) =>
											`M${round(at(n) + 8)} ${y + 10 + i * 10}L${round(at(n) + wide - 8)} ${y + 10 + ((i * 2) % 3) * 10}`
									)
									.join(''),
								tone: 'strong' as const
							}
						]
					: []
			),
			{ d: `M${round(end - 1)} ${middle}h10M${round(end + 4)} ${middle - 5}v10`, tone: 'strong' }
		],
		texts: steps.flatMap((step, n) =>
			step.op === 'shuffle'
				? []
				: [
						{
							x: round(at(n) + wide / 2),
							y: y + 24,
							text: label(step),
							anchor: 'middle' as const,
							isStrong: true
						},
						...('groups' in step
							? [
									{
										x: round(at(n) + wide / 2),
										y: y + 56,
										text: `g = ${step.groups}`,
										anchor: 'middle' as const
									}
								]
							: [])
					]
		)
	};
}

/** Bytes of a trained layer after each step of compression. */
export function drawCompression(): Miniature {
	const { layer } = new Compression(squeezenetLayer());
	const bytes = compressionSteps.map((step) => {
		const { values, gaps, tables } = layer.size[step];
		return (values + gaps + tables) / 8;
	});
	const most = bytes[0]!;
	const long = width - 92;
	return {
		...size,
		paths: bytes.flatMap((of, n) => [
			{ d: box(14, 12 + n * 21, long, 14), tone: 'ghost' as const },
			{
				d: box(14, 12 + n * 21, (long * of) / most, 14),
				tone: n === bytes.length - 1 ? ('ink' as const) : ('middle' as const)
			}
		]),
		texts: bytes.map((of, n) => ({
			x: long + 22,
			y: 23 + n * 21,
			text: formatBytes(of),
			isStrong: n === bytes.length - 1
		}))
	};
}

/** Seven ways of convolving in one backbone: what each costs, and what it reaches. */
export function drawConvolutions(): Miniature {
	const ways = contenders(measuredComparison).toSorted((a, b) => a.macs - b.macs);
	const [cheapest, dearest] = [ways[0]!, ways.at(-1)!];
	const x = scaleLog(
		[Math.min(...ways.map(({ macs }) => macs)), Math.max(...ways.map(({ macs }) => macs))],
		[24, width - 24]
	);
	const y = scaleLinear(
		[
			Math.min(...ways.map(({ accuracy }) => accuracy.low)),
			Math.max(...ways.map(({ accuracy }) => accuracy.high))
		],
		[height - 18, 14]
	);
	return {
		...size,
		paths: [
			{ d: `M10 6V${height - 8}H${width - 6}`, tone: 'line' },
			{
				d: ways
					.map(
						({ macs, accuracy }) => `M${round(x(macs))} ${round(y(accuracy.low))}V${round(y(accuracy.high))}`
					)
					.join(''),
				tone: 'line'
			}
		],
		dots: ways.map(({ macs, accuracy }) => ({
			...{ x: round(x(macs)), y: round(y(accuracy.mean)), r: 5 },
			tone: 'ink'
		})),
		texts: [cheapest, dearest].map(({ macs, accuracy }, n) => ({
			x: round(x(macs)) + (n ? -10 : 10),
			y: round(y(accuracy.mean)) + 4,
			text: `${formatShort(macs)}, ${formatShare(accuracy.mean)}`,
			anchor: n ? ('end' as const) : ('start' as const)
		}))
	};
}

/** It is the same in every language, and takes seconds. */
let training: Miniature | null = null;

/** Two ways that learn, and one that cannot: trained when the site is built, as the page trains them. */
export const drawTraining = (): Miniature => (training ??= train());

function train(): Miniature {
	const steps = 90;
	const task = { id: 'together', channels: 4, a: 0, b: 2, noise: 0.3 } as const;
	const backbone = { channels: 4, width: 8, depth: 3, groups: 2, norm: true };
	const recipe = { rate: 0.1, momentum: 0.9, batch: 64, init: 'he', seed: 1 } as const;
	const box = { ...size, steps, measure: 'accuracy' } as const;
	const curve = (way: 'standard' | 'depthwise' | 'groupShuffle') => {
		const trainer = new Trainer(trainingGraph(way, backbone), task, recipe);
		const judged = Array.from({ length: steps }, () => trainer.train());
		return curvePath(extendCurve(emptyCurve, judged).smooth.accuracy, box);
	};
	return {
		...size,
		paths: [
			{ d: `M8 ${round(heightOf(0.75, box))}H${width - 8}`, tone: 'line' },
			{ d: curve('depthwise'), tone: 'strong' },
			{ d: curve('groupShuffle'), tone: 'strong' },
			{ d: curve('standard'), tone: 'strong' }
		],
		texts: [{ x: 12, y: round(heightOf(0.75, box) - 5), text: '¾' }]
	};
}
