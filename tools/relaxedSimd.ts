import v8 from 'node:v8';
import { hasRelaxedSimd } from '../src/lib/engine/kernels';

/** Node 20 has relaxed SIMD behind a flag, which later ones do not know. */
export function allowRelaxedSimd(): void {
	if (!hasRelaxedSimd()) v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
}
