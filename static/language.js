// From the address without a language to the reader's: the one chosen last, else the browser's, else English.
let language;
try {
	language = localStorage.getItem('language');
} catch {
	// Storage can be forbidden: ask the browser then.
}
if (language !== 'en' && language !== 'zh') language = /^zh\b/i.test(navigator.language) ? 'zh' : 'en';
location.replace(new URL(`${language}`, location.href.replace(/[^/]*([?#].*)?$/, '')) + location.search + location.hash);
