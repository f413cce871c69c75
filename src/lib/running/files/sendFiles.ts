import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { getLocale } from '$lib/i18n';
import { handFiles, hasTaker } from './opened';

/** Opens files on the page of the reader's own network, or on the page that takes them now. */
export async function sendFiles(files: readonly File[]): Promise<void> {
	const isTaken = hasTaker();
	handFiles(files);
	if (isTaken) return;
	const page = resolve('/[lang=lang]/(site)/networks/own', { lang: getLocale() });
	if (location.pathname !== page) await goto(page);
}
