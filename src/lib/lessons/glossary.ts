import type { Locale } from '$lib/i18n/languages';

/** A term in one language. */
export interface Words {
	/** As a heading has it. */
	readonly term: string;
	/** Other forms in which texts use it; in languages with plurals, the plural by “s” goes without saying. */
	readonly also?: readonly string[];
	/** What it is called elsewhere, in papers and courses, and not here: the glossary lists it, so that it is found. */
	readonly elsewhere?: readonly string[];
	/** One sentence: what it is. */
	readonly says: string;
	/** What it is not to be called: one term for one thing. */
	readonly never?: RegExp;
}

export interface Term {
	readonly words: Readonly<Record<Locale, Words>>;
	/** The figure that shows it, below the language. */
	readonly shown: string;
}

type Group = Readonly<Record<string, Term>>;

const term = (shown: string, en: Words, zh: Words): Term => ({ shown, words: { en, zh } });

const data: Group = {
	channel: term(
		'/learn/convolution#loaf',
		{
			term: 'channel',
			says: 'One plane of a tensor, as high and as wide as the picture: a colour at first, later what one filter has found.'
		},
		{
			term: '通道',
			says: '张量中的一片，和图一样高、一样宽：起初是一种颜色，后来是某个卷积核找到的东西。'
		}
	),
	tensor: term(
		'/learn/convolution#loaf',
		{
			term: 'tensor',
			says: 'A block of numbers, here height × width × channels: what layers read and what they make.'
		},
		{ term: '张量', says: '一整块数，在这里是高 × 宽 × 通道数：层读的是它，写的也是它。' }
	),
	'feature-map': term(
		'/learn/convolution#photo',
		{
			term: 'feature map',
			says: 'A channel that a layer has made: for each place, how strongly its filter answers there.'
		},
		{ term: '特征图', says: '某一层产生的一个通道：它的卷积核在每个位置上响应有多强。' }
	),
	filter: term(
		'/learn/convolution#bench',
		{
			term: 'filter',
			says: 'The weights that make one output channel: a small block with a plane for each channel that it reads, slid over the input.'
		},
		{
			term: '卷积核',
			says: '产生一个输出通道的那组权重：一小叠切片，读几个通道就有几片，在输入上滑动。',
			elsewhere: ['滤波器', '过滤器'],
			never: /滤波器|过滤器/
		}
	),
	weight: term(
		'/learn/convolution#bench',
		{ term: 'weight', says: 'A learned number that an input value is multiplied by.' },
		{ term: '权重', says: '学出来的数，输入的值要乘以它。' }
	),
	bias: term(
		'/learn/convolution#bench',
		{
			term: 'bias',
			also: ['biases'],
			says: 'A learned number that is added to each sum of a filter: one for each output channel.'
		},
		{ term: '偏置', says: '学出来的数，加在一个卷积核的每个和上：每个输出通道一个。' }
	),
	logit: term(
		'/learn/convolution#shares',
		{
			term: 'logit',
			says: 'The number that a network gives a class before softmax: the larger, the likelier it finds the class.'
		},
		{ term: 'logit', says: '网络在 softmax 之前给每个类别的数：越大，说明它认为越像这一类。' }
	)
};

