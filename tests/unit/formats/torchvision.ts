/** A tensor's name and shape. */
type Named = readonly [name: string, ...shape: number[]];

const conv = (name: string, outputs: number, inputs: number, size: number): Named[] => [
	[`${name}.weight`, outputs, inputs, size, size]
];
const norm = (name: string, channels: number): Named[] => [
	...['weight', 'bias', 'running_mean', 'running_var'].map((role): Named => [`${name}.${role}`, channels]),
	[`${name}.num_batches_tracked`]
];
const convNorm = (name: string, i: number, outputs: number, inputs: number, size: number): Named[] => [
	...conv(`${name}.${i}`, outputs, inputs, size),
	...norm(`${name}.${i + 1}`, outputs)
];
const biased = (name: string, ...shape: readonly [number, ...number[]]): Named[] => [
	[`${name}.weight`, ...shape],
	[`${name}.bias`, shape[0]]
];

function resnet(blocks: readonly number[], isDeep: boolean): Named[] {
	let inputs = 64;
	const numbered = (at: string, i: number, outputs: number, from: number, size: number) => [
		...conv(`${at}conv${i}`, outputs, from, size),
		...norm(`${at}bn${i}`, outputs)
	];
	const layers = blocks.flatMap((count, stage) =>
		Array.from({ length: count }, (_, i) => {
			const at = `layer${stage + 1}.${i}.`;
			const width = 64 << stage;
			const outputs = isDeep ? 4 * width : width;
			const from = inputs;
			inputs = outputs;
			return [
				...numbered(at, 1, width, from, isDeep ? 1 : 3),
				...numbered(at, 2, width, width, 3),
				...(isDeep ? numbered(at, 3, outputs, width, 1) : []),
				...(from === outputs ? [] : convNorm(`${at}downsample`, 0, outputs, from, 1))
			];
		}).flat()
	);
	return [...numbered('', 1, 64, 3, 7), ...layers, ...biased('fc', 1000, inputs)];
}

function mobilenetV2(): Named[] {
	let [inputs, n] = [32, 1];
	const stages = [
		...[[1, 16, 1] as const, [6, 24, 2] as const, [6, 32, 3] as const, [6, 64, 4] as const],
		...[[6, 96, 3] as const, [6, 160, 3] as const, [6, 320, 1] as const]
	];
	const blocks = stages.flatMap(([expansion, outputs, count]) =>
		Array.from({ length: count }, () => {
			const at = `features.${n++}.conv`;
			const hidden = inputs * expansion;
			const first = expansion === 1 ? 0 : 1;
			const block = [
				...(first ? convNorm(`${at}.0`, 0, hidden, inputs, 1) : []),
				...convNorm(`${at}.${first}`, 0, hidden, 1, 3),
				...convNorm(at, first + 1, outputs, hidden, 1)
			];
			inputs = outputs;
			return block;
		}).flat()
	);
	return [
		...convNorm('features.0', 0, 32, 3, 3),
		...blocks,
		...convNorm('features.18', 0, 1280, 320, 1),
		...biased('classifier.1', 1000, 1280)
	];
}

function shufflenetV2(): Named[] {
	let inputs = 24;
	const stages = [[116, 4] as const, [232, 8] as const, [464, 4] as const];
	const units = stages.flatMap(([outputs, count], stage) =>
		Array.from({ length: count }, (_, i) => {
			const at = `stage${stage + 2}.${i}.branch`;
			const half = outputs / 2;
			const first = [...convNorm(`${at}1`, 0, inputs, 1, 3), ...convNorm(`${at}1`, 2, half, inputs, 1)];
			const unit = [
				...(i === 0 ? first : []),
				...convNorm(`${at}2`, 0, half, i === 0 ? inputs : half, 1),
				...convNorm(`${at}2`, 3, half, 1, 3),
				...convNorm(`${at}2`, 5, half, half, 1)
			];
			inputs = outputs;
			return unit;
		}).flat()
	);
	return [
		...convNorm('conv1', 0, 24, 3, 3),
		...units,
		...convNorm('conv5', 0, 1024, inputs, 1),
		...biased('fc', 1000, 1024)
	];
}

function squeezenet(): Named[] {
	let inputs = 64;
	const fires = [
		[3, 16],
		[4, 16],
		[6, 32],
		[7, 32],
		[9, 48],
		[10, 48],
		[11, 64],
		[12, 64]
	] as const;
	const modules = fires.flatMap(([n, squeeze]) => {
		const at = `features.${n}.`;
		const fire = [
			...biased(`${at}squeeze`, squeeze, inputs, 1, 1),
			...biased(`${at}expand1x1`, 4 * squeeze, squeeze, 1, 1),
			...biased(`${at}expand3x3`, 4 * squeeze, squeeze, 3, 3)
		];
		inputs = 8 * squeeze;
		return fire;
	});
	return [...biased('features.0', 64, 3, 3, 3), ...modules, ...biased('classifier.1', 1000, 512, 1, 1)];
}

/** What torchvision's networks call their weights, in the order of `state_dict`. */
export const torchvision = {
	resnet18: () => resnet([2, 2, 2, 2], false),
	resnet50: () => resnet([3, 4, 6, 3], true),
	'mobilenet-v2': mobilenetV2,
	'shufflenet-v2': shufflenetV2,
	squeezenet
} as const;
