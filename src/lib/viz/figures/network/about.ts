import { m, type Locale } from '$lib/i18n';
import type { NetworkId } from '$lib/nets';

const messages: Readonly<Record<NetworkId, (typeof m)['networks_about_vgg16']>> = {
	squeezenet: m.networks_about_squeezenet,
	mobilenet: m.networks_about_mobilenet,
	shufflenet: m.networks_about_shufflenet,
	xception: m.networks_about_xception,
	'mobilenet-v2': m.networks_about_mobilenet_v2,
	'mobilenet-v3-small': m.networks_about_mobilenet_v3,
	'mobilenet-v3-large': m.networks_about_mobilenet_v3,
	'shufflenet-v2': m.networks_about_shufflenet_v2,
	alexnet: m.networks_about_alexnet,
	vgg16: m.networks_about_vgg16,
	googlenet: m.networks_about_googlenet,
	'inception-v3': m.networks_about_inception_v3,
	resnet18: m.networks_about_resnet,
	resnet50: m.networks_about_resnet,
	resnext50: m.networks_about_resnext50,
	'fire-module': m.networks_about_fire_module,
	'shuffle-unit': m.networks_about_shuffle_unit,
	'one-backbone': m.networks_about_one_backbone
};

/** What makes a network what it is, in a sentence or two. */
export function about(id: NetworkId, locale: Locale): string {
	return messages[id]({}, { locale });
}
