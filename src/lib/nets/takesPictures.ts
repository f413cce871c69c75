import type { Graph } from './types';

/** Whether a network takes one picture: three channels of it, or a grey one. */
export function takesPictures({ inputs: [input, ...others] }: Pick<Graph, 'inputs'>): boolean {
	if (!input || others.length > 0) return false;
	const [height, width, channels] = input.shape;
	return [1, 3].includes(channels) && height > 1 && width > 1;
}
