import { m } from '$lib/i18n';
import { randomNumbers } from '$lib/nets/run';
import { pageSheet } from '$lib/running/picture/reduce';

/** Pictures of each class of the example. */
export const exampleCount = 15;

type Draw = (context: CanvasRenderingContext2D, radius: number) => void;

const shapes: readonly { readonly name: () => string; readonly draw: Draw }[] = [
	{ name: m.classes_example_circles, draw: (context, radius) => context.arc(0, 0, radius, 0, 2 * Math.PI) },
	{ name: m.classes_example_squares, draw: (context, radius) => corners(context, 4, radius, radius) },
	{ name: m.classes_example_stars, draw: (context, radius) => corners(context, 10, radius, 0.45 * radius) }
];

function corners(context: CanvasRenderingContext2D, count: number, outer: number, inner: number) {
	for (let i = 0; i < count; i++) {
		const angle = (2 * Math.PI * i) / count;
		const radius = i % 2 === 0 ? outer : inner;
		context.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
	}
	context.closePath();
}

/** Classes for who has no pictures at hand: shapes in any colour, size, place and turn, drawn by a seed. */
export function drawExample(): readonly {
	readonly name: string;
	readonly sheets: readonly HTMLCanvasElement[];
}[] {
	const random = randomNumbers('example of own classes');
	const between = (low: number, high: number) => low + (high - low) * random();
	return shapes.map(({ name, draw }) => ({
		name: name(),
		sheets: Array.from({ length: exampleCount }, () => {
			const sheet = pageSheet(256, 256);
			const context = sheet.getContext('2d')!;
			const hue = between(0, 360);
			context.fillStyle = `hsl(${hue + between(90, 270)} ${between(10, 60)}% ${between(75, 95)}%)`;
			context.fillRect(0, 0, 256, 256);
			const radius = between(50, 95);
			context.translate(between(radius + 10, 246 - radius), between(radius + 10, 246 - radius));
			context.rotate(between(0, 2 * Math.PI));
			context.fillStyle = `hsl(${hue} ${between(40, 90)}% ${between(25, 50)}%)`;
			context.beginPath();
			draw(context, radius);
			context.fill();
			return sheet;
		})
	}));
}
