import type { Handler } from '../call';
import { arithmetic } from './arithmetic';
import { shapes } from './shapes';
import { windows } from './windows';

/** How each of TensorFlow's operators is read. */
export const handlers: Readonly<Record<string, Handler>> = { ...windows, ...arithmetic, ...shapes };
