import { colourTable, type ColourTable, type Rgb } from './mapAtlas';
import { valueSteps } from './values';
import { themed } from './themed';

/** The scale of values as pixels: the tokens that cells are coloured by. */
export const valueColours: () => ColourTable = themed((style) => {
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
});
