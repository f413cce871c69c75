import { m } from '$lib/i18n';
import { FetchFault } from '$lib/stored/check';
import { formatCount } from '../words/format';
import type { PictureTooLarge } from './index';
import { isUnloaded, sayUnloaded } from '$lib/stored/unloaded';

/** Why a picture was not saved, in the reader's language. What makes pictures comes late, and so do the fonts in them. */
export function notSaved(error: unknown): string {
	// The reason of anything else stands in the sentence.
	if (isUnloaded(error)) sayUnloaded(error);
	if (error instanceof Error && error.name === 'PictureTooLarge') {
		const { width, height } = error as PictureTooLarge;
		return m.shell_share_too_large({ width: formatCount(width), height: formatCount(height) });
	}
	return error instanceof FetchFault
		? m.shell_share_font()
		: m.shell_share_not_saved({ reason: error instanceof Error ? error.message : String(error) });
}
