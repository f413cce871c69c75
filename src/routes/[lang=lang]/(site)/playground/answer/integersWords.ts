import { m } from '$lib/i18n';
import { graphMemory } from '$lib/nets';
import { formatBytes, formatFactor, formatMilliseconds, formatShare } from '$lib/viz/words/format';
import { cut } from '$lib/viz/words/cut';
import { opName } from '$lib/viz/words/layers';
import type { Spread } from '$lib/nets/times/spread';
import { answerChange, type Lane } from '../lane.svelte';

const changed = {
	same: m.playground_integers_same,
	other: m.playground_integers_other,
	unanswered: m.playground_integers_differ
};

const paces = { faster: m.playground_integers_faster_there, slower: m.playground_integers_slower_there };

const hindrances = {
	operator: m.playground_integers_not,
	tensor: m.playground_integers_no_scale,
	weights: m.playground_integers_no_weights,
	sums: m.playground_integers_large_sums
};

/** Between which times the middle half of the runs lies. */
const half = ({ low, high }: Spread) =>
	m.playground_integers_half({ low: formatMilliseconds(low), high: formatMilliseconds(high) });

/** What integers make of a network: size, time, and what they change of the answer; or why it stays on 32-bit numbers. */
export function integersWords(lane: Lane): readonly string[] {
	const integers = lane.result?.integers ?? null;
	if (!integers) return [];
	if (!integers.isComputed)
		return [hindrances[integers.hindrance]({ node: cut(integers.node), op: opName(integers.op) })];
	const { pace, times, change, isOfFile, isTaken, isByPicture, hasSoftmax, float32On } = integers;
	const isAlike = float32On === 'wasm';
	const text = {
		size: formatBytes(integers.bytes),
		full: formatBytes(graphMemory(lane.parts.graph).weightBytes),
		backend: m.backends_name({ backend: float32On }),
		runs: times.integers.count,
		// As a share: how long a run takes, this card says of the runs on the picture that is there.
		share: formatShare(times.integers.median / times.float32.median, 0)
	};
	const size = pace === 'slower' ? m.playground_integers_size_would : m.playground_integers_size;
	// A share is of medians, and says nothing where the runs of both overlap.
	const onSame =
		pace === 'same'
			? m.playground_integers_share_same({
					...{ runs: text.runs, integers: half(times.integers), float32: half(times.float32) }
				})
			: m.playground_integers_share(text);
	// A share of a time on another backend would be one of two things at once.
	const onOther = [m.playground_integers_backends(text), pace === 'same' ? '' : paces[pace](text)];
	const alike = isAlike ? m.playground_integers_alike_taken() : m.playground_integers_alike();
	const conclusion = { faster: '', slower: m.playground_integers_slower(), same: alike }[pace];
	const ofFile = [
		pace === 'slower' ? m.playground_integers_of_file_slower() : '',
		hasSoftmax ? m.playground_integers_softmax() : ''
	];
	return [
		isOfFile ? m.playground_integers_of_file(text) : size(text),
		...(isAlike ? [onSame] : onOther),
		...(isOfFile ? ofFile : [conclusion]),
		change ? changed[answerChange(lane)]({ difference: formatFactor(change.difference) }) : '',
		isByPicture && isTaken ? m.playground_integers_by_picture() : ''
	];
}
