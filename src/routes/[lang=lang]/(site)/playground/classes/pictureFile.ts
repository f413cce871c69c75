/** Whether a file is called as pictures are. */
export const isPicture = (name: string): boolean => /\.(jpe?g|png|webp|gif|bmp|avif)$/i.test(name);

/** Whether a file is an archive: a zip, or Teachable Machine's of samples. */
export const isArchive = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
	type === 'application/zip' || type === 'application/x-zip-compressed' || /\.(zip|tm)$/i.test(name);

/** Names that networks, their weights and texts have. */
const others = /\.(onnx|keras|h5|hdf5|tflite|prototxt|caffemodel|safetensors|pb|pth?|bin|json|txt|md)$/i;

/** Whether neither its name nor its system says of a file what it is, so that its content has to. */
export const isUntold = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
	type === '' && !others.test(name);
