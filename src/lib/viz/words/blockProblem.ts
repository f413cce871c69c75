import { m } from '$lib/i18n';
import { BlockError } from '$lib/nets/blocks';
import { GraphError } from '$lib/nets/errors';
import { graphProblem, jsonText } from './problems';

/** What is wrong, and what would be right, in the reader's language. */
export function blockProblem(error: BlockError | GraphError): string {
	if (error instanceof GraphError) return graphProblem(error);
	const { code, params, cause } = error;
	const text = (name: string) => String(params[name] ?? '');
	switch (code) {
		case 'tooLong':
			return m.blocks_error_tooLong({ max: text('max') });
		case 'json':
			return jsonText(params);
		case 'version':
			return m.networks_error_version({ version: text('version'), known: text('known') });
		case 'word':
			return text('nearest') === ''
				? m.blocks_error_no_word({ word: text('word') })
				: m.blocks_error_word({ word: text('word'), nearest: text('nearest') });
		case 'unclosed':
			return m.blocks_error_unclosed();
		case 'unopened':
			return m.blocks_error_unopened();
		case 'field':
			return m.networks_error_field({
				path: text('path'),
				received: text('received'),
				expected: text('expected')
			});
		case 'empty':
			return m.blocks_error_empty();
		case 'tooManySteps':
			return m.blocks_error_tooManySteps({ count: text('count'), max: text('max') });
		case 'tooDeep':
			return m.blocks_error_tooDeep({ max: text('max') });
		case 'share':
			return m.blocks_error_share({ share: text('share'), width: text('width'), nearest: text('nearest') });
		case 'groups':
			return m.blocks_error_groups({
				groups: text('groups'),
				inChannels: text('inChannels'),
				outChannels: text('outChannels')
			});
		case 'split':
			return m.blocks_error_split({
				channels: text('channels'),
				lanes: text('lanes'),
				nearest: text('nearest')
			});
		case 'addChannels':
			return m.blocks_error_addChannels({
				lane: text('lane'),
				channels: text('channels'),
				first: text('first')
			});
		case 'laneSize':
			return m.blocks_error_laneSize({ lane: text('lane'), size: text('size'), first: text('first') });
		case 'stage':
			return m.blocks_error_stage({
				stage: text('stage'),
				sentence: cause instanceof BlockError ? blockProblem(cause) : ''
			});
	}
}
