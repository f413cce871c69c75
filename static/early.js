// Before the first paint, so that a chosen theme does not flash; app.css has the system's.
try {
	const theme = localStorage.theme;
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// Forbidden, in a frame for one.
}

// Links to the same page in another language take the state along that figures keep in the address. Here, since they can be used
// before the page's own script is there.
function keepState({ target }) {
	const link = target instanceof Element && target.closest('a[data-keep-state]');
	if (link) [link.search, link.hash] = [location.search, location.hash];
}
for (const type of ['pointerdown', 'focusin', 'click', 'auxclick']) document.addEventListener(type, keepState, true);
