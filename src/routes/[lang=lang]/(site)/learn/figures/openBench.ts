import { mergeSearch, writtenParts } from '$lib/viz/address/codec';
import { benchCodec } from '$lib/viz/figures/bench/address';
import { Bench } from '$lib/viz/figures/bench/bench.svelte';
import { type BenchOp, benchOps } from '$lib/viz/figures/bench/spec';

function opOf(of: string): BenchOp {
	const op = benchOps.find((known) => known === of);
	if (!op) throw new Error(`there is no operation ${of}; there are ${benchOps.join(', ')}`);
	return op;
}

const read = (of: string, search: string) => benchCodec(opOf(of)).parse(search);

/** A bench from the address of its page, what phrases do to it, and what of it a figure shows. */
export function openBench<Props>(search: string, of: string, show: (bench: Bench) => Props) {
	const { value } = read(of, search);
	const bench = new Bench(value);
	const { format } = benchCodec(value.op);
	return {
		props: show(bench),
		set: (phrase: string) => setBench(bench, phrase),
		get page() {
			return `/ops/${bench.spec.op}${format(bench.spec)}`;
		},
		rest: () => bench.player.pause()
	};
}

function setBench(bench: Bench, phrase: string): void {
	const { parse, format } = benchCodec(bench.spec.op);
	const { value: spec } = parse(mergeSearch(format(bench.spec), phrase));
	const names = [...new URLSearchParams(phrase).keys()];
	if (names.every((name) => name === 'step' || name === 'grain')) {
		// The same numbers: the figure moves on to the step, and what the reader changed can still be undone.
		if (spec.granularity !== bench.granularity) bench.setGranularity(spec.granularity);
		bench.player.goTo(spec.step);
	} else bench.load(spec);
}

/** Parts of an address that the bench leaves out. */
export function ignoredByBench(search: string, of: string): string[] {
	return writtenParts(read(of, search).ignored);
}
