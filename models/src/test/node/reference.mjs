// Runs the networks of @vladmandic/face-api, with its own code, as the reference of ParityTest.
//
//   node reference.mjs PACKAGE DIRECTORY
//
// Every file NAME.NETWORK.in in DIRECTORY holds one image as little-endian floats, height x width x RGB, 0 to 255, in
// the size the network wants (detector 512, landmarks 112, embedder 150). The results are written next to it, floats
// again: NAME.boxes and NAME.scores, NAME.points, or NAME.descriptor.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packageDirectory, directory] = process.argv.slice(2);

// The bundle was made for browsers: without a window it looks for parts of Node that were left out of it. It brings
// all of TensorFlow.js along, so that nothing else need be installed; the plain JavaScript backend is slow but exact.
globalThis.window = { document: {} };
const faceapi = await import(pathToFileURL(join(packageDirectory, 'dist', 'face-api.esm.js')));
const tf = faceapi.tf;
await tf.setBackend('cpu');
await tf.ready();

const networks = {
  detector: {
    net: faceapi.nets.ssdMobilenetv1,
    weights: 'ssd_mobilenetv1_model',
    side: 512,
    run: async (net, image) => {
      const { boxes, scores } = await net.forward(image);
      return { boxes: boxes[0], scores: scores[0] };
    },
  },
  landmarks: {
    net: faceapi.nets.faceLandmark68Net,
    weights: 'face_landmark_68_model',
    side: 112,
    run: async (net, image) => ({ points: await net.forward(image) }),
  },
  embedder: {
    net: faceapi.nets.faceRecognitionNet,
    weights: 'face_recognition_model',
    side: 150,
    run: async (net, image) => ({ descriptor: await net.forward(image) }),
  },
};

function bytes(file) {
  const content = readFileSync(file);
  return content.buffer.slice(content.byteOffset, content.byteOffset + content.length);
}

async function load(network) {
  const model = join(packageDirectory, 'model');
  const [group] = JSON.parse(readFileSync(join(model, `${network.weights}-weights_manifest.json`), 'utf8'));
  const tensors = await tf.io.decodeWeights(bytes(join(model, `${network.weights}.bin`)), group.weights);
  network.net.loadFromWeightMap(tensors);
}

for (const network of Object.values(networks)) {
  await load(network);
}
for (const file of readdirSync(directory).filter((name) => name.endsWith('.in'))) {
  const [name, kind] = file.split('.');
  const { net, side, run } = networks[kind];
  const image = tf.tensor3d(new Float32Array(bytes(join(directory, file))), [side, side, 3]);
  for (const [output, tensor] of Object.entries(await run(net, image))) {
    writeFileSync(join(directory, `${name}.${output}`), new Uint8Array(tensor.dataSync().buffer));
  }
}
