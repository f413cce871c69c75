import { elementwise } from './elementwise';

/** `max(0, x)`. */
export const relu = elementwise('relu', (x) => Math.max(0, x), 1);
