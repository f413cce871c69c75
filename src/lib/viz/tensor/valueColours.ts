import { createSubscriber } from 'svelte/reactivity';
import { colourTable, type ColourTable, type Rgb } from './mapAtlas';
import { valueSteps } from './values';

/**
 * The scale of values as pixels: the tokens that cells are coloured by, read from the page, since a canvas takes no CSS
 * variables. Whatever reads it draws anew when the theme changes.
 */
export function valueColours(): ColourTable {
	subscribe();
	return (table ??= readTable());
}

let table: ColourTable | null = null;

const subscribe = createSubscriber((update) => {
	const changed = () => {
		table = null;
		update();
	};
	const themes = new MutationObserver(changed);
	themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
	const dark = matchMedia('(prefers-color-scheme: dark)');
	dark.addEventListener('change', changed);
	table = null;
	return () => {
		themes.disconnect();
		dark.removeEventListener('change', changed);
	};
});

function readTable(): ColourTable {
	const style = getComputedStyle(document.documentElement);
	const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
	const steps = Array.from({ length: 2 * valueSteps + 1 }, (_, i) => i - valueSteps);
	const colours = steps.map((step): Rgb => {
		const name = step === 0 ? '0' : step < 0 ? `m${-step}` : `p${step}`;
		pen.fillStyle = style.getPropertyValue(`--value-${name}`);
		pen.fillRect(0, 0, 1, 1);
		const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
		return [red, green, blue];
	});
	return colourTable(colours);
}
