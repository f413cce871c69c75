import { onto, sizeOfDim } from '../../view';
import { plain } from '../constant';
import { alongChannels, each, first, type Handler, isNear } from './shared';

/** Functions of one value, and Softmax. */
export const activations: Readonly<Record<string, Handler>> = {
	Relu: each('relu', () => ({})),
	Sigmoid: each('sigmoid', () => ({})),
	Tanh: each('tanh', () => ({})),
	HardSwish: each('hardSwish', () => ({})),
	Selu: each('selu', (call) => {
		const [alpha, gamma] = [call.float('alpha', 1.67326), call.float('gamma', 1.0507)];
		return isNear(alpha, 1.67326) && isNear(gamma, 1.0507) ? {} : { alpha, gamma };
	}),
	Gelu: each('gelu', (call) => (call.text('approximate', 'none') === 'none' ? {} : null)),
	LeakyRelu: each('leakyRelu', (call) => ({ alpha: call.float('alpha', 0.01) })),
	Elu: each('elu', (call) => ({ alpha: call.float('alpha', 1) })),
	HardSigmoid: each('hardSigmoid', (call) => ({
		alpha: call.float('alpha', 0.2),
		beta: call.float('beta', 0.5)
	})),
	Clip(call) {
		const view = call.view(0);
		if (!view) return null;
		const bound = (i: number, name: string, none: number) =>
			call.about.opset < 11 ? call.float(name, none) : (call.constant(i)?.numbers()[0] ?? none);
		if ([1, 2].some((i) => call.view(i))) return null;
		const [min, max] = [bound(1, 'min', -Infinity), bound(2, 'max', Infinity)];
		// Limits of float32 are no limits.
		const [isBelow, isAbove] = [min > -3.4e38, max < 3.4e38];
		const made =
			min === 0 && max === 6
				? call.add('relu6', [view.out], {})
				: min === 0 && !isAbove
					? call.add('relu', [view.out], {})
					: call.add('clip', [view.out], { ...(isBelow && { min }), ...(isAbove && { max }) });
		return [onto(view, first(made))];
	},
	PRelu(call) {
		const [view, slope] = [call.view(0), call.constant(1)];
		if (!view || !slope) return null;
		const along = alongChannels(view, slope);
		if (!along) return null;
		if ('scalar' in along)
			return [onto(view, first(call.add('prelu', [view.out], { shared: true }, { alpha: plain(slope) })))];
		return [onto(view, first(call.add('prelu', [view.out], {}, { alpha: along.values })))];
	},
	Softmax(call) {
		const view = call.view(0);
		if (!view) return null;
		const rank = view.dims.length;
		const axis = call.int('axis', call.about.opset < 13 ? 1 : -1);
		const at = axis < 0 ? axis + rank : axis;
		// Before version 13 everything from the axis on is one.
		const over = call.about.opset < 13 ? view.dims.slice(at).flat() : (view.dims[at] ?? []);
		const { out } = view;
		// In whatever order the channels stand: it is of all of them.
		const isOfChannels =
			over.every(({ axis, stride }) => axis === 2 && stride > 0) && sizeOfDim(over) === out.shape[2];
		if (over.length > 0 && isOfChannels && view.start === undefined)
			return [onto(view, first(call.add('softmax', [out], {})))];
		return null;
	},
	Dropout(call) {
		const view = call.view(0);
		if (!view || (call.node.outputs[1] && call.about.isOnlyUse(call.node.outputs[1]))) return null;
		const rate = call.number(1, 'ratio', 0.5);
		return [onto(view, first(call.add('dropout', [view.out], { rate: rate >= 0 && rate < 1 ? rate : 0.5 })))];
	}
};
