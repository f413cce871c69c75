import { randomNumbers, resolveGraph, type Graph } from '../nets';
import { sizeOf } from '../ops';
import { judge, type Judged } from './loss';
import { Program, type Parameter } from './program';
import { drawPictures, type Pictures, type Task } from './task';
import { normal } from './normal';

/** How weights are at first. */
export const inits = ['he', 'glorot', 'small', 'zero'] as const;
export type Init = (typeof inits)[number];

/** How a network is trained. */
export interface Recipe {
	readonly rate: number;
	readonly momentum: number;
	/** Pictures a step. */
	readonly batch: number;
	readonly init: Init;
	/** Of weights and pictures; the same gives the same curves. */
	readonly seed: number;
}

/** A network that learns: stochastic gradient descent with momentum, on pictures that are drawn anew for each step. */
export class Trainer {
	readonly program: Program;
	#step = 0;

	/** @throws {UntrainableError} */
	constructor(
		graph: Graph,
		readonly task: Task,
		readonly recipe: Recipe
	) {
		this.program = new Program(resolveGraph(graph), recipe.batch);
		for (const parameter of this.program.parameters) initialize(parameter, recipe);
	}

	/** Steps that were taken. */
	get step(): number {
		return this.#step;
	}

	/**
	 * Takes a step.
	 * @param pictures those of {@link picturesOf} for it, where several networks share them
	 * @returns loss and accuracy on its pictures before it, which no step has seen
	 */
	train(pictures: Pictures = picturesOf(this.task, this.recipe, this.#step)): Judged {
		const { program, recipe } = this;
		const judged = judge(program.forward(pictures.values, { isTraining: true }), pictures.labels);
		program.backward(judged.gradient);
		for (const { isLearned, values, gradient, velocity } of program.parameters) {
			if (!isLearned) continue;
			for (let i = 0; i < values.length; i++) {
				velocity[i] = recipe.momentum * velocity[i]! + gradient[i]!;
				values[i]! -= recipe.rate * velocity[i]!;
			}
		}
		this.#step++;
		return judged;
	}
}

/** The pictures of a step. */
export function picturesOf(task: Task, { seed, batch }: Recipe, step: number): Pictures {
	return drawPictures(task, `${seed} pictures ${step}`, batch);
}

/**
 * Kernels are normal: He's variance is 2 / inputs (He et al. 2015), Glorot's 2 / (inputs + outputs) of a filter (Glorot and Bengio
 * 2010), the small ones a hundredth of He's. All else is as it does nothing: scales 1, shifts, biases and means 0.
 */
function initialize({ node, spec, values }: Parameter, { init, seed }: Recipe): void {
	if (spec.name === 'gamma' || spec.name === 'variance') values.fill(1);
	if (spec.role !== 'weight' || init === 'zero') return;
	const inputs = sizeOf(spec.shape.slice(0, -1));
	// Of a filter that moves, each input value meets as many of its weights as an output value does, a filter at a time.
	const outputs = sizeOf(spec.shape.slice(0, -2)) * spec.shape.at(-1)!;
	const variance = init === 'glorot' ? 2 / (inputs + outputs) : (init === 'small' ? 0.02 : 2) / inputs;
	const random = randomNumbers(`${seed} ${node} ${spec.name}`);
	for (let i = 0; i < values.length; i++) values[i] = normal(random, Math.sqrt(variance));
}
