/** Where the official model is published, in the order they are tried. */
export const IMAGENET_ADDRESSES = [
  'https://storage.googleapis.com/tfjs-models/savedmodel/mobilenet_v2_1.0_224/model.json',
  // What `load({ version: 2, alpha: 1 })` of @tensorflow-models/mobilenet 2.1.1 asks for (its MODEL_INFO is not exported).
  'https://tfhub.dev/google/imagenet/mobilenet_v2_100_224/classification/2/model.json?tfjs-format=file',
] as const;
