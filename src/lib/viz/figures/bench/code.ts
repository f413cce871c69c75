import type { Chain } from './code/chain';
import { writeKeras, writePytorch } from './code/script';
import { writeTfjs } from './code/tfjs';

/** The frameworks that a layer is written in. */
export const frameworks = ['pytorch', 'keras', 'tfjs'] as const;
export type Framework = (typeof frameworks)[number];

/** A program that runs as it is. */
export interface Program {
	readonly text: string;
	/** Whether it has the bench's own values. With more than {@link maxValues}, it has the layers only. */
	readonly withValues: boolean;
	/** How many numbers the input and the weights have together. */
	readonly values: number;
}

/** With more numbers than this a program is read for its layers, and a list of numbers would hide them. */
export const maxValues = 400;

const writers = { pytorch: writePytorch, keras: writeKeras, tfjs: writeTfjs };

/** The bench's layers as a program in a framework, which computes the same numbers (batch 1, NHWC or the framework's order). */
export function writeProgram(
	framework: Framework,
	{ input, stages }: { input: Chain['input']; stages: Chain['stages'] }
): Program {
	const weights = stages.flatMap((stage) => Object.values(stage.weights));
	const values = [input, ...weights].reduce((sum, { data }) => sum + data.length, 0);
	const withValues = values <= maxValues;
	return { text: writers[framework]({ input, stages, withValues }), withValues, values };
}
