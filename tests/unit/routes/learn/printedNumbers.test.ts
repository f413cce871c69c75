import { expect, it } from 'vitest';
import { graphMemory } from '$lib/nets/analyses/memory';
import { channelFlow, dependencyCount } from '$lib/nets/analyses/channelFlow';
import { networkById, resolveGraph } from '$lib/nets';
import { unitMoves } from '../../../../src/routes/[lang=lang]/(site)/learn/shuffleUnits';
import errata from '../../../../src/routes/[lang=lang]/(site)/learn/quantities/errata';
import misconceptions from '../../../../src/routes/[lang=lang]/(site)/learn/quantities/misconceptions';
import mobilenet from '../../../../src/routes/[lang=lang]/(site)/learn/quantities/mobilenet';
import whyLight from '../../../../src/routes/[lang=lang]/(site)/learn/quantities/why-light';
import shufflenet from '../../../../src/routes/[lang=lang]/(site)/learn/quantities/shufflenet';
import sideBySide from '../../../../src/routes/[lang=lang]/(site)/learn/quantities/side-by-side';

/** What a text prints, as a number. */
const read = (text: (language: 'en') => string) =>
	Number.parseFloat(text('en').replace('−', '-').replaceAll(',', ''));

it('the affine example follows, line by line, from the numbers that are printed', () => {
	const { codesLow, codesHigh, codesScale, codesZeroExact, codesZero, codesValue } = sideBySide;
	const { codesSteps, codesWhole, codesCode, codesBack, codesError, codesHalf } = sideBySide;
	const scale = read(codesScale);
	expect(scale).toBe(Number(((read(codesHigh) - read(codesLow)) / 127).toFixed(6)));
	expect(read(codesZeroExact)).toBe(Number((-read(codesLow) / scale).toFixed(2)));
	expect(read(codesZero)).toBe(Math.round(read(codesZeroExact)));
	expect(read(codesSteps)).toBe(Number((read(codesValue) / scale).toFixed(2)));
	expect(read(codesWhole)).toBe(Math.round(read(codesSteps)));
	expect(read(codesCode)).toBe(read(codesWhole) + read(codesZero));
	expect(read(codesBack)).toBe(Number((read(codesWhole) * scale).toFixed(4)));
	expect(read(codesError)).toBeCloseTo(read(codesBack) - read(codesValue), 9);
	expect(Math.abs(read(codesError))).toBeLessThanOrEqual(read(codesHalf));
	const { codesBeyond, codesBeyondSteps, codesBeyondWhole, codesBeyondCode, codesBeyondBack } = sideBySide;
	expect(read(codesBeyondSteps)).toBe(Number((read(codesBeyond) / scale).toFixed(2)));
	expect(read(codesBeyondWhole)).toBe(Math.round(read(codesBeyondSteps)));
	expect(read(codesBeyondCode)).toBe(127);
	expect(read(codesBeyondBack)).toBe(Number(((read(codesBeyondCode) - read(codesZero)) * scale).toFixed(4)));
	expect(read(sideBySide.codesBeyondError)).toBeCloseTo(read(codesBeyondBack) - read(codesBeyond), 9);
	// Rounding is shown only by a zero point that needs it.
	expect(read(codesZeroExact)).not.toBe(read(codesZero));
});

it('how many times thinner one is is of the intensities as they are; who divides those of the table comes as near as they are printed', () => {
	const ratio = read(sideBySide.pointwiseIntensity) / read(sideBySide.depthwiseIntensity);
	expect(read(sideBySide.thinner)).toBe(23.3);
	expect(Math.abs(read(sideBySide.thinner) - ratio)).toBeLessThan(0.1);
});

it('leads over MobileNet are differences of the accuracies and errors that are printed', () => {
	expect(read(shufflenet.gainRival)).toBeCloseTo(
		100 - read(shufflenet.s4Error) - read(shufflenet.rivalTop1),
		6
	);
	expect(read(shufflenet.gainWorst)).toBeCloseTo(read(shufflenet.m4Error) - read(shufflenet.middleOne), 6);
	expect(read(shufflenet.shuffleGain8)).toBeCloseTo(
		read(shufflenet.unshuffled) - read(shufflenet.shuffled),
		6
	);
	expect(read(shufflenet.shuffleGain3)).toBeCloseTo(
		read(shufflenet.unshuffled3) - read(shufflenet.shuffled3),
		6
	);
});

