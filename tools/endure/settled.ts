/**
 * In the playground: presses a button, and waits until all that it shows has answered and is timed. Runs in the page.
 * @param button selector of it
 * @returns how often networks ran for it
 */
export async function settled(button: string): Promise<number> {
	const lanes = () => [...document.querySelectorAll<HTMLElement>('[data-testid^=lane-]')];
	// Cancelling is offered while anything runs.
	const isBusy = () => document.querySelectorAll('.stage > .head button').length > 1;
	document.querySelector<HTMLButtonElement>(button)!.click();
	await new Promise((next) => setTimeout(next));
	await new Promise<void>((done, fail) => {
		const look = () => {
			const phases = lanes().map((lane) => lane.dataset['phase']);
			if (phases.includes('failed')) fail(new Error('a network failed'));
			else if (isBusy() || phases.some((phase) => phase !== 'ready')) return;
			else done();
			observer.disconnect();
		};
		const observer = new MutationObserver(look);
		const options = { subtree: true, childList: true, attributes: true, attributeFilter: ['data-phase'] };
		observer.observe(document.querySelector('.stage')!, options);
		look();
	});
	// "Median of 5 runs", and the one that warms up, or is not timed, before them.
	return lanes().reduce((sum, lane) => sum + Number(/Median of (\d+)/.exec(lane.textContent)?.[1] ?? 1), 0);
}
