/** Layers of the four networks at full size; `count`: how many like it the network has. */
export interface Layer {
	readonly network: string;
	readonly count: number;
	readonly size: number;
	readonly inChannels: number;
	readonly outChannels: number;
	readonly kernelSize: number;
	readonly stride: number;
	readonly padding: 'same' | 'valid';
	/** Equal to inChannels: depthwise. */
	readonly groups: number;
}

const convolution =
	(network: string) =>
	(
		size: number,
		[inChannels, outChannels]: [number, number],
		{ count = 1, kernelSize = 1, stride = 1, padding = 'same' as 'same' | 'valid', groups = 1 } = {}
	): Layer => ({ network, count, size, inChannels, outChannels, kernelSize, stride, padding, groups });

const depthwise = (network: string) => {
	const of = convolution(network);
	return (size: number, channels: number, count = 1, stride = 1) =>
		of(size, [channels, channels], { count, kernelSize: 3, stride, groups: channels });
};

function mobileNet(): Layer[] {
	const c = convolution('mobilenet');
	const d = depthwise('mobilenet');
	return [
		c(224, [3, 32], { kernelSize: 3, stride: 2 }),
		d(112, 32),
		c(112, [32, 64]),
		d(112, 64, 1, 2),
		c(56, [64, 128]),
		d(56, 128),
		c(56, [128, 128]),
		d(56, 128, 1, 2),
		c(28, [128, 256]),
		d(28, 256),
		c(28, [256, 256]),
		d(28, 256, 1, 2),
		c(14, [256, 512]),
		d(14, 512, 5),
		c(14, [512, 512], { count: 5 }),
		d(14, 512, 1, 2),
		c(7, [512, 1024]),
		d(7, 1024),
		c(7, [1024, 1024]),
		c(1, [1024, 1000])
	];
}

function squeezeNet(): Layer[] {
	const c = convolution('squeezenet');
	const fire = (size: number, inChannels: number, squeeze: number, expand: number) => [
		c(size, [inChannels, squeeze]),
		c(size, [squeeze, expand]),
		c(size, [squeeze, expand], { kernelSize: 3 })
	];
	return [
		c(227, [3, 96], { kernelSize: 7, stride: 2, padding: 'valid' }),
		...fire(55, 96, 16, 64),
		...fire(55, 128, 16, 64),
		...fire(55, 128, 32, 128),
		...fire(27, 256, 32, 128),
		...fire(27, 256, 48, 192),
		...fire(27, 384, 48, 192),
		...fire(27, 384, 64, 256),
		...fire(13, 512, 64, 256),
		c(13, [512, 1000])
	];
}

function shuffleNet(): Layer[] {
	const c = convolution('shufflenet');
	const d = depthwise('shufflenet');
	const stage = (size: number, width: number, units: number) => [
		d(size, width / 4, units),
		c(size, [width, width / 4], { count: units, groups: 3 }),
		c(size, [width / 4, width], { count: units, groups: 3 })
	];
	return [
		c(224, [3, 24], { kernelSize: 3, stride: 2 }),
		c(56, [24, 60]),
		d(56, 60, 1, 2),
		c(28, [60, 216], { groups: 3 }),
		...stage(28, 240, 3),
		c(28, [240, 120], { groups: 3 }),
		d(28, 120, 1, 2),
		c(14, [120, 240], { groups: 3 }),
		...stage(14, 480, 7),
		c(14, [480, 240], { groups: 3 }),
		d(14, 240, 1, 2),
		c(7, [240, 480], { groups: 3 }),
		...stage(7, 960, 3),
		c(1, [960, 1000])
	];
}

function xception(): Layer[] {
	const c = convolution('xception');
	const d = depthwise('xception');
	return [
		c(299, [3, 32], { kernelSize: 3, stride: 2, padding: 'valid' }),
		c(149, [32, 64], { kernelSize: 3, padding: 'valid' }),
		d(147, 64),
		c(147, [64, 128]),
		d(147, 128),
		c(147, [128, 128]),
		c(147, [64, 128], { stride: 2 }),
		d(74, 128),
		c(74, [128, 256]),
		d(74, 256),
		c(74, [256, 256]),
		c(74, [128, 256], { stride: 2 }),
		d(37, 256),
		c(37, [256, 728]),
		d(37, 728),
		c(37, [728, 728]),
		c(37, [256, 728], { stride: 2 }),
		d(19, 728, 25),
		c(19, [728, 728], { count: 25 }),
		c(19, [728, 1024]),
		c(19, [728, 1024], { stride: 2 }),
		d(10, 1024),
		c(10, [1024, 1536]),
		d(10, 1536),
		c(10, [1536, 2048]),
		c(1, [2048, 1000])
	];
}

export const layers: readonly Layer[] = [...mobileNet(), ...squeezeNet(), ...shuffleNet(), ...xception()];
