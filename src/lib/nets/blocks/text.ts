import * as v from 'valibot';
import { asking, nearestWord, quote } from '../errors';
import { jsonProblem, readJson } from '../jsonText';
import {
	BlockError,
	blockLimits,
	blockSchema,
	blockVersion,
	checkExtent,
	type BlockSpec,
	type Step
} from './spec';

/**
 * Writes a block on a line, as it stands in an address: the version, then the steps, with points between.
 *
 *     1.pwx1/8.relu.cat(pwx1/2.relu_std3x1/2.relu)
 *
 * `std3` is a standard convolution with a 3×3 window, `dw3` a depthwise one, `pw` a pointwise one, `gc1g3` one in 3 groups
 * with a 1×1 window, `sh3` a shuffle of 3 groups, `max3` and `avg3` are pools. `x1/8` is the share of the block's channels
 * that it gives (all, unless said), `s2` its stride. `add(…_…)` and `cat(…_…)` are lanes that read the same, `sadd` and
 * `scat` lanes that each read a part.
 */
export function writeBlock(spec: BlockSpec): string {
	return [String(blockVersion), writeSteps(spec)].filter((part) => part !== '').join('.');
}

/** Writes a block as JSON. */
export function writeBlockJson(spec: BlockSpec): string {
	return `${JSON.stringify({ version: blockVersion, steps: spec }, null, '\t')}\n`;
}

/**
 * Reads a block from the text of {@link writeBlock} or of {@link writeBlockJson}. Whether its channels fit is for
 * `buildBlock` to say.
 * @throws {BlockError} with a sentence, whatever the text is.
 */
export function readBlock(text: string): BlockSpec {
	const { length } = blockLimits;
	if (text.length > length) {
		throw new BlockError('tooLong', `the text has more than ${length} characters`, { max: length });
	}
	const { version, steps } = check(text.trimStart().startsWith('{') ? fromJson(text) : fromLine(text.trim()));
	if (version !== blockVersion) {
		const params = { version, known: blockVersion };
		throw new BlockError('version', `version ${version} is not known here; ${blockVersion} is`, params);
	}
	checkExtent(steps);
	return steps;
}

const BRANCHES = {
	add: { input: 'copy', join: 'add' },
	cat: { input: 'copy', join: 'concat' },
	sadd: { input: 'split', join: 'add' },
	scat: { input: 'split', join: 'concat' }
} as const;
type BranchWord = keyof typeof BRANCHES;

function writeSteps(steps: BlockSpec): string {
	return steps.map(writeStep).join('.');
}

function writeStep(step: Step): string {
	const share = 'share' in step && step.share !== '1' ? `x${step.share}` : '';
	const stride = 'stride' in step && step.stride !== 1 ? `s${step.stride}` : '';
	switch (step.op) {
		case 'standard':
			return `std${step.kernel}${share}${stride}`;
		case 'depthwise':
			return `dw${step.kernel}${stride}`;
		case 'pointwise':
			return `pw${share}${stride}`;
		case 'group':
			return `gc${step.kernel}g${step.groups}${share}${stride}`;
		case 'shuffle':
			return `sh${step.groups}`;
		case 'pool':
			return `${step.pool}${step.kernel}${stride}`;
		case 'norm':
			return 'bn';
		case 'relu':
			return 'relu';
		case 'branches': {
			const word = `${step.input === 'split' ? 's' : ''}${step.join === 'add' ? 'add' : 'cat'}`;
			return `${word}(${step.lanes.map(writeSteps).join('_')})`;
		}
	}
}

function fromJson(text: string): unknown {
	const json = readJson(text);
	if ('fault' in json) throw new BlockError('json', jsonProblem(json.fault), { ...json.fault });
	return json.value;
}

/** A line cut into words and signs, and how far it has been read. */
interface Line {
	readonly tokens: readonly string[];
	at: number;
}

function fromLine(text: string): unknown {
	const line: Line = { tokens: text.match(/[().]|_|[^().\s_]+/g) ?? [], at: 0 };
	const first = line.tokens[0];
	if (first === undefined) throw new BlockError('empty', 'a block needs at least one step');
	if (!/^\d+$/.test(first)) throw unknownWord(first);
	line.at = 1;
	if (line.tokens[1] === '.') line.at++;
	const steps = readSteps(line, 0);
	if (line.at < line.tokens.length) {
		throw new BlockError(
			'unopened',
			'a bracket closes that is not open, or a lane stands outside of brackets'
		);
	}
	return { version: Number(first), steps };
}

