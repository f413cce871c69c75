import { broken } from '../../format';
import { reshape, shapeOfView, tiled, transpose, type View } from '../../view';
import { axesIn, type Call, type Value } from '../call';
import { constantOf, countOf } from '../constant';
import { type Handler } from './shared';

const reshapeTo = (call: Call, view: View, sizes: readonly number[]): Value[] | null => {
	call.wanted = sizes;
	const made = reshape(view, sizes);
	return made && [made];
};

/** What stands once is repeated, as rows and columns are between two changes of shape; anything else is not computed. */
const repeat = (call: Call, view: View, times: readonly number[]): Value[] | null => {
	call.wanted = shapeOfView(view).map((n, i) => n * (times[i] ?? 1));
	const made = times.every(Number.isInteger) ? tiled(view, times) : null;
	return made && [made];
};

/** Operators that move no value, and picking, which is not computed. */
export const shapes: Readonly<Record<string, Handler>> = {
	// What is picked is not computed here; its shape is known. All of an axis in its order is a shape alone: PyTorch writes what
	// it has as a view of memory so.
	Gather(call) {
		const [view, at] = [call.view(0), call.constant(1)];
		if (!view || !at) return null;
		const shape = shapeOfView(view);
		const given = call.int('axis', 0);
		const axis = given < 0 ? given + shape.length : given;
		const sizes = shape.toSpliced(axis, 1, ...at.dims);
		if (countOf(at.dims) === shape[axis] && at.numbers().every((n, i) => n === i))
			return reshapeTo(call, view, sizes);
		call.wanted = sizes;
		return null;
	},
	Tile(call) {
		const [view, times] = [call.view(0), call.constant(1)?.numbers()];
		return view && times ? repeat(call, view, times) : null;
	},
	Expand(call) {
		const [view, wanted] = [call.view(0), call.constant(1)?.numbers()];
		if (!view || wanted?.length !== view.dims.length) return null;
		const now = shapeOfView(view);
		// What is 1 in the shape that is wanted stays.
		const times = wanted.map((n, i) => (n === 1 ? 1 : n / now[i]!));
		return repeat(call, view, times);
	},
	// Integers by a scale that is known when it runs: here what they are of goes on as it is, with a scale of 1.
	DynamicQuantizeLinear(call) {
		const [, scale = '', zeroPoint = ''] = call.node.outputs;
		const view = call.view(0);
		return view && [view, constantOf(scale, [], [1]), constantOf(zeroPoint, [], [0])];
	},
	Identity: (call) => [call.view(0)],
	Cast: (call) => [call.view(0)],
	CastLike: (call) => [call.view(0)],
	StopGradient: (call) => [call.view(0)],
	Reshape(call) {
		const view = call.view(0);
		const wanted = call.list('shape') ?? call.constant(1)?.numbers();
		if (!view || !wanted) return null;
		const now = shapeOfView(view);
		const known = wanted.map((n, i) => (n === 0 && call.int('allowzero', 0) === 0 ? (now[i] ?? 1) : n));
		const product = known.reduce((so, n) => so * (n === -1 ? 1 : n), 1);
		const sizes = known.map((n) => (n === -1 ? countOf(now) / product : n));
		const isWrong = countOf(sizes) !== countOf(now) || sizes.some((n) => !Number.isInteger(n) || n < 1);
		// Behind what is not computed here, shapes are guesses: what the file says goes.
		if (isWrong && call.assembly.hasOpaque) {
			if (wanted.every((n) => n >= 1)) call.wanted = wanted;
			return null;
		}
		if (isWrong)
			throw broken(call.about.file, 'reshapes', {
				name: call.name,
				from: now.join('×'),
				to: sizes.join('×')
			});
		return reshapeTo(call, view, sizes);
	},
	Flatten(call) {
		const view = call.view(0);
		if (!view) return null;
		const now = shapeOfView(view);
		const given = call.int('axis', 1);
		const at = given < 0 ? given + now.length : given;
		return reshapeTo(call, view, [countOf(now.slice(0, at)), countOf(now.slice(at))]);
	},
	Squeeze(call) {
		const view = call.view(0);
		if (!view) return null;
		const axes = axesIn(call)?.map((axis) => (axis < 0 ? axis + view.dims.length : axis)) ?? null;
		const dims = view.dims.filter((dim, i) => (axes ? !axes.includes(i) : dim.length > 0));
		return [{ ...view, dims }];
	},
	Unsqueeze(call) {
		const view = call.view(0);
		const axes = axesIn(call);
		if (!view || !axes) return null;
		const rank = view.dims.length + axes.length;
		const places = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
		const rest = [...view.dims];
		return [
			{ ...view, dims: Array.from({ length: rank }, (_, i) => (places.has(i) ? [] : (rest.shift() ?? []))) }
		];
	},
	Transpose(call) {
		const view = call.view(0);
		if (!view) return null;
		return [transpose(view, call.list('perm') ?? view.dims.map((_, i) => view.dims.length - 1 - i))];
	}
};
