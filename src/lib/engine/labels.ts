import { IMAGENET_CLASSES } from '@tensorflow-models/mobilenet/dist/imagenet_classes';

/** ImageNet's thousand classes in English, in the order of the networks' outputs: `tench, Tinca tinca`, … */
export const imagenetClasses: readonly string[] = Array.from(
	{ length: 1000 },
	(_, i) => IMAGENET_CLASSES[i]!
);
