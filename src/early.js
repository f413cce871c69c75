// Before the first paint, so that a chosen theme does not flash; app.css has the system's.
try {
	const theme = localStorage.theme;
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// Forbidden, in a frame for one.
}

// A page is prerendered without an address that says something: what may be other than it says is not shown until it is read.
if (location.search) document.documentElement.dataset.addressed = '';

// The page can be read before it is alive, so its words and their fonts go first: its script is asked for after the first paint.
// A few at a time, so that the browser can answer in between. Their addresses are beside this page's, which may not be the one in sight
// by then.
const { baseURI } = document;
requestAnimationFrame(() =>
	setTimeout(function ask() {
		const links = [...document.querySelectorAll('link[rel=later]')];
		for (const link of links.slice(0, 8)) {
			link.setAttribute('href', new URL(link.getAttribute('href') ?? '', baseURI).href);
			link.setAttribute('rel', 'modulepreload');
		}
		if (links.length > 8) setTimeout(ask);
	})
);

// A frame whose sandbox gives the page no origin of its own: most hosts let it load no modules. Taken back once the page is alive.
if (self.origin === 'null') document.documentElement.dataset.sandboxed = '';

// A press on a button before the page is alive is done once it is: the last one, where the button is still there. What needs no script,
// such as the menu, is done already.
/** @type {HTMLElement | null} */
let pressed = null;
/** @param {Event} event */
const holdPress = ({ target }) => {
	if (!(target instanceof Element) || target.closest('#unloaded')) return;
	pressed = target.closest('button:not([popovertarget])') ?? pressed;
};
addEventListener('click', holdPress, true);
addEventListener('lightnets:alive', () => {
	removeEventListener('click', holdPress, true);
	if (pressed?.isConnected) pressed.click();
});

// What a control is set to before the page is alive is set once it is. A field for files takes its own.
/** @type {Map<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, { value: string, checked: boolean }>} */
const chosen = new Map();
/** @param {Event} event */
const holdChoice = ({ target }) => {
	const isInput = target instanceof HTMLInputElement && target.type !== 'file';
	if (!isInput && !(target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement)) return;
	chosen.set(target, { value: target.value, checked: isInput && target.checked });
};
for (const type of ['input', 'change']) addEventListener(type, holdChoice, true);
addEventListener('lightnets:alive', () => {
	for (const type of ['input', 'change']) removeEventListener(type, holdChoice, true);
	for (const [control, held] of chosen) {
		if (!control.isConnected) continue;
		Object.assign(control, held);
		for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
	}
});

// Links to the same page in another language take the state along that figures keep in the address, and that language is the
// reader's choice. Here, since they can be used before the page's own script is there.
/** @param {Event} event */
function keepState({ target, type }) {
	const link = target instanceof Element && target.closest('a[data-keep-state]');
	if (!(link instanceof HTMLAnchorElement)) return;
	[link.search, link.hash] = [location.search, location.hash];
	const { language } = link.dataset;
	if (language === undefined || type !== 'click') return;
	try {
		localStorage.language = language;
	} catch {
		// Forbidden, or full: the address has it.
	}
}
for (const type of ['pointerdown', 'focusin', 'click', 'auxclick'])
	document.addEventListener(type, keepState, true);

// Files that are let go before the page is alive are held, since the browser would leave the page for them, and let go once more where
// they were when it is. A field for files takes its own.
/** @type {{ target: EventTarget | null, files: File[] } | null} */
let held = null;
/** @param {DragEvent} event */
function holdFiles(event) {
	const { target, type, dataTransfer } = event;
	if (!dataTransfer?.types.includes('Files') || target instanceof HTMLInputElement) return;
	event.preventDefault();
	event.stopPropagation();
	if (type === 'drop') held = { target, files: [...dataTransfer.files] };
}
for (const type of /** @type {const} */ (['dragover', 'drop'])) addEventListener(type, holdFiles, true);
addEventListener('lightnets:awake', () => {
	for (const type of /** @type {const} */ (['dragover', 'drop'])) removeEventListener(type, holdFiles, true);
	if (!held) return;
	const { target, files } = held;
	held = null;
	const dataTransfer = new DataTransfer();
	for (const file of files) dataTransfer.items.add(file);
	const place = target instanceof Node && target.isConnected ? target : document.body;
	place.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
});

// Where a part of a page does not load (no connection, or a new version has taken its place), one sentence says so, with a way to
// load the page anew; its state is in the address. Here, since it may be the page's own script that does not load.
const ofImport = /dynamically imported module|importing a module script|unable to preload/i;
const unloaded = () => document.getElementById('unloaded');
// Once closed it stays so while only the pointer moves over what would load: it comes again with the next click or key.
let isClosed = false;
const sayUnloaded = () => {
	if (!isClosed && self.origin !== 'null') unloaded()?.removeAttribute('hidden');
};
addEventListener('keydown', () => (isClosed = false));
addEventListener('lightnets:unloaded', sayUnloaded);
addEventListener('unhandledrejection', (event) => {
	const { name = '', message = '' } = event.reason ?? {};
	// A script that is cut short, or of another version, is there and cannot be read; a text that cannot be is a fault of ours.
	const isScript = name === 'SyntaxError' && !/json|regular expression|regexp|bigint/i.test(message);
	if (!isScript && !ofImport.test(message) && name !== 'Unloaded') return;
	// Said here: nothing is left for the browser to complain of.
	event.preventDefault();
	// Of a worker that did not load it is said already.
	if (name !== 'Unloaded') sayUnloaded();
});
addEventListener('click', ({ target }) => {
	const button = target instanceof Element && target.closest('#unloaded button');
	isClosed = Boolean(button);
	if (!button) return;
	if (button.hasAttribute('data-reload')) location.reload();
	else unloaded()?.setAttribute('hidden', '');
});
