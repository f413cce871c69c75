/**
 * A page of a reader's own that answers with what was saved: files of the archive beside it, and TensorFlow.js. Its last line says the
 * answers in the console of that page: this is its text, and is not run here.
 */
export const pageCode = `<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js"></script>
<img src="picture.jpg">
<script type="module">
const model = await tf.loadLayersModel('model.json');
const { labels } = await (await fetch('metadata.json')).json();
const [, height, width] = model.inputs[0].shape;
const picture = document.querySelector('img');
await picture.decode();
const shares = tf.tidy(() => {
  const whole = tf.browser.fromPixels(picture);
  const [tall, wide] = whole.shape;
  const side = Math.min(tall, wide);
  // The square in the middle, as it was taught.
  const from = [Math.floor((tall - side) / 2), Math.floor((wide - side) / 2), 0];
  const square = tf.slice(whole, from, [side, side, 3]);
  const pixels = tf.image.resizeBilinear(square, [height, width]);
  return model.predict(tf.expandDims(tf.sub(tf.div(pixels, 127.5), 1))).dataSync();
});
labels.forEach((label, i) => console.log(label, shares[i]));
</script>
`;
