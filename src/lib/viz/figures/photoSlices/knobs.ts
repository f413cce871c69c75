import { photographSize } from '../../tensor/photograph';

const place = { kind: 'number', min: 0, max: photographSize - 1, step: 1, whole: true } as const;

/** How far the slices are pulled apart, in percent of the way, and which pixel is looked at. */
export const sliceKnobs = {
	apart: { kind: 'number', min: 0, max: 100, step: 1, default: 45, whole: true },
	row: { ...place, default: 51 },
	column: { ...place, default: 41 }
} as const;
