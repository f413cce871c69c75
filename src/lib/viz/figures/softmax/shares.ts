import { tensor } from '$lib/ops';
import { softmax } from '$lib/ops/softmax';

/** Softmax of any numbers, by the softmax. */
export function sharesOf(logits: readonly number[]): readonly number[] {
	const input = tensor([1, 1, logits.length] as const, logits);
	const geometry = softmax.geometry([input.shape], {});
	return [...softmax.run([input], {}, geometry)[0]!.data];
}
