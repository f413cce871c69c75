import { existsSync } from 'node:fs';

/** Data that a clone does not have: a test that reads it is left out where it is absent, and named at the end of `npm test`. */
export interface Data {
	readonly path: string;
	/** To be left out. Never where `REQUIRE_DATA=1` is set: the test then runs, and fails. */
	readonly isAbsent: boolean;
	/** A test's title that says what it needs, by which `tools/test.ts` knows why it was left out. */
	readonly needed: (title: string) => string;
}

const dataAt = (path: string): Data => ({
	path,
	isAbsent: !existsSync(path) && process.env['REQUIRE_DATA'] !== '1',
	needed: (title) => `${title} (needs ${path})`
});

/** Published ImageNet weights, pictures, and the logits that PyTorch gives for them. */
export const publishedWeights = dataAt('../shared/weights');
/** Model files of all formats, with what they come to. */
export const models = dataAt('../shared/models');
/** ONNX's own tests of operators. */
export const onnxNode = dataAt('../shared/onnx-node');
/** Figures as they were read in the papers. */
export const publishedFacts = dataAt('../shared/facts/published.json');
/** CIFAR-10 as JPEG files, packed. */
export const cifar10 = dataAt('../shared/cifar10/cifar10-jpeg.tar.xz');
