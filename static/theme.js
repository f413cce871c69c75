// Runs before the first paint, so that a chosen theme does not flash. Without a choice the system's applies (app.css).
try {
	const theme = localStorage.getItem('theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// Storage can be forbidden, in an embedded frame for one: the system's theme then.
}
