// Before the first paint, so that a chosen theme does not flash; app.css has the system's.
try {
	const theme = localStorage.theme;
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// Forbidden, in a frame for one.
}
