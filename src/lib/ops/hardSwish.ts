import { elementwise } from './elementwise';

/** `x * relu6(x + 3) / 6`. Source: MobileNetV3 (arXiv 1905.02244), section 5.2. */
export const hardSwish = elementwise('hardSwish', (x) => (x * Math.min(6, Math.max(0, x + 3))) / 6, 5);