const window: Group = {
	kernel: term(
		'/learn/convolution#window-bench',
		{ term: 'kernel size', says: 'How many rows and columns a filter covers, the depth left out: 3×3, 1×1.' },
		{ term: '卷积核大小', says: '卷积核盖住几行几列，深度不写出来：3×3、1×1。' }
	),
	padding: term(
		'/learn/convolution#window-bench',
		{ term: 'padding', says: 'Zeros around the input, so that the window can stand on its border too.' },
		{ term: '填充', says: '在输入四周补的零，让窗口也能放到边界上。' }
	),
	stride: term(
		'/learn/convolution#window-bench',
		{
			term: 'stride',
			says: 'How many places the window moves at a time; with two, the output is half as high and half as wide.'
		},
		{
			term: '步幅',
			says: '窗口每次移动几个位置；步幅为二，输出的高和宽都减半。',
			never: /步长/,
			elsewhere: ['步长']
		}
	),
	dilation: term(
		'/learn/convolution#window-bench',
		{
			term: 'dilation',
			says: 'How far apart the taps of a window stand: it sees further with the same number of weights.'
		},
		{
			term: '空洞率',
			says: '窗口里相邻两个取数位置相隔多远：权重不变，看得更远。',
			never: /膨胀率|扩张率/,
			elsewhere: ['膨胀率', '扩张率']
		}
	),
	'receptive-field': term(
		'/learn/convolution#field-figure',
		{ term: 'receptive field', says: 'The part of the picture that one number of a later layer is made of.' },
		{
			term: '感受野',
			says: '后面某一层的一个数，是由图片的哪一块算出来的。',
			never: /接受域|接收域/,
			elsewhere: ['接受域']
		}
	)
};

