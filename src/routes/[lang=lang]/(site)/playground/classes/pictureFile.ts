/** Whether a file is called as pictures are. */
export const isPicture = (name: string): boolean => /\.(jpe?g|png|webp|gif|bmp|avif)$/i.test(name);

/** Whether a file is an archive: a zip, or Teachable Machine's of samples. */
export const isArchive = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
	type === 'application/zip' || type === 'application/x-zip-compressed' || /\.(zip|tm)$/i.test(name);
