import { scaleLinear } from 'd3-scale';

/** Where a place of the handle's way lies on its rail, from 0 to 1: what a reader asks for most has most room. */
export const railScale = scaleLinear([0, 2, 3, 5], [0, 0.47, 0.7, 1]).clamp(true);
