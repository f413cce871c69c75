import { nearestWord, UnknownNetworkError } from '../errors';
import { alexnet } from './alexnet';
import { googlenet } from './googlenet';
import { inceptionV3 } from './inceptionV3';
import { mobilenet } from './mobilenet';
import { mobilenetV2 } from './mobilenetV2';
import { mobilenetV3Large, mobilenetV3Small } from './mobilenetV3';
import type { Network } from './network';
import { oneBackbone } from './oneBackbone';
import { resnet18, resnet50, resnext50 } from './resnet';
import { shufflenet, shuffleUnitModule } from './shufflenet';
import { shufflenetV2 } from './shufflenetV2';
import { fireModule, squeezenet } from './squeezenet';
import { vgg16 } from './vgg';
import { xception } from './xception';

/** Every network, the four of the site first, by id. */
export const networks = {
	squeezenet,
	mobilenet,
	shufflenet,
	xception,
	'mobilenet-v2': mobilenetV2,
	'mobilenet-v3-small': mobilenetV3Small,
	'mobilenet-v3-large': mobilenetV3Large,
	'shufflenet-v2': shufflenetV2,
	alexnet,
	vgg16,
	googlenet,
	'inception-v3': inceptionV3,
	resnet18,
	resnet50,
	resnext50,
	'fire-module': fireModule,
	'shuffle-unit': shuffleUnitModule,
	'one-backbone': oneBackbone
} as const;

export type NetworkId = keyof typeof networks;

/** Ids in the order in which pages list them. */
export const networkIds = Object.keys(networks) as readonly NetworkId[];

/**
 * The network of this id, where the id is not known to be one (from an address or a command line).
 * @throws {UnknownNetworkError} with the nearest id.
 */
export function networkById(id: string): Network {
	if (Object.hasOwn(networks, id)) return networks[id as NetworkId] as Network;
	throw new UnknownNetworkError({ name: id, nearest: nearestWord(id, networkIds) });
}

/** The four networks of the site, in the order of their papers. */
export const four = ['squeezenet', 'mobilenet', 'shufflenet', 'xception'] as const satisfies NetworkId[];
