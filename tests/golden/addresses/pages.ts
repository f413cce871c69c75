import { readdirSync, readFileSync } from 'node:fs';
import { writeBlock } from '$lib/nets/blocks';
import type { KnobTable } from '$lib/nets/knobs';
import { networkById } from '$lib/nets/networks';
import { resolveGraph } from '$lib/nets/resolve';
import type { Codec, Ignored } from '$lib/viz/address/codec';
import { knobsCodec } from '$lib/viz/address/knobs';
import { benchCodec } from '$lib/viz/figures/bench/address';
import type { BenchOp } from '$lib/viz/figures/bench/spec';
import { blockedFlowKnobs } from '$lib/viz/figures/blockedFlow/knobs';
import { blocksCodec, writeSpec } from '$lib/viz/figures/blocks/address';
import { compareCodec } from '$lib/viz/figures/compare/address';
import { compressionKnobs } from '$lib/viz/figures/compression/knobs';
import { equalCostKnobs } from '$lib/viz/figures/equalCost/knobs';
import { comparisonKnobs } from '$lib/viz/figures/convolutionComparison/knobs';
import { fireKnobs } from '$lib/viz/figures/fire/knobs';
import { firePositionKnobs, fireStepsKnobs } from '$lib/viz/figures/fireSteps/knobs';
import { groupWidthsKnobs } from '$lib/viz/figures/groupWidths/knobs';
import { morphKnobs } from '$lib/viz/figures/inceptionMorph/knobs';
import { insideCodec } from '$lib/viz/figures/inside/address';
import { seededGraph } from '$lib/viz/figures/inside/seeded';
import { latencyKnobs } from '$lib/viz/figures/latency/knobs';
import { multiplierKnobs } from '$lib/viz/figures/multipliers/knobs';
import { networkCodec } from '$lib/viz/figures/network/address';
import { sliceKnobs } from '$lib/viz/figures/photoSlices/knobs';
import { photoKnobs } from '$lib/viz/figures/photoSteps/knobs';
import { fieldKnobs } from '$lib/viz/figures/receptiveField/knobs';
import { rooflineKnobs } from '$lib/viz/figures/roofline/knobs';
import { softmaxKnobs } from '$lib/viz/figures/softmax/knobs';
import { workedKnobs } from '$lib/viz/figures/worked/knobs';
import { answerKnobs } from '../../../src/routes/[lang=lang]/(site)/learn/figures/answerKnobs';
import { ratioKnobs } from '$lib/viz/figures/ratio/knobs';
import { channelIntegersKnobs } from '$lib/viz/figures/channelIntegers/knobs';
import { quantizerKnobs } from '$lib/viz/figures/quantizer/knobs';
import { channelDependencyKnobs } from '$lib/viz/figures/channelDependency/knobs';
import { threadsCodec } from '$lib/viz/figures/threads/address';
import { parseTraining, trainingCodec } from '$lib/viz/figures/training/address';
import { unitKnobs } from '$lib/viz/figures/unitMorph/knobs';
import { orderKnobs, orderPositionKnobs } from '$lib/viz/figures/xceptionOrder/knobs';
import { parseSet } from '../../../src/lib/engine/sets';
import { compressionCodec } from '../../../src/routes/[lang=lang]/(site)/compression/address';
import { playgroundCodec } from '../../../src/routes/[lang=lang]/(site)/playground/address';
import { classesCodec } from '../../../src/routes/[lang=lang]/(site)/playground/classes/address';
import { four } from '$lib/nets/networks';
import { exerciseCodec } from '../../../src/routes/[lang=lang]/(site)/learn/address';
import { sheetKnobs } from '../../../src/routes/[lang=lang]/(site)/learn/worksheet/knobs';
import { chosenSet } from '../../../src/routes/[lang=lang]/(site)/playground/spec';

/** What an address opens. The only file of this test that knows who reads and writes addresses. */
export interface Opened {
	/** All that the page shows. */
	readonly value: unknown;
	/** The search that the page then writes. */
	readonly again: string;
	/** What meant nothing: `name=value`, and what is said of it. */
	readonly ignored: readonly string[];
}
type Open = (search: string) => Opened;

const written = ({ name, value }: Ignored) => `${name}=${value}`;
const withCode = (part: Ignored) =>
	written(part) + (part.why instanceof Error && 'code' in part.why ? ` (${String(part.why.code)})` : '');
const withReason = (part: Ignored) => `${written(part)} (${part.reason})`;

