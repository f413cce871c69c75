import type { Network, NetworkId } from '$lib/nets';

/** Each network by itself, so that its page loads no other. */
export const loaders: Readonly<Record<NetworkId, () => Promise<Network>>> = {
	squeezenet: async () => (await import('$lib/nets/networks/squeezenet')).squeezenet as Network,
	mobilenet: async () => (await import('$lib/nets/networks/mobilenet')).mobilenet as Network,
	shufflenet: async () => (await import('$lib/nets/networks/shufflenet')).shufflenet as Network,
	xception: async () => (await import('$lib/nets/networks/xception')).xception as Network,
	'mobilenet-v2': async () => (await import('$lib/nets/networks/mobilenetV2')).mobilenetV2 as Network,
	'mobilenet-v3-small': async () =>
		(await import('$lib/nets/networks/mobilenetV3')).mobilenetV3Small as Network,
	'mobilenet-v3-large': async () =>
		(await import('$lib/nets/networks/mobilenetV3')).mobilenetV3Large as Network,
	'shufflenet-v2': async () => (await import('$lib/nets/networks/shufflenetV2')).shufflenetV2 as Network,
	alexnet: async () => (await import('$lib/nets/networks/alexnet')).alexnet as Network,
	vgg16: async () => (await import('$lib/nets/networks/vgg')).vgg16 as Network,
	googlenet: async () => (await import('$lib/nets/networks/googlenet')).googlenet as Network,
	'inception-v3': async () => (await import('$lib/nets/networks/inceptionV3')).inceptionV3 as Network,
	resnet18: async () => (await import('$lib/nets/networks/resnet')).resnet18 as Network,
	resnet50: async () => (await import('$lib/nets/networks/resnet')).resnet50 as Network,
	resnext50: async () => (await import('$lib/nets/networks/resnet')).resnext50 as Network,
	'fire-module': async () => (await import('$lib/nets/networks/squeezenet')).fireModule as Network,
	'shuffle-unit': async () => (await import('$lib/nets/networks/shufflenet')).shuffleUnitModule as Network,
	'one-backbone': async () => (await import('$lib/nets/networks/oneBackbone')).oneBackbone as Network
};

/** Whether an address names a network. */
export function isNetworkId(id: string): id is NetworkId {
	return Object.hasOwn(loaders, id);
}
