import { preprocessings, type Preprocessing } from '$lib/engine/client';
import { m } from '$lib/i18n';

/** Ways of preparing pictures, by what they are called. */
const preparations = {
	imagenet: m.formats_preprocessing_imagenet,
	symmetric: m.formats_preprocessing_symmetric,
	unit: m.formats_preprocessing_unit,
	bytes: m.formats_preprocessing_bytes,
	caffe: m.formats_preprocessing_caffe
} as const satisfies Record<keyof typeof preprocessings, () => string>;

/** The same for networks that take brightness alone. */
const greyPreparations = {
	imagenet: m.formats_preprocessing_grey_imagenet,
	symmetric: m.formats_preprocessing_grey_symmetric,
	unit: m.formats_preprocessing_grey_unit,
	bytes: m.formats_preprocessing_grey_bytes,
	caffe: m.formats_preprocessing_grey_caffe
} as const satisfies Record<Preparation, () => string>;

/** What a way is called, for a network that takes so many channels. */
export const preparationName = (id: Preparation, channels: number): string =>
	(channels === 1 ? greyPreparations : preparations)[id]();

export type Preparation = keyof typeof preparations;
export const preparationIds = Object.keys(preparations) as readonly Preparation[];

const isSame = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

/** The way that it is, or `null` for one that only a file says. */
export const preparationOf = (preprocessing: Preprocessing): Preparation | null =>
	preparationIds.find((id) => isSame(preprocessings[id], preprocessing)) ?? null;