/** @param said what is said of an ignored part */
function openWith<S>(
	{ parse, format }: Codec<S>,
	said: (part: Ignored) => string,
	shown: (value: S) => unknown = (value) => value
): Open {
	return (search) => {
		const { value, ignored } = parse(search);
		return { value: shown(value), again: format(value), ignored: ignored.map(said) };
	};
}

const setIds = ['mobilenet', 'shufflenet', 'squeezenet', 'xception'].map((id) => `cifar10-${id}`);
const sets = setIds.map((id) => parseSet(readFileSync(`static/weights/${id}/set.json`, 'utf8')));

const openPlayground = openWith(playgroundCodec(sets), withCode, (spec) => ({
	...spec,
	weights: Object.fromEntries(four.map((id) => [id, chosenSet(id, spec.weights, sets)?.id ?? 'random']))
}));

/** Chapters of which a worksheet can be: those with a number. */
const chapters = readdirSync('src/lib/lessons/en')
	.sort()
	.flatMap((file) => /^\d+-(.+)\.md$/.exec(file)?.[1] ?? []);

const figureKnobs: Readonly<Record<string, KnobTable>> = {
	blockedFlow: blockedFlowKnobs,
	compression: compressionKnobs,
	equalCost: equalCostKnobs,
	convolutionComparison: comparisonKnobs,
	fire: fireKnobs,
	fireSteps: { ...fireStepsKnobs, ...firePositionKnobs },
	groupWidths: groupWidthsKnobs,
	inceptionMorph: morphKnobs,
	latency: latencyKnobs,
	multipliers: multiplierKnobs,
	answer: answerKnobs,
	photoSlices: sliceKnobs,
	photoSteps: photoKnobs,
	ratio: ratioKnobs,
	receptiveField: fieldKnobs,
	roofline: rooflineKnobs,
	softmax: softmaxKnobs,
	worked: workedKnobs,
	channelDependency: channelDependencyKnobs,
	channelIntegers: channelIntegersKnobs,
	quantizer: quantizerKnobs,
	techniques: {},
	unitMorph: unitKnobs,
	xceptionOrder: { ...orderKnobs, ...orderPositionKnobs }
};

/**
 * Who opens what stands at a path: a page's, below the language, or `figure:` and a lesson's id of it.
 * @param namesOf names of a chapter's questions that ask for a number, and of its figures; only a bundler reads chapters
 */
export function pageAt(
	path: string,
	namesOf: (chapter: string, kind: 'number' | 'figure') => readonly string[] = () => []
): Open {
	const [position = '', of = ''] = path.replace(/^\/(embed\/)?|^figure:/, '').split('/');
	switch (position) {
		// The home page, whose path below the language is empty.
		case '':
		case 'threads':
			return openWith(threadsCodec, written);
		case 'ops':
		case 'bench':
		case 'benchCost':
		case 'flow':
		case 'race':
			return openWith(benchCodec(of as BenchOp), withReason);
		case 'networks':
		case 'network':
		case 'costKinds':
		case 'costAlong':
		case 'channelFlow':
			return openWith(networkCodec(of === 'own' ? {} : networkById(of).knobs), withCode);
		case 'compare':
			return openWith(compareCodec, withCode);
		case 'blocks':
			// Of its knobs nothing is said.
			return openWith(
				blocksCodec,
				(part) => (part.name === 'block' ? withCode(part) : written(part)),
				({ spec, knobs }) => ({ block: writeSpec(spec), ...knobs })
			);
		case 'train':
		case 'training':
			return openWith({ ...trainingCodec, parse: parseTraining }, withReason, ({ ways, own, knobs }) => ({
				ways,
				own: own && writeBlock(own),
				...knobs
			}));
		case 'learn':
			if (of === 'worksheet') return openWith(knobsCodec(sheetKnobs(chapters)), written);
			return openWith(exerciseCodec(namesOf(of, 'number'), namesOf(of, 'figure')), written);
		case 'playground':
			return of === 'classes' ? openWith(classesCodec, withReason) : openPlayground;
		case 'inside':
			// A small network; the playground's own address keeps these parts as they are.
			return openWith(insideCodec(resolveGraph(seededGraph())), ({ why }) => String(why));
		default: {
			if (path === '/compression')
				return openWith(compressionCodec(setIds, []), written, ({ set, knobs }) => ({ set, ...knobs }));
			// The page's own name, and its name before that, which goes on to it.
			const isComparison = position === 'convolutions' || position === 'fight';
			const table = figureKnobs[isComparison ? 'convolutionComparison' : position];
			if (!table) throw new Error(`nothing opens ${path}`);
			return openWith(knobsCodec(table), written);
		}
	}
}
