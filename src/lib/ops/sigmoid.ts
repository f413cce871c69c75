import { elementwise } from './elementwise';

/** `1 / (1 + exp(-x))`. */
export const sigmoid = elementwise('sigmoid', (x) => 1 / (1 + Math.exp(-x)), 4);
