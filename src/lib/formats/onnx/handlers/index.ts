import { activations } from './activations';
import { arithmetic } from './arithmetic';
import { channels } from './channels';
import { matrices } from './matrices';
import { norms } from './norms';
import { places } from './places';
import { shapes } from './shapes';
import { windows } from './windows';
import type { Handler } from './shared';

/** How each of ONNX's operators is read, by kind in a file each. */
export const handlers: Readonly<Record<string, Handler>> = {
	...windows,
	...matrices,
	...norms,
	...activations,
	...arithmetic,
	...channels,
	...shapes,
	...places
};
