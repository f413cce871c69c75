import { colourTable, type ColourTable, type Rgb } from './mapAtlas';
import { valueSteps } from './values';
import { themed } from './themed';

/** Values as pixels of maps, which have no room for a minus: by magnitude from paper to ink, by sign a cold grey or a warm one. */
export const valueColours: () => ColourTable = themed((style) => {
	const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
	const [negative, zero, positive] = ['negative', 'zero', 'positive'].map((name) =>
		style.getPropertyValue(`--map-${name}`)
	);
	const colours = Array.from({ length: 2 * valueSteps + 1 }, (_, i): Rgb => {
		const share = (100 * Math.abs(i - valueSteps)) / valueSteps;
		pen.fillStyle = `color-mix(in oklab, ${zero!}, ${(i < valueSteps ? negative : positive)!} ${share}%)`;
		pen.fillRect(0, 0, 1, 1);
		const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
		return [red, green, blue];
	});
	return colourTable(colours);
});