it('the peak of MobileNet is 24αR² values, and 16αR² where its first four layers run a few rows at a time', () => {
	for (const [alpha, side] of [
		[0.25, 224],
		[1, 128],
		[0.5, 160]
	] as const) {
		const net = resolveGraph(networkById('mobilenet').build({ alpha, resolution: side }));
		const memory = graphMemory(net, 1);
		expect(memory.peakBytes).toBe(24 * alpha * side ** 2);
		const rest = memory.liveBytes.slice(net.byId.get('conv_pw_2')!.index);
		expect(Math.max(...rest)).toBe(16 * alpha * side ** 2);
		// The picture, and what the four make of it.
		expect(3 * side ** 2 + 4 * alpha * side ** 2).toBeLessThanOrEqual(16 * alpha * side ** 2);
	}
	expect(whyLight.narrowPeak('en')).toBe('301,056');
	expect(whyLight.stripsPeak('en')).toBe('200,704');
});

it('eight groups of a bottleneck of 24 hear of three after one unit, and of all after two', () => {
	const groupsSeen = (units: number) => {
		const net = resolveGraph(networkById('shuffle-unit').build({ channels: 96, groups: 8, units }));
		const last = net.tensors.at(-1)!;
		// The shortcut adds the channel itself.
		return dependencyCount(channelFlow(net), last, 0) / (96 / 8);
	};
	expect(Math.floor(groupsSeen(1))).toBe(read(shufflenet.eightQuarterPlaces));
	expect(groupsSeen(2)).toBe(8);
	expect(read(shufflenet.eightQuarterMiddle)).toBe(96 / 4);
});

it('a unit of bottleneck m moves 12m values for each place', () => {
	for (const channels of [144, 384]) expect(unitMoves(channels, 1).values).toBe((12 * channels) / 4);
	expect(read(shufflenet.perValueEight)).toBeCloseTo(10_080 / read(shufflenet.movedEight), 2);
});

it('five layers at stride 16 are what the shallow network lacks of the view', () => {
	expect(read(mobilenet.viewWhole) - read(mobilenet.viewShallow)).toBe(5 * read(mobilenet.viewEach));
	expect(read(mobilenet.viewEach)).toBe(2 * 16);
});

it('leads of the errata are differences of what is printed', () => {
	expect(read(errata.narrowTop1) - read(errata.narrowGain)).toBeCloseTo(57.5, 6);
	expect(read(errata.narrowListed) - read(errata.narrowListedGain)).toBeCloseTo(57.5, 6);
	expect(read(errata.narrowSmallerFrom) / read(errata.narrowSmallerTo)).toBeCloseTo(
		read(errata.narrowSmaller),
		1
	);
	// “45 times” and “9.4 times” are the quotients, cut off.
	expect(Math.floor(read(errata.narrowSmaller))).toBe(read(errata.narrowSmallerPrinted));
	expect(Math.floor(10 * read(errata.narrowLess)) / 10).toBe(read(errata.narrowLessPrinted));
});

it('a depthwise and a pointwise layer run as one save writing and reading the map between them', () => {
	const between = (side: number, channels: number) => (2 * 4 * side * side * channels) / 1e6;
	expect(read(sideBySide.fusedSmallApart) - read(sideBySide.fusedSmall)).toBeCloseTo(between(14, 512), 1);
	expect(read(sideBySide.fusedLargeApart) - read(sideBySide.fusedLarge)).toBeCloseTo(between(56, 128), 1);
	expect(read(sideBySide.runDepthwiseInt8)).toBeCloseTo(4 * read(sideBySide.runDepthwise), 0);
	// It is the one with the most that the text names before.
	expect(read(sideBySide.runPointwise)).toBe(read(sideBySide.roofPointwiseMost));
});

it('what is said of recorded times is so: neither parameters nor multiply-adds order them', () => {
	const { squeezeParams, shuffleParams, squeezeTime, shuffleTime, mobileTime, moreMacs } = misconceptions;
	expect(read(squeezeParams)).toBeLessThan(read(shuffleParams));
	expect(read(squeezeTime)).toBeGreaterThan(read(shuffleTime));
	expect(read(moreMacs)).toBeGreaterThan(1);
	// Of fewer multiply-adds, and slower, since the other's 3×3 layers take fewer products than their definition has.
	expect(read(mobileTime)).toBeGreaterThan(read(squeezeTime));
	expect(read(sideBySide.winogradFaster)).toBeGreaterThan(1.5);
});

it('times of the fair fight lie closer together than the multiply-adds, as the text says', () => {
	const { comparedDepthwiseFaster, comparedDepthwiseFewer } = sideBySide;
	expect(read(comparedDepthwiseFaster)).toBeLessThan(read(comparedDepthwiseFewer));
	const { comparedSeparableTime, comparedDepthwiseTime, comparedSeparableMore } = sideBySide;
	const ratio = read(comparedSeparableTime) / read(comparedDepthwiseTime);
	expect(ratio).toBeGreaterThan(1);
	expect(ratio).toBeLessThan(read(comparedSeparableMore) / 2);
});
