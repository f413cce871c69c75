import { elementwise } from './elementwise';

/** `relu6(x + 3) / 6`. Source: MobileNetV3 (arXiv 1905.02244), section 5.2. */
export const hardSigmoid = elementwise('hardSigmoid', (x) => Math.min(6, Math.max(0, x + 3)) / 6, 4);
