// From the address without a language to the reader's: the one chosen last, else the browser's, else the site's first. The page
// says which there are.
const languages = document.currentScript.dataset.languages.split(' ');
let language;
try {
	language = localStorage.getItem('language');
} catch {
	// Storage can be forbidden: ask the browser then.
}
const [ofBrowser] = navigator.language.toLowerCase().split('-');
language = [language, ofBrowser].find((of) => languages.includes(of)) ?? languages[0];
location.replace(new URL(`${language}`, location.href.replace(/[^/]*([?#].*)?$/, '')) + location.search + location.hash);
