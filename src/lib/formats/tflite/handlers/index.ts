import type { Handler } from '../call';
import { shapes } from './shapes';
import { values } from './values';
import { windows } from './windows';

/** How each of TensorFlow Lite's operators is read. */
export const handlers: Readonly<Record<string, Handler>> = { ...windows, ...values, ...shapes };
