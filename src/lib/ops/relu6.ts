import { elementwise } from './elementwise';

/** `min(6, max(0, x))`. */
export const relu6 = elementwise('relu6', (x) => Math.min(6, Math.max(0, x)), 2);
