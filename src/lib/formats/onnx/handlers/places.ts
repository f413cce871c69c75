import { type Sides } from '../../../ops';
import { sizeOfDim } from '../../view';
import { axesIn, type Call } from '../call';
import { countOf } from '../constant';
import { first, type Handler } from './shared';

/** Global pooling, and the mean or maximum over rows and columns that is the same. */
const overPositions =
	(
		op: 'globalAvgPool' | 'globalMaxPool',
		axesOf: (call: Call, rank: number) => readonly number[] | null
	): Handler =>
	(call) => {
		const view = call.view(0);
		if (!view) return null;
		const rank = view.dims.length;
		const axes = axesOf(call, rank)?.map((axis) => (axis < 0 ? axis + rank : axis));
		if (!axes) return null;
		const keeps = call.int('keepdims', 1) === 1;
		const dims = view.dims
			.map((dim, i) => (axes.includes(i) ? [] : dim))
			.filter((_, i) => keeps || !axes.includes(i));
		call.wanted = dims.map(sizeOfDim);
		const gone = axes.flatMap((axis) => view.dims[axis] ?? []);
		const isAll =
			gone.length > 0 &&
			gone.every(({ axis }) => axis < 2) &&
			countOf(gone.map(({ size }) => size)) === view.out.shape[0] * view.out.shape[1];
		if (
			view.start !== undefined ||
			!(isAll || (gone.length === 0 && view.out.shape[0] * view.out.shape[1] === 1))
		)
			return null;
		return [{ kind: 'view', out: first(call.add(op, [view.out], {})), dims }];
	};

const sidesOfPad = (call: Call): { readonly sides: Sides; readonly isNone: boolean } | null => {
	const pads = call.list('pads') ?? call.constant(1)?.numbers();
	const rank = call.view(0)?.dims.length ?? 0;
	if (!pads || pads.length !== 2 * rank || rank !== 4) return null;
	const [n0 = 0, c0 = 0, top = 0, left = 0, n1 = 0, c1 = 0, bottom = 0, right = 0] = pads;
	if ([n0, c0, n1, c1].some((n) => n !== 0) || Math.min(top, left, bottom, right) < 0) return null;
	return { sides: { top, left, bottom, right }, isNone: Math.max(top, left, bottom, right) === 0 };
};

const resizeModes: Readonly<Record<string, 'halfPixel' | 'alignCorners' | 'asymmetric'>> = {
	half_pixel: 'halfPixel',
	pytorch_half_pixel: 'halfPixel',
	align_corners: 'alignCorners',
	asymmetric: 'asymmetric'
};

/** Resize by sizes or factors, of rows and columns alone. */
const resized: Handler = (call) => {
	const image = call.image(0);
	const isOld = call.node.type === 'Upsample' || call.about.opset < 11;
	const scales = call.constant(isOld ? 1 : 2)?.numbers() ?? [
		...(call.node.attributes.get('scales')?.floats ?? [])
	];
	const sizes = call.constant(3)?.numbers() ?? [];
	if (!image || image.order !== 'nchw' || (scales.length !== 4 && sizes.length !== 4)) return null;
	const { shape } = image.out;
	const along = (axis: 0 | 1) =>
		sizes.length === 4 ? sizes[axis + 2]! : Math.floor(shape[axis] * scales[axis + 2]!);
	const size = [along(0), along(1)] as const;
	call.wanted = [1, shape[2], ...size];
	const isChannelKept = sizes.length === 4 ? sizes[1] === shape[2] : scales[1] === 1;
	const asked = call.text('coordinate_transformation_mode', isOld ? 'asymmetric' : 'half_pixel');
	const coordinates = resizeModes[asked];
	if (!isChannelKept || !coordinates || size.some((n) => !(n >= 1))) return null;
	// One place has no ends to align, and PyTorch's own kind of half pixels is 0 there.
	if (asked === 'pytorch_half_pixel' && size.includes(1)) return null;
	const mode = call.text('mode', 'nearest');
	// What the places of the file are computed with: factors that are no whole multiples differ from those of the sizes.
	const isExact = [0, 1].every(
		(axis) => sizes.length === 4 || size[axis] === shape[axis as 0] * scales[axis + 2]!
	);
	const factors = isExact ? {} : { factors: [scales[2]!, scales[3]!] };
	if (mode === 'linear')
		return call.give('nchw', 'resizeBilinear', [image.out], { size, coordinates, ...factors });
	const rounding = isOld ? 'floor' : call.text('nearest_mode', 'round_prefer_floor');
	const roundings = {
		round_prefer_floor: 'roundDown',
		round_prefer_ceil: 'roundUp',
		floor: 'floor',
		ceil: 'ceil'
	} as const;
	const round = roundings[rounding as keyof typeof roundings];
	return mode === 'nearest' && round
		? call.give('nchw', 'resizeNearest', [image.out], { size, coordinates, round, ...factors })
		: null;
};

/** Operators over all places, and those that make other ones. */
export const places: Readonly<Record<string, Handler>> = {
	GlobalAveragePool: overPositions('globalAvgPool', (_, rank) =>
		Array.from({ length: rank - 2 }, (__, i) => i + 2)
	),
	QLinearGlobalAveragePool: overPositions('globalAvgPool', (_, rank) =>
		Array.from({ length: rank - 2 }, (__, i) => i + 2)
	),
	GlobalMaxPool: overPositions('globalMaxPool', (_, rank) =>
		Array.from({ length: rank - 2 }, (__, i) => i + 2)
	),
	ReduceMean: overPositions('globalAvgPool', axesIn),
	ReduceMax: overPositions('globalMaxPool', axesIn),
	Pad(call) {
		const view = call.view(0);
		const asked = sidesOfPad(call);
		if (!view || !asked) return null;
		if (asked.isNone) return [view];
		const out = call.settle(view);
		if (!out || call.text('mode', 'constant') !== 'constant') return null;
		const value = call.number(2, 'value', 0);
		return call.give('nchw', 'pad', [out], { padding: asked.sides, ...(value !== 0 && { value }) });
	},
	Resize: resized,
	Upsample: resized,
	DepthToSpace(call) {
		const image = call.image(0);
		if (!image) return null;
		const options = {
			blockSize: call.int('blocksize', 1),
			...(call.text('mode', 'DCR') === 'CRD' && { blockLast: true })
		};
		return call.give('nchw', 'depthToSpace', [image.out], options);
	},
	SpaceToDepth(call) {
		const image = call.image(0);
		return image && call.give('nchw', 'spaceToDepth', [image.out], { blockSize: call.int('blocksize', 1) });
	}
};
