import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { getLocale } from '$lib/i18n';
import { handFiles } from './opened';

/** Opens files on the page of the reader's own network. */
export async function sendFiles(files: readonly File[]): Promise<void> {
	handFiles(files);
	const page = resolve('/[lang=lang]/(site)/networks/own', { lang: getLocale() });
	if (location.pathname !== page) await goto(page);
}
