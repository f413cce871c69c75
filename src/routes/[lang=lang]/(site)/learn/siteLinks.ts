import { resolve } from '$app/paths';
import { getLocale } from '$lib/i18n';
import { trustedHtml } from '$lib/stored/trusted';
import { siteMark } from '$lib/lessons/compiler/lesson';

/** Compiled HTML with its links to the site's pages, which are written below the language, as the present page has to write them. */
export const withSiteLinks = (html: string): string =>
	trustedHtml(html.replaceAll(`href="${siteMark}/`, `href="${resolve(`/${getLocale()}`)}/`));
