import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	moveStep,
	moveTarget,
	presets,
	readBlock,
	stepAt,
	walkSteps,
	writeBlock,
	type BlockSpec,
	type Direction,
	type StepPath
} from '$lib/nets/blocks';
import { blocks } from './arbitrary';

const pathsOf = (spec: BlockSpec) => {
	const paths: StepPath[] = [];
	walkSteps(spec, (_, path) => paths.push(path));
	return paths;
};
const layersOf = (spec: BlockSpec) => {
	const layers: string[] = [];
	walkSteps(spec, (step) => layers.push(step.op === 'branches' ? step.op : JSON.stringify(step)));
	return layers.sort();
};

describe('moveStep(spec, from, to)', () => {
	it('keeps every step, and says where the moved one is', () => {
		fc.assert(
			fc.property(blocks, fc.nat(), fc.nat(), (spec, i, k) => {
				const paths = pathsOf(spec);
				const from = paths[i % paths.length]!;
				const moved = moveStep(spec, from, paths[k % paths.length]!);
				if (!moved) return;
				expect(layersOf(moved.spec)).toEqual(layersOf(spec));
				expect(stepAt(moved.spec, moved.path)).toEqual(stepAt(spec, from));
			})
		);
	});

	it('does not put branches into themselves', () => {
		expect(moveStep(presets.fire.spec, [2], [2, 0, 1])).toBeNull();
	});

	it('does not move a step to before itself or after itself', () => {
		expect(moveStep(presets.fire.spec, [1], [1])).toBeNull();
		expect(moveStep(presets.fire.spec, [1], [2])).toBeNull();
	});
});

describe('moveTarget(spec, path, direction)', () => {
	const moved = (text: string, path: StepPath, direction: Direction) => {
		const spec = readBlock(text);
		const to = moveTarget(spec, path, direction);
		const result = to && moveStep(spec, path, to);
		return result && writeBlock(result.spec).slice(2);
	};

	it.each([
		['1.pw.dw3.relu', [0], 'down', 'dw3.pw.relu'],
		['1.pw.dw3.relu', [1], 'down', 'pw.relu.dw3'],
		['1.pw.dw3.relu', [2], 'up', 'pw.relu.dw3'],
		['1.pw.dw3.relu', [0], 'up', null],
		['1.pw.dw3.relu', [2], 'down', null],
		['1.pw.dw3.relu', [1], 'left', null],
		['1.pw.add(dw3_).relu', [0], 'right', 'add(pw.dw3_).relu'],
		['1.pw.add(dw3_).relu', [2], 'left', 'pw.add(dw3_relu)'],
		['1.add(pw.dw3_relu)', [0, 0, 1], 'right', 'add(pw_relu.dw3)'],
		['1.add(pw.dw3_relu)', [0, 1, 0], 'left', 'add(relu.pw.dw3_)'],
		['1.add(pw.dw3_relu)', [0, 0, 0], 'up', 'pw.add(dw3_relu)'],
		['1.add(pw.dw3_relu)', [0, 0, 1], 'down', 'add(pw_relu).dw3']
	] as const)('%s at %o, %s: %s', (text, path, direction, result) => {
		expect(moved(text, path, direction)).toBe(result);
	});
});
