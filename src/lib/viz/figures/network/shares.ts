import { formatShare } from '../../words/format';

/** What part is of the whole; nothing where the whole is nothing. */
export function shareOf(part: number, whole: number): number {
	return whole === 0 ? 0 : part / whole;
}

/** A share on a network's page: two digits wherever it stands, so that the same share is the same text. */
export const shareText = (share: number): string => formatShare(share, 2);
