import { float16, shape } from 'virtual:trained-layer/cifar10-squeezenet/fire6/squeeze1x1';
import { fromFloat16 } from '$lib/nets/float16';
import type { LayerWeights } from './weights';

/**
 * A layer of this site's own SqueezeNet, so that the lab has real weights before any network is loaded. Its squeeze in the middle:
 * what pruning and sharing change of it is what they change of most layers of that network, which the last ones flatter.
 */
export function squeezenetLayer(): LayerWeights {
	const [, , inputs, filters] = shape;
	const bytes = Uint8Array.from(atob(float16), (character) => character.charCodeAt(0));
	return {
		name: 'fire6/squeeze1x1',
		network: 'SqueezeNet v1.1',
		data: 'CIFAR-10',
		inputs,
		filters,
		values: Float32Array.from(new Uint16Array(bytes.buffer), fromFloat16)
	};
}
