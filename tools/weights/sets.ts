import { preprocessings } from '../../src/lib/engine/picture';
import type { WeightSet } from '../../src/lib/engine/sets';

/** What is known of published weights before they are read. */
export type SetInfo = Omit<WeightSet, 'bytes' | 'hash' | 'files' | 'storage'>;

/** MobileNet v1 as TensorFlow.js publishes it. */
export function mobilenetSet(alpha: number, size: number): SetInfo {
	return {
		id: `mobilenet_v1_${alpha.toFixed(2)}_${size}`.replace('_1.00_', '_1.0_'),
		title: `MobileNet v1, α ${alpha}, ${size} px`,
		network: 'mobilenet',
		knobs: { alpha, resolution: size },
		classes: 'imagenet',
		preprocessing: preprocessings.symmetric,
		source: 'Google, TensorFlow.js models',
		licence: 'Apache-2.0'
	};
}

export function squeezenetSet(version: '1.0' | '1.1'): SetInfo {
	return {
		id: `squeezenet_v${version}`,
		title: `SqueezeNet v${version}`,
		network: 'squeezenet',
		// The published prototxt of 1.0 pads conv10, which the paper's table does not.
		knobs: { version, conv10Padding: version === '1.0' ? 1 : 0 },
		classes: 'imagenet',
		preprocessing: preprocessings.caffe,
		source:
			version === '1.0' ? 'S. Han et al., SqueezeNet-Deep-Compression' : 'F. Iandola et al., SqueezeNet',
		licence: 'BSD-2-Clause'
	};
}

export const xceptionSet: SetInfo = {
	id: 'xception',
	title: 'Xception',
	network: 'xception',
	knobs: {},
	classes: 'imagenet',
	preprocessing: preprocessings.symmetric,
	source: 'F. Chollet, Keras Applications',
	licence: 'MIT'
};

export function shufflenetSet(groups: number, scale: number): SetInfo {
	return {
		id: `shufflenet_g${groups}_${scale}x`,
		title: `ShuffleNet v1, g = ${groups}, ${scale}×`,
		network: 'shufflenet',
		knobs: { groups, scale },
		classes: 'imagenet',
		preprocessing: preprocessings.imagenet,
		source: 'O. Sémery, imgclsmob',
		licence: 'MIT'
	};
}

/** The set that a folder's name stands for, as in TensorFlow.js's addresses; `null` for any other. */
export function setOfFolder(folder: string): SetInfo | null {
	const mobilenet = /^mobilenet_v1_(\d\.\d+)_(\d+)$/.exec(folder);
	if (mobilenet) return { ...mobilenetSet(Number(mobilenet[1]), Number(mobilenet[2])), id: folder };
	const squeezenet = /^squeezenet_v(1\.[01])$/.exec(folder);
	return squeezenet ? squeezenetSet(squeezenet[1] as '1.0' | '1.1') : null;
}
