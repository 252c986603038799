/** An RGB image of floats 0…1, [height, width, 3], as a PNG file. */
export function pngOf({ data, width, height }: { data: Float32Array; width: number; height: number }): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no 2D canvas in a worker');
  const image = context.createImageData(width, height);
  for (let i = 0, at = 0; i < data.length; i += 3) {
    for (let c = 0; c < 3; c++) image.data[at++] = Math.round(255 * (data[i + c] as number));
    image.data[at++] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob();
}
