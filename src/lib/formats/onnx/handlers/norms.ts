import { isWhole, onto, viewOf } from '../../view';
import type { Call } from '../call';
import { countOf, plain } from '../constant';
import { fixedEnding } from '../metadata';
import { first, type Handler } from './shared';

/** Whether what stands for a weight is none of the layer: this site's files say so. */
const isFixed = (call: Call, i: number): boolean =>
	call.about.isOwn && (call.node.inputs[i] ?? '').endsWith(fixedEnding);

/** Norms that are operators of their own. */
export const norms: Readonly<Record<string, Handler>> = {
	BatchNormalization(call) {
		const view = call.view(0);
		const channels = view?.out.shape[2];
		const isOver =
			view && (isWhole(view.dims[1] ?? [], view.out, 2) || (view.dims.length === 4 && call.settle(view)));
		const constants = [1, 2, 3, 4].map((i) => call.constant(i));
		if (!view || !isOver || constants.some((constant) => countOf(constant?.dims ?? []) !== channels))
			return null;
		const out = isWhole(view.dims[1] ?? [], view.out, 2) ? view.out : call.settle(view)!;
		const [gamma, beta, mean, variance] = constants.map((constant, i) =>
			isFixed(call, i + 1) ? undefined : plain(constant!)
		);
		const options = {
			epsilon: call.float('epsilon', 1e-5),
			...(isFixed(call, 1) && { scale: false }),
			...(isFixed(call, 2) && { center: false })
		};
		const made = call.add('batchNorm', [out], options, { gamma, beta, mean, variance });
		return [out === view.out ? onto(view, first(made)) : viewOf(first(made))];
	},
	LayerNormalization(call) {
		const view = call.view(0);
		const rank = view?.dims.length ?? 0;
		const axis = call.int('axis', -1);
		const isLast = axis === -1 || axis === rank - 1;
		if (!view || !isLast || !isWhole(view.dims.at(-1) ?? [], view.out, 2)) return null;
		const [gamma, beta] = [isFixed(call, 1) ? null : call.constant(1), call.constant(2)];
		const options = { epsilon: call.float('epsilon', 1e-5), scale: gamma !== null, center: beta !== null };
		const values = { ...(gamma && { gamma: plain(gamma) }), ...(beta && { beta: plain(beta) }) };
		return [onto(view, first(call.add('layerNorm', [view.out], options, values)))];
	},
	LRN(call) {
		const image = call.image(0);
		const size = call.int('size', 1);
		if (!image || size % 2 === 0) return null;
		const options = {
			...{
				depthRadius: (size - 1) / 2,
				bias: call.float('bias', 1),
				alpha: call.float('alpha', 1e-4) / size
			},
			beta: call.float('beta', 0.75)
		};
		return call.give(image.order, 'localResponseNorm', [image.out], options);
	}
};
