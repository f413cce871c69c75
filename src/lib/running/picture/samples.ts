import type { WeightSet } from '$lib/engine/client';
import { fetchOwn } from '$lib/stored/fetchOwn';
import { m } from '$lib/i18n';
import { className } from '../classNames';

/** Photographs, and pictures of CIFAR-10's ten classes. */
export const photoIds = ['chelsea', 'biplane', 'junk', 'coffee', 'rocket', 'astronaut'] as const;
export const emojiIds = [
	...(['airplane', 'automobile', 'bird', 'cat', 'deer'] as const),
	...(['dog', 'frog', 'horse', 'ship', 'truck'] as const)
] as const;
export const sampleIds = [...photoIds, ...emojiIds] as const;
export type SampleId = (typeof sampleIds)[number];

/** A picture that comes with the site: photographs from scikit-image's collection, and emoji (tools/samples.ts). */
export interface Sample {
	readonly id: SampleId;
	readonly file: `/pictures/${string}`;
	readonly width: number;
	readonly height: number;
	readonly name: () => string;
	readonly author: string;
	readonly licence: () => string;
	/** Where it was found. */
	readonly from: string;
	/** Which of CIFAR-10's classes it shows. */
	readonly cifar?: string;
	/** Whether it shows one of ImageNet's classes. */
	readonly isImagenet?: true;
}

const cc0 = () => 'CC0';

const skimage = 'scikit-image';
const getty = 'Getty, @stdlib';

export const samples: readonly Sample[] = [
	{
		...{ id: 'chelsea', file: '/pictures/chelsea.webp', width: 451, height: 300 },
		...{ name: m.playground_sample_chelsea, author: 'Stéfan van der Walt', licence: cc0, from: skimage },
		...{ cifar: 'cat', isImagenet: true }
	},
	{
		...{ id: 'biplane', file: '/pictures/biplane.webp', width: 400, height: 400 },
		...{ name: m.playground_sample_biplane, author: 'Fédèle Azari', licence: cc0, from: getty },
		...{ cifar: 'airplane' }
	},
	{
		...{ id: 'junk', file: '/pictures/junk.webp', width: 400, height: 400 },
		...{ name: m.playground_sample_junk, author: 'Felice Beato', licence: cc0, from: getty },
		...{ cifar: 'ship' }
	},
	{
		...{ id: 'coffee', file: '/pictures/coffee.webp', width: 600, height: 400 },
		...{ name: m.playground_sample_coffee, author: 'Rachel Michetti', licence: cc0, from: skimage },
		isImagenet: true
	},
	{
		...{ id: 'rocket', file: '/pictures/rocket.webp', width: 640, height: 427 },
		...{ name: m.playground_sample_rocket, author: 'SpaceX', licence: cc0, from: skimage },
		isImagenet: true
	},
	{
		...{ id: 'astronaut', file: '/pictures/astronaut.webp', width: 512, height: 512 },
		...{ name: m.playground_sample_astronaut, author: 'NASA' },
		...{ licence: m.playground_public_domain, from: skimage }
	},
	...emojiIds.map((id): Sample => ({
		...{ id, file: `/pictures/${id}.webp`, width: 192, height: 192 },
		...{ name: () => className(id), author: 'Microsoft (Fluent Emoji)', licence: () => 'MIT' },
		...{ from: 'Fluent Emoji', cifar: id }
	}))
];

/**
 * Samples of what weights were trained to tell, photographs first; emoji only of classes that there is no photograph of. All
 * photographs, where it is not known what that is.
 */
export function samplesOf(classes: WeightSet['classes'] | null): readonly Sample[] {
	const photos = samples.filter(({ id }) => (photoIds as readonly string[]).includes(id));
	if (classes === 'imagenet') return photos.filter(({ isImagenet }) => isImagenet);
	if (!classes) return photos;
	const fitting = classes.flatMap(
		(name) => photos.find(({ cifar }) => cifar === name) ?? samples.find(({ cifar }) => cifar === name) ?? []
	);
	const isPhoto = (sample: Sample) => photos.includes(sample);
	return fitting.length === 0 ? photos : fitting.toSorted((a, b) => Number(isPhoto(b)) - Number(isPhoto(a)));
}

export function sampleOf(id: SampleId): Sample {
	return samples.find((sample) => sample.id === id)!;
}

/** A picture of the site's; `null` where it does not come, or something else does in its place. */
export async function loadSample(address: string): Promise<Blob | null> {
	try {
		return await fetchOwn(address);
	} catch {
		return null;
	}
}
