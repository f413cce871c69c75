import type { Handler } from '../call';
import { numberIn, numbersIn, pairIn, sidesIn } from '../config';

/** Layers that put values elsewhere, or those of several together. */
export const shapes: Readonly<Record<string, Handler>> = {
	ZeroPadding2D(call) {
		const { name, config, x } = call;
		const [[top, bottom], [left, right]] = sidesIn(config['padding']);
		return call.one(call.assembly.add('pad', name, [x], { padding: { top, bottom, left, right } }));
	},
	UpSampling2D(call) {
		const { name, config, x } = call;
		const [rows, columns] = pairIn(config['size'], 2);
		const size = [x.shape[0] * rows, x.shape[1] * columns] as const;
		if (config['interpolation'] === 'bilinear')
			return call.one(call.assembly.add('resizeBilinear', name, [x], { size }));
		if ((config['interpolation'] ?? 'nearest') !== 'nearest') return null;
		return call.one(
			call.assembly.add('resizeNearest', name, [x], { size, coordinates: 'asymmetric', round: 'floor' })
		);
	},
	Resizing(call) {
		const { name, config, x } = call;
		const size = [numberIn(config, 'height', 1), numberIn(config, 'width', 1)] as const;
		if (config['crop_to_aspect_ratio'] === true) return null;
		if ((config['interpolation'] ?? 'bilinear') === 'bilinear')
			return call.one(call.assembly.add('resizeBilinear', name, [x], { size }));
		return config['interpolation'] === 'nearest'
			? call.one(call.assembly.add('resizeNearest', name, [x], { size, round: 'roundUp' }))
			: null;
	},
	Add(call) {
		const { name, type, inputs, value } = call;
		if (inputs.some(({ isFlat }) => isFlat !== value.isFlat)) return null;
		if (inputs.length === 1) return value;
		const outs = inputs.map(({ out }) => out);
		if (type === 'Multiply' && outs.length > 2) return null;
		const made = call.assembly.add(type === 'Multiply' ? 'multiply' : 'add', name, outs, {});
		if (type !== 'Average') return call.one(made);
		return call.one(
			call.assembly.add('rescale', `${name}/average`, [made.outs[0]!], { scale: 1 / outs.length })
		);
	},
	Concatenate(call) {
		const { name, config, inputs, value } = call;
		if (inputs.some(({ isFlat }) => isFlat)) return null;
		const axis = numberIn(config, 'axis', -1);
		const isLast =
			axis === -1 ||
			axis === 3 ||
			(axis === 1 && inputs.every(({ out }) => out.shape[0] * out.shape[1] === 1));
		if (!isLast) return null;
		return inputs.length === 1
			? value
			: call.one(
					call.assembly.add(
						'concat',
						name,
						inputs.map(({ out }) => out),
						{}
					)
				);
	},
	Permute(call) {
		const { config, value } = call;
		const swapsGroups = String(numbersIn(config['dims'])) === '1,2,4,3';
		if (!swapsGroups || !value.parted || value.parted.isTurned) return null;
		return { ...value, parted: { ...value.parted, isTurned: true } };
	},
	// Of axes named as if channels came first, the last one is the channels.
	Cropping2D(call) {
		const { name, config, value, x } = call;
		if (config['data_format'] !== 'channels_first' || value.isFlat) return null;
		const [[left, right], [start, end]] = sidesIn(config['cropping']);
		const kept = x.shape[2] - start - end;
		if (left + right > 0 || start < 0 || end < 0 || !(kept > 0)) return null;
		const sizes = [start, kept, end].filter((size) => size > 0);
		if (sizes.length === 1) return value;
		const parts = call.assembly.add('split', name, [x], { sizes });
		return call.plain(parts.outs[start > 0 ? 1 : 0]!);
	},
	Flatten(call) {
		const { x } = call;
		return call.plain(x, true);
	},
	Reshape(call) {
		const { name, config, x, value } = call;
		const target = numbersIn(config['target_shape']) ?? [];
		if (value.parted) {
			const { groups, isTurned } = value.parted;
			if (String(target) !== String(x.shape)) return null;
			return isTurned
				? call.one(call.assembly.add('channelShuffle', name, [x], { groups }))
				: call.plain(x, false);
		}
		if (String(target) === String(x.shape)) return call.plain(x, false);
		const [height, width, groups, each] = target;
		const isParted =
			target.length === 4 && !value.isFlat && String([height, width, groups! * each!]) === String(x.shape);
		if (isParted) return { out: x, isFlat: false, parted: { groups: groups!, isTurned: false } };
		const isRow = target.filter((n) => n !== 1).length <= 1;
		return isRow ? call.plain(x, x.shape[0] * x.shape[1] > 1) : null;
	}
};
