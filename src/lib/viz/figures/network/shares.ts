import { formatShare } from '../../words/format';

/** What part is of the whole; nothing where the whole is nothing. */
export function shareOf(part: number, whole: number): number {
	return whole === 0 ? 0 : part / whole;
}

/** A share on a network's page: two digits wherever it stands, so that the same share is the same text; what would read as nothing says so. */
export function shareText(share: number): string {
	return share > 0 && share < 0.00005 ? '<0.01%' : formatShare(share, 2);
}
