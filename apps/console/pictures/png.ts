import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Pixels as the browser draws them: 8 bits a channel, `channels` of them a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const colourTypes: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Reads what Chromium writes: true colour, 8 bits, not interlaced. */
export function decodePng(file: Buffer): Picture {
  const parts: Buffer[] = [];
  let width = 0;
  let height = 0;
  let channels = 0;
  for (let at = signature.length; at < file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') {
      width = body.readUInt32BE(0);
      height = body.readUInt32BE(4);
      channels = colourTypes[body[9] ?? -1] ?? 0;
      if (channels === 0 || body[8] !== 8 || body[12] !== 0)
        throw new Error('not a PNG of the browser: true colour, 8 bits, not interlaced');
    }
    if (kind === 'IDAT') parts.push(body);
    at += length + 12;
  }
  const pixels = unfilter(inflateSync(Buffer.concat(parts)), { width, height, channels });
  return { width, height, channels, pixels };
}

/** Undoes the five filters of the PNG specification, section 9. */
function unfilter(
  raw: Uint8Array,
  { width, height, channels }: Omit<Picture, 'pixels'>,
): Uint8Array {
  const stride = width * channels;
  const pixels = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)] ?? 0;
    const from = row * (stride + 1) + 1;
    const to = row * stride;
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : (pixels[to + x - channels] ?? 0);
      const up = row === 0 ? 0 : (pixels[to + x - stride] ?? 0);
      const corner = row === 0 || x < channels ? 0 : (pixels[to + x - stride - channels] ?? 0);
      const predicted = predict(filter, { left, up, corner });
      pixels[to + x] = (raw[from + x] ?? 0) + predicted; // the array keeps the low 8 bits
    }
  }
  return pixels;
}

function predict(
  filter: number,
  { left, up, corner }: { left: number; up: number; corner: number },
): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** One byte a pixel, which names a colour of the palette (red, green, blue). */
export function encodePalettePng(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  { palette, indexes }: { readonly palette: Uint8Array; readonly indexes: Uint8Array },
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row++)
    rows.set(indexes.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(kind: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
