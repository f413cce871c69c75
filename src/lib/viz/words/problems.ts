import { m } from '$lib/i18n';
import type { GraphError, Knob, KnobError, KnobTable, KnobValue } from '$lib/nets';
import type { ErrorParams } from '$lib/nets/errors';
import type { JsonFault } from '$lib/nets/jsonText';
import { OpError } from '$lib/ops';
import { cut } from './cut';
import { opProblem } from './operatorProblem';
import { knobName, knobText } from './knobs';

/** A value of a knob that would fit. */
export interface Fix {
	readonly knob: string;
	readonly value: KnobValue;
	readonly label: string;
}

/** What is wrong with a knob, in the reader's language. */
export function knobProblem({ code, knob, params }: Pick<KnobError, 'code' | 'knob' | 'params'>): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	const name = knobName(knob);
	switch (code) {
		case 'unknownKnob':
			return asking(m.networks_error_unknownKnob({ knob: text('knob') }), text('nearest'));
		case 'notANumber':
			return m.networks_error_notANumber({ knob: name, value: text('value') });
		case 'notWhole':
			return m.networks_error_notWhole({ knob: name, value: text('value') });
		case 'outOfRange':
			return m.networks_error_outOfRange({
				knob: name,
				value: text('value'),
				min: text('min'),
				max: text('max')
			});
		case 'notAChoice':
			return m.networks_error_notAChoice({ knob: name, value: text('value'), choices: text('choices') });
		case 'notAFlag':
			return m.networks_error_notAFlag({ knob: name, value: text('value') });
		case 'tooSmall':
			return m.networks_error_tooSmall({
				knob: name,
				value: text('value'),
				node: text('node'),
				nearest: text('nearest')
			});
		case 'notDivisible':
			return m.networks_error_notDivisible({
				knob: name,
				value: text('value'),
				channels: String(Number(Number(params['channels']).toFixed(2))),
				groups: text('groups')
			});
		case 'doesNotFit':
			return m.networks_error_doesNotFit({
				knob: name,
				inChannels: text('inChannels'),
				channels: text('channels')
			});
	}
}

/** Values that would fit in place of those at fault, the nearest first. */
export function knobFixes({ code, knob, params }: KnobError, table: KnobTable): Fix[] {
	const values = (name: string) =>
		String(params[name] ?? '')
			.split(', ')
			.filter((part) => part !== '');
	const fixes = (name: string, texts: readonly string[]): Fix[] =>
		texts.flatMap((text) => {
			const known = table[name];
			const value = known && valueOf(known, text);
			if (known === undefined || value === undefined) return [];
			const label = m.networks_page_fix({ knob: knobName(name), value: knobText(known, value) });
			return [{ knob: name, value, label }];
		});
	if (code === 'doesNotFit') return fixes(knob, ['none', 'pointwise']);
	if (code === 'outOfRange') {
		const nearest = Number(params['value']) < Number(params['min']) ? 'min' : 'max';
		return fixes(knob, values(nearest));
	}
	return [...fixes(knob, values('nearest')), ...fixes('groups', values('otherGroups'))];
}

function valueOf(knob: Knob, text: string): KnobValue | undefined {
	if (knob.kind === 'number') return Number(text);
	return knob.kind === 'choice' ? knob.choices.find((choice) => String(choice) === text) : undefined;
}

/** What a graph's error says; `cause` is the operator's. */
type GraphFault = Pick<GraphError, 'code' | 'params' | 'node' | 'message'> & { readonly cause?: unknown };

/** What is wrong with a graph, in the reader's language; names the node where there is one. */
export function graphProblem(error: GraphFault): string {
	const sentence = graphSentence(error);
	return error.node === null ? sentence : m.networks_error_at_node({ node: cut(error.node), sentence });
}

/** Where a text stops being JSON. */
export function jsonText(params: ErrorParams): string {
	const { line, column, found } = params as unknown as JsonFault;
	if (line === 0) return m.networks_error_json();
	return found === ''
		? m.networks_error_json_ends()
		: m.networks_error_json_at({ line: String(line), column: String(column), found });
}

/** A question on what may have been meant, after a sentence; nothing where nothing is like it. */
function asking(sentence: string, nearest: string): string {
	return nearest === '' ? sentence : m.networks_error_did_you_mean({ sentence, nearest });
}

function graphSentence({ code, params, cause, message }: GraphFault): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	switch (code) {
		case 'json':
			return jsonText(params);
		case 'tooLong':
			return m.networks_error_tooLong({ max: text('max') });
		case 'missingField':
			return m.networks_error_missingField({ path: text('path') });
		case 'unknownField':
			return asking(m.networks_error_unknownField({ path: text('path') }), text('nearest'));
		case 'field':
			if (params['path'] === '') return m.networks_error_noObject({ received: text('received') });
			return m.networks_error_field({
				path: text('path'),
				received: text('received'),
				expected: text('expected')
			});
		case 'tooLongName':
			return m.networks_error_tooLongName({ path: text('path'), count: text('count'), max: text('max') });
		case 'version':
			return m.networks_error_version({ version: text('version'), known: text('known') });
		case 'empty':
			return m.networks_error_empty();
		case 'tooManyNodes':
			return m.networks_error_tooManyNodes({ count: text('count'), max: text('max') });
		case 'tooManyEdges':
			return m.networks_error_tooManyEdges({ count: text('count'), max: text('max') });
		case 'tooManyBlocks':
			return m.networks_error_tooManyBlocks({ count: text('count'), max: text('max') });
		case 'tooDeep':
			return m.networks_error_tooDeep({ path: text('path'), count: text('count'), max: text('max') });
		case 'tooManyChannels':
		case 'tooLarge':
			return m.networks_error_tooLarge({ what: text('what'), value: text('value'), max: text('max') });
		case 'id':
			return m.networks_error_id({ id: text('id') });
		case 'duplicateId':
			return m.networks_error_duplicateId({ id: text('id') });
		case 'unknownOp':
			return asking(m.networks_error_unknownOp({ op: text('op') }), text('nearest'));
		case 'unknownInput':
			return asking(m.networks_error_unknownInput({ input: text('input') }), text('nearest'));
		case 'unknownOutput':
			return asking(m.networks_error_unknownOutput({ output: text('output') }), text('nearest'));
		case 'noSuchOutput':
			return m.networks_error_noSuchOutput({ input: text('input'), count: text('count') });
		case 'cycle':
			return m.networks_error_cycle({ path: text('path') });
		case 'unusedBlock':
			return m.networks_error_unusedBlock({ path: text('path') });
		case 'op':
			return isOpFault(cause) ? opProblem(cause) : message;
		case 'flowTooLarge':
			return m.networks_error_flowTooLarge();
		case 'unknownNode':
			return asking(m.networks_error_unknownNode({ node: text('node') }), text('nearest'));
	}
}

/** An operator's error, or its fields, which is what comes out of a worker. */
const isOpFault = (cause: unknown): cause is OpError =>
	cause instanceof OpError || (typeof cause === 'object' && cause !== null && 'valid' in cause);