const operations: Group = {
	convolution: term(
		'/learn/convolution#bench',
		{
			term: 'standard convolution',
			also: ['convolution'],
			says: 'A layer whose filters slide over the input: each output value is a weighted sum of a window, through all channels.'
		},
		{
			term: '标准卷积',
			also: ['普通卷积'],
			says: '卷积核在输入上滑动的层：每个输出值是一个窗口内、遍及所有通道的加权和。'
		}
	),
	pointwise: term(
		'/ops/pointwise',
		{
			term: 'pointwise convolution',
			also: ['1×1 convolution', 'pointwise step', 'pointwise layer'],
			says: 'A convolution of 1×1: it mixes the channels at each place and sees no neighbours.'
		},
		{
			term: '逐点卷积',
			also: ['1×1 卷积'],
			says: '1×1 的卷积：在每个位置上混合各通道，不看邻居。',
			elsewhere: ['点卷积'],
			never: /点卷积(?<!逐点卷积)/
		}
	),
	separable: term(
		'/ops/separable',
		{
			term: 'depthwise separable convolution',
			also: [
				'depthwise-separable convolution',
				'separable convolution',
				'separable layer',
				'depthwise separable layer'
			],
			says: 'A depthwise convolution and a pointwise one after it: first look around, then mix channels.'
		},
		{ term: '深度可分离卷积', also: ['可分离卷积'], says: '先逐深度卷积，再逐点卷积：先看周围，再混合通道。' }
	),
	depthwise: term(
		'/ops/depthwise',
		{
			term: 'depthwise convolution',
			also: ['depthwise step', 'depthwise layer'],
			says: 'A convolution in which each channel is filtered by itself, with one plane of weights of its own.'
		},
		{
			term: '逐深度卷积',
			also: ['逐深度'],
			says: '每个通道只和自己的一片权重做卷积，互不往来。',
			elsewhere: ['深度卷积', '逐通道卷积'],
			never: /逐通道卷积|逐层卷积|深度向卷积|(?<!逐)深度卷积/
		}
	),
	'depth-multiplier': term(
		'/ops/depthwise',
		{
			term: 'depth multiplier',
			says: 'How many planes of weights a depthwise convolution has for each channel, one as a rule: as many channels come of each.'
		},
		{ term: '深度乘子', says: '逐深度卷积给每个通道几片权重，一般是一片；有几片，一个通道就变成几个。' }
	),
	group: term(
		'/ops/group',
		{
			term: 'group convolution',
			also: ['pointwise group convolution'],
			says: 'A convolution in which channels fall into groups, and a filter reads its own group only.'
		},
		{ term: '分组卷积', says: '把通道分成几组，每个卷积核只读自己那一组。' }
	),
	shuffle: term(
		'/ops/shuffle',
		{
			term: 'channel shuffle',
			also: ['shuffle'],
			says: 'A new order of the channels, dealt like cards, so that each group of the next layer gets some of every group of this one, as far as it has places.'
		},
		{
			term: '通道混洗',
			also: ['混洗'],
			says: '像发牌一样重排通道的次序，让下一层的每一组都分到上一层各组的通道，位置够多就一组不漏。',
			elsewhere: ['通道重排', '通道打乱'],
			never: /通道(重排|打乱)/
		}
	),
	dense: term(
		'/learn/convolution#vgg',
		{
			term: 'fully connected layer',
			says: 'A layer in which every input value has a weight for every output value, used once.'
		},
		{ term: '全连接层', says: '每个输入值对每个输出值都有一个权重的层，每个权重只用一次。' }
	),
	pooling: term(
		'/learn/convolution#photo',
		{
			term: 'pooling',
			also: ['max pooling', 'average pooling'],
			says: 'Keeps one number of each window, its largest or its mean, so that the map gets smaller; it has no weights.'
		},
		{
			term: '池化',
			also: ['最大池化', '平均池化'],
			says: '每个窗口只留一个数，最大值或平均值，图就变小了；它没有权重。'
		}
	),
	'global-pooling': term(
		'/learn/convolution#answer-figure',
		{
			term: 'global average pooling',
			also: ['global average pool'],
			says: 'The mean of each whole map: one number a channel, however large the picture.'
		},
		{ term: '全局平均池化', says: '每张特征图整张取平均：不管图多大，一个通道只剩一个数。' }
	),
	'batch-norm': term(
		'/learn/convolution#photo',
		{
			term: 'batch norm',
			also: ['batch normalization'],
			says: 'Shifts and scales each channel by numbers found in training, so that its values lie around zero, and then by two learned ones.'
		},
		{
			term: '批归一化',
			says: '用训练中统计出的数平移、缩放每个通道，让它的值落在零附近，再用两个学出来的数调整一次。',
			elsewhere: ['批标准化', '批规范化'],
			never: /批标准化|批规范化|批量归一化/
		}
	),
	relu: term(
		'/learn/convolution#photo',
		{ term: 'ReLU', says: 'Keeps what is positive and makes zero of what is negative.' },
		{ term: 'ReLU', says: '正数照留，负数变成零。' }
	),
	softmax: term(
		'/learn/convolution#shares',
		{
			term: 'softmax',
			says: 'Makes shares that add up to one of any numbers, the larger the number the larger its share.'
		},
		{ term: 'softmax', says: '把一组数变成加起来等于一的份额，数越大，份额越大。' }
	),
	concat: term(
		'/learn/squeezenet#small',
		{
			term: 'concatenation',
			also: ['concat'],
			says: 'Puts the channels of one tensor behind those of another; it computes nothing.'
		},
		{ term: '拼接', says: '把一个张量的通道接在另一个后面，什么也不算。' }
	),
	shortcut: term(
		'/learn/side-by-side#topology',
		{
			term: 'shortcut',
			also: ['residual connection'],
			elsewhere: ['skip connection'],
			says: 'A way around a block, whose input is added to the block’s output (the block then learns a residual), or, in ShuffleNet’s unit of stride 2, pooled and concatenated to it.'
		},
		{
			term: '捷径',
			says: '绕过一个块的路，把块的输入加到它的输出上，块只需学会两者之差，即残差；ShuffleNet 步幅为二的单元则先池化，再拼接上去。',
			elsewhere: ['残差连接', '跳跃连接', '快捷连接'],
			never: /残差连接|跳跃连接|跳连|快捷连接|残差相加/
		}
	)
};