/** Steps up to the end of the line, of the lane or of the branches. */
function readSteps(line: Line, depth: number): unknown[] {
	const steps: unknown[] = [];
	for (;;) {
		const word = line.tokens[line.at];
		if (word === undefined || word === ')' || word === '_') return steps;
		line.at++;
		if (word === '.') continue;
		if (word === '(') throw unknownWord('(');
		steps.push(line.tokens[line.at] === '(' ? readBranches(line, word, depth) : readStep(word));
	}
}

function readBranches(line: Line, word: string, depth: number): unknown {
	if (!Object.hasOwn(BRANCHES, word)) throw unknownWord(word);
	const { depth: max } = blockLimits;
	if (depth >= max)
		throw new BlockError('tooDeep', `branches stand within branches at most ${max} deep`, { max });
	const lanes: unknown[] = [];
	do {
		line.at++;
		lanes.push(readSteps(line, depth + 1));
	} while (line.tokens[line.at] === '_');
	if (line.tokens[line.at] !== ')') throw new BlockError('unclosed', 'a bracket is open at the end');
	line.at++;
	return { op: 'branches', ...BRANCHES[word as BranchWord], lanes };
}

const OPTIONS = /^(?:g(?<groups>\d+))?(?:x(?<share>[\d/]+))?(?:s(?<stride>\d+))?$/;

/** How steps begin, the longest first, so that none hides another. */
const WORDS = ['relu', 'std', 'max', 'avg', 'dw', 'pw', 'gc', 'sh', 'bn'] as const;

function readStep(word: string): unknown {
	const start = WORDS.find((known) => word.startsWith(known));
	const [, size = '', rest = ''] = /^(\d*)(.*)$/.exec(word.slice(start?.length ?? 0)) ?? [];
	const options = OPTIONS.exec(rest);
	if (!start || !options) throw unknownWord(word);
	const { groups, share, stride } = options.groups ?? {};
	const given = {
		...(groups !== undefined && { groups: Number(groups) }),
		...(share !== undefined && { share }),
		...(stride !== undefined && { stride: Number(stride) })
	};
	const kernel = size === '' ? {} : { kernel: Number(size) };
	switch (start) {
		case 'std':
			return { op: 'standard', ...kernel, ...given };
		case 'dw':
			return { op: 'depthwise', ...kernel, ...given };
		case 'pw':
			return { op: 'pointwise', ...kernel, ...given };
		case 'gc':
			return { op: 'group', ...kernel, ...given };
		case 'sh':
			return { op: 'shuffle', ...given, ...(size !== '' && { groups: Number(size) }) };
		case 'max':
		case 'avg':
			return { op: 'pool', pool: start, ...kernel, ...given };
		case 'bn':
			return { op: 'norm', ...kernel, ...given };
		case 'relu':
			return { op: 'relu', ...kernel, ...given };
	}
}

const EXAMPLES = ['std3', 'dw3', 'pw', 'gc1g3', 'sh3', 'max3', 'avg3', 'bn', 'relu', 'add(', 'cat(', 'scat('];

function unknownWord(word: string): BlockError {
	const nearest = nearestWord(word, EXAMPLES);
	const message = `there is no step ${quote(word)}${asking(nearest)}`;
	return new BlockError('word', message, { word: word.slice(0, 40), nearest });
}

function check(value: unknown): v.InferOutput<typeof blockSchema> {
	const result = v.safeParse(blockSchema, value, { abortEarly: true });
	if (result.success) return result.output;
	const [issue] = result.issues;
	const path = (issue.path ?? []).map(({ key }) => String(key)).join('.');
	const expected =
		issue.expected === 'never'
			? 'no such field'
			: (issue.expected ?? `${issue.type.replaceAll('_', ' ')} ${String(issue.requirement ?? '')}`.trim());
	const received = issue.received.slice(0, 40);
	const message = `${path === '' ? 'the block' : path} is ${received}; expected ${expected}`;
	throw new BlockError('field', message, { path, received, expected });
}
