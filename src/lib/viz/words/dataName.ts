import { m } from '$lib/i18n';

/** What networks were trained on, as their files call it, in the reader's language where it is more than a name. */
const names: Readonly<Record<string, () => string>> = { 'CIFAR-10, JPEG copies': m.ui_data_cifar_jpeg };

export const dataName = (data: string): string => names[data]?.() ?? data;