const parts: Group = {
	bypass: term(
		'/learn/squeezenet#bypasses',
		{ term: 'bypass', also: ['bypasses'], says: 'SqueezeNet’s word for a shortcut around a fire module.' },
		{ term: '旁路', says: 'SqueezeNet 论文对绕过 Fire 模块的捷径的叫法。' }
	),
	fire: term(
		'/learn/squeezenet#module',
		{
			term: 'fire module',
			says: 'SqueezeNet’s block: a squeeze layer of few 1×1 filters, then 1×1 and 3×3 filters side by side.'
		},
		{
			term: 'Fire 模块',
			says: 'SqueezeNet 的基本块：先用少量 1×1 卷积核压缩，再让 1×1 和 3×3 的卷积核并排扩展。',
			never: /fire 模块|火焰模块/
		}
	),
	squeeze: term(
		'/learn/squeezenet#module',
		{
			term: 'squeeze layer',
			also: ['squeeze'],
			says: 'The 1×1 layer of a fire module that lets only a few channels through.'
		},
		{ term: '压缩层', says: 'Fire 模块里的 1×1 层，只放少数通道过去。' }
	),
	expand: term(
		'/learn/squeezenet#module',
		{
			term: 'expand layer',
			also: ['expand'],
			says: 'One of the two layers of a fire module that make many channels of the few again, by 1×1 and by 3×3 filters.'
		},
		{ term: '扩展层', says: 'Fire 模块里把少数通道重新变多的两个层，一个用 1×1，一个用 3×3。' }
	),
	bottleneck: term(
		'/learn/shufflenet#unit-morph',
		{
			term: 'bottleneck',
			says: 'The narrow middle of a block: fewer channels, on which the expensive step is cheap.'
		},
		{ term: '瓶颈', says: '块的中间变窄的部分：通道少，昂贵的那一步就便宜。' }
	),
	inception: term(
		'/learn/xception#morph',
		{
			term: 'Inception module',
			says: 'GoogLeNet’s block: several convolutions of other sizes side by side, each after a 1×1, joined by concatenation.'
		},
		{
			term: 'Inception 模块',
			says: 'GoogLeNet 的基本块：几种大小的卷积并排，前面各有一个 1×1，最后拼接起来。'
		}
	),
	flow: term(
		'/learn/xception#net',
		{
			term: 'entry flow',
			also: ['middle flow', 'exit flow'],
			says: 'The first of Xception’s three parts, which makes the picture smaller and its channels more; the middle flow then repeats one block, and the exit flow widens once more and ends in the averages.'
		},
		{
			term: '入口段',
			also: ['中间段', '出口段'],
			says: 'Xception 三段中的第一段，把图缩小、通道加多；随后中间段重复同一种块，出口段再加宽一次，最后取平均。',
			never: /(入口|中间|出口)流|(?<![集其])中段/
		}
	),
	alpha: term(
		'/learn/mobilenet#knobs',
		{ term: 'width multiplier', says: 'MobileNet’s α: every layer gets this share of its channels.' },
		{
			term: '宽度乘子',
			says: 'MobileNet 的 α：每一层的通道数都乘以它。',
			never: /宽度因子|宽度系数|宽度乘数/,
			elsewhere: ['宽度因子', '宽度系数']
		}
	),
	rho: term(
		'/learn/mobilenet#knobs',
		{
			term: 'resolution multiplier',
			says: 'MobileNet’s ρ: the picture, and with it every map, gets this share of its height and width.'
		},
		{
			term: '分辨率乘子',
			says: 'MobileNet 的 ρ：图片和每张特征图的高、宽都乘以它。',
			elsewhere: ['分辨率因子', '分辨率系数'],
			never: /分辨率因子|分辨率系数|分辨率乘数/
		}
	)
};

