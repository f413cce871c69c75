/** Of a batch: its mean loss, the share that is right, whether all answers are one, and the gradient of the mean by each logit. */
export interface Judged {
	readonly loss: number;
	readonly accuracy: number;
	readonly isSame: boolean;
	readonly gradient: Float64Array;
}

/**
 * Binary cross-entropy of logits, `log(1 + exp(-s z))` with s = ±1 for the label: log 2 for a coin. Written so that no exponential
 * overflows.
 * @param labels 1 or 0
 */
export function judge(logits: Float64Array, labels: Uint8Array): Judged {
	const gradient = new Float64Array(logits.length);
	let loss = 0;
	let right = 0;
	let yes = 0;
	for (let i = 0; i < labels.length; i++) {
		const [z, label] = [logits[i]!, labels[i]!];
		loss += Math.max(z, 0) - z * label + Math.log1p(Math.exp(-Math.abs(z)));
		right += Number(z > 0 === (label === 1));
		yes += Number(z > 0);
		gradient[i] = (1 / (1 + Math.exp(-z)) - label) / labels.length;
	}
	const isSame = yes === 0 || yes === labels.length;
	return { loss: loss / labels.length, accuracy: right / labels.length, isSame, gradient };
}
