/**
 * Makes the small photograph of the figures from the site's picture of Chelsea the cat:
 *
 *     npx tsx tools/photograph.ts > src/lib/viz/tensor/photographBytes.ts
 */
import sharp from 'sharp';
import { photographCrop, photographSize } from '../src/lib/viz/tensor/photograph';

const { left, top, side } = photographCrop;
const { data } = await sharp('static/pictures/chelsea.webp')
	.extract({ left, top, width: side, height: side })
	.resize(photographSize, photographSize)
	.removeAlpha()
	.raw()
	.toBuffer({ resolveWithObject: true });

console.log(`/** Written by tools/photograph.ts. Photograph by Stéfan van der Walt, CC0, as shipped with scikit-image. */
// prettier-ignore
export const photographBytes = '${data.toString('base64')}';`);