const costs: Group = {
	parameter: term(
		'/learn/convolution#cost',
		{
			term: 'parameter',
			says: 'Any number that training changes: weights, biases, scale and shift of batch norm.'
		},
		{ term: '参数', says: '训练会改变的任何一个数：权重、偏置、批归一化的缩放和平移。' }
	),
	mac: term(
		'/learn/convolution#cost',
		{
			term: 'multiply-add',
			also: ['multiply-accumulate', 'MAC', 'mult-add'],
			says: 'One multiplication and the addition that goes with it: the unit in which arithmetic is counted here.'
		},
		{ term: '乘加', also: ['MAC'], says: '一次乘法和随后的一次加法：这里数计算量的单位。' }
	),
	flops: term(
		'/learn/errata#flops',
		{
			term: 'FLOP',
			says: 'A floating point operation, a multiplication or an addition: two for each multiply-add, though papers often write FLOPs and mean MACs.'
		},
		{ term: 'FLOP', says: '一次浮点运算，乘法或加法：一次乘加算两次，不过论文常常写 FLOPs 而指 MACs。' }
	),
	intensity: term(
		'/learn/side-by-side#roof',
		{
			term: 'FLOPs for each byte',
			also: ['FLOPs per byte', 'operational intensity', 'arithmetic intensity'],
			says: 'How much a layer computes for each byte that it moves: its arithmetic, or operational, intensity.'
		},
		{ term: '运算强度', also: ['每字节的 FLOPs', '算术强度'], says: '一层每搬一个字节做多少次运算。' }
	),
	roofline: term(
		'/learn/side-by-side#roof',
		{
			term: 'roofline',
			says: 'The fastest that a device can be, over the FLOPs for each byte: a slope where memory holds it back, then a flat roof where arithmetic does.'
		},
		{
			term: 'roofline',
			also: ['屋顶线'],
			says: '设备最快能有多快，随运算强度变化：先是受内存限制的斜坡，再是受运算限制的平顶。'
		}
	),
	winograd: term(
		'/learn/side-by-side#time',
		{
			term: "Winograd's method",
			also: ['Winograd'],
			elsewhere: ['fast convolution', 'minimal filtering'],
			says: 'A way to compute several outputs of a convolution at a time by fewer products than the definition has, for more additions and more memory for weights.'
		},
		{
			term: 'Winograd 算法',
			also: ['Winograd'],
			elsewhere: ['快速卷积', '最小滤波'],
			says: '一次算出卷积的几个输出：乘法比定义里的少，加法多一些，权重占的内存也多。'
		}
	),
	cache: term(
		'/learn/side-by-side#time',
		{
			term: 'cache',
			says: 'Small, fast memory on the processor’s chip, in which what was used last is kept.'
		},
		{ term: '缓存', says: '处理器芯片上又小又快的内存，存着刚用过的东西。' }
	)
};

