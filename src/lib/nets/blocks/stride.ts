import { walkSteps, type BlockSpec, type Step } from './spec';

/** Whether a block halves the size somewhere. */
export function hasStride(spec: BlockSpec): boolean {
	let found = false;
	walkSteps(spec, (step) => (found ||= 'stride' in step && step.stride > 1));
	return found;
}

/** The block without its strides, as the later ones of a stage have it. */
export function withoutStride(spec: BlockSpec): BlockSpec {
	return spec.map((step): Step => {
		if (step.op === 'branches') return { ...step, lanes: step.lanes.map(withoutStride) };
		return 'stride' in step ? { ...step, stride: 1 } : step;
	});
}

/**
 * The block with a stride of 2, as the first of a stage has it: in its first window, or, where it has none, in its first
 * convolution. In branches every lane gets one; an empty lane is left to the shortcut's own convolution where lanes are added,
 * and gets ShuffleNet's average pool where they are put together.
 */
export function withStride(spec: BlockSpec): BlockSpec {
	const at = [isWindow, isStrided]
		.map((has) => spec.findIndex((step) => holds(step, has)))
		.find((i) => i >= 0);
	const step = spec[at ?? -1];
	if (at === undefined || !step) return [{ op: 'pool', pool: 'avg', kernel: 3, stride: 2 }, ...spec];
	return spec.with(
		at,
		step.op === 'branches'
			? {
					...step,
					lanes: step.lanes.map((lane) =>
						lane.length === 0 && step.join === 'add' ? lane : withStride(lane)
					)
				}
			: ({ ...step, stride: 2 } as Step)
	);
}

const isStrided = (step: Step) => 'stride' in step;
const isWindow = (step: Step) => 'kernel' in step && step.kernel > 1;

function holds(step: Step, has: (step: Step) => boolean): boolean {
	return step.op === 'branches'
		? step.lanes.some((lane) => lane.some((inner) => holds(inner, has)))
		: has(step);
}
