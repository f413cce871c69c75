// Where a part of a page does not load (no connection, or a new version has taken its place), one sentence says so, with a way to
// load the page anew; its state is in the address. By itself, since it may be the page's own script that does not load.
{
	const ofImport = /dynamically imported module|importing a module script|unable to preload/i;
	const notice = () => document.getElementById('unloaded');
	const say = () => notice()?.removeAttribute('hidden');
	addEventListener('lightnets:unloaded', say);
	addEventListener('unhandledrejection', ({ reason }) => {
		if (ofImport.test(reason?.message ?? '')) say();
	});
	addEventListener('click', ({ target }) => {
		const button = target instanceof Element && target.closest('#unloaded button');
		if (!button) return;
		if (button.hasAttribute('data-reload')) location.reload();
		else notice().setAttribute('hidden', '');
	});
}