const results: Group = {
	'top-1': term(
		'/learn/convolution#shares',
		{
			term: 'top-1 accuracy',
			also: ['top-1', 'top-1 error'],
			says: 'The share of test pictures whose right class is the one that the network gives the largest share; the error is the rest.'
		},
		{
			term: 'top-1 准确率',
			also: ['top-1'],
			says: '测试图片中，网络排在第一的类别正好正确的比例；其余的就是错误率。'
		}
	),
	'top-5': term(
		'/learn/convolution#shares',
		{
			term: 'top-5 accuracy',
			also: ['top-5'],
			says: 'The same with five guesses: the right class is among the first five.'
		},
		{ term: 'top-5 准确率', also: ['top-5'], says: '同样的比例，但可以猜五次：正确的类别排在前五就算对。' }
	),
	accuracy: term(
		'/learn/convolution#answer-figure',
		{ term: 'accuracy', says: 'The share of pictures, unseen in training, that a network names correctly.' },
		{ term: '准确率', says: '训练中没有见过的图片，网络认对了多少。', never: /精度|正确率/ }
	),
	imagenet: term(
		'/learn/convolution#answer',
		{
			term: 'ImageNet',
			says: 'Photographs of a thousand classes, more than a million for training and fifty thousand to be tested with, on which most networks are compared.'
		},
		{ term: 'ImageNet', says: '一千个类别的照片，训练用一百多万张，测试用五万张；大多数网络都在它上面比较。' }
	),
	cifar: term(
		'/learn/convolution#answer-figure',
		{
			term: 'CIFAR-10',
			says: 'Sixty thousand pictures of 32×32 pixels in ten classes, small enough for networks that are trained for this site.'
		},
		{ term: 'CIFAR-10', says: '六万张 32×32 像素的小图片，分十个类别，小到本站能自己训练网络。' }
	),
	seed: term(
		'/learn/side-by-side#fight',
		{ term: 'seed', says: 'The number that random choices begin with: the same seed, the same choices.' },
		{ term: '种子', says: '随机数从它开始的那个数：种子相同，抽到的就相同。' }
	),
	pruning: term(
		'/learn/squeezenet#lab',
		{
			term: 'pruning',
			also: ['prune', 'pruned'],
			says: 'Making zero of the weights that matter least, so that they need not be stored.'
		},
		{ term: '剪枝', also: ['剪掉', '剪去'], says: '把最不要紧的权重变成零，不必再存。' }
	),
	codebook: term(
		'/learn/squeezenet#lab',
		{
			term: 'codebook',
			also: ['weight sharing'],
			says: 'A table of the few values that weights share, so that a weight is only an index into it.'
		},
		{ term: '码本', also: ['权值共享'], says: '一张表，列着权重共用的少数几个值；一个权重就只是一个索引。' }
	),
	huffman: term(
		'/learn/squeezenet#lab',
		{
			term: 'Huffman code',
			also: ["Huffman's code"],
			says: 'A code with short words for what is frequent and long ones for what is rare.'
		},
		{ term: '霍夫曼编码', says: '一种编码：常见的用短码，少见的用长码。' }
	),
	quantisation: term(
		'/compression#integers',
		{
			term: 'quantisation',
			also: ['quantised'],
			says: 'Numbers of few bits in place of 32-bit ones: each is rounded to a multiple of a step, the scale, and stored as an integer.'
		},
		{ term: '量化', says: '用位数少的数代替 32 位的数：舍入成一个小量（尺度）的整数倍，只存那个整数。' }
	),
	'quantisation-scale': term(
		'/learn/side-by-side#integers',
		{
			term: 'quantisation scale',
			also: ['scale for each output channel', 'scale for each layer'],
			says: 'In quantisation, the length of one step: what two neighbouring integers stand for lies that far apart, in a whole layer or in one output channel.'
		},
		{
			term: '量化尺度',
			also: ['尺度'],
			says: '量化里一步的长度，也就是相邻两个整数所代表的值相隔多远；可以整层共用一个，也可以每个输出通道一个。',
			elsewhere: ['缩放因子', '量化步长']
		}
	),
	clipping: term(
		'/learn/side-by-side#integers',
		{
			term: 'clipping error',
			also: ['clipping', 'clipped'],
			elsewhere: ['saturation'],
			says: 'What a value loses that lies outside the range of its integers, and is stored as the first or the last of them.'
		},
		{
			term: '饱和误差',
			elsewhere: ['截断误差', '裁剪误差'],
			says: '值超出整数所能代表的范围，只能存成头一个或最后一个整数，由此差出来的那一截。'
		}
	),
	'zero-point': term(
		'/compression#integers',
		{ term: 'zero point', says: 'In affine quantisation, the integer that stands for exactly zero.' },
		{ term: '零点', says: '仿射量化里，正好代表零的那个整数。' }
	),
	'deep-compression': term(
		'/learn/squeezenet#lab',
		{
			term: 'Deep Compression',
			says: 'Pruning, few shared values and short codes for frequent ones: it makes the file of any trained network smaller.'
		},
		{
			term: 'Deep Compression',
			says: '剪枝、共用少数几个值、常见的值用短码：任何训练好的网络，文件都能这样变小。'
		}
	)
};

/** What the texts call things, in groups as the glossary's page shows them. */
export const glossary = { data, window, operations, parts, costs, results } as const;

export type GlossaryGroup = keyof typeof glossary;

/** All terms by their names in addresses. */
export const terms: Group = Object.assign({}, ...Object.values(glossary)) as Group;
