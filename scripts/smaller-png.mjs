import { deflateSync, inflateSync } from 'node:zlib';

const signature = 8;
/** Length, type and checksum around a chunk's data. */
const frame = 12;

/**
 * The same picture in fewer bytes. A browser encodes its screenshots for speed, with a filter on every row; pages are mostly
 * plain surfaces and repeated letters, which deflate packs better as they are. For 8-bit RGB and RGBA without interlace.
 */
export function smallerPng(png) {
  const chunks = [...chunksOf(png)];
  const header = chunks[0].data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const pixelBytes = header[9] === 6 ? 4 : 3;
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)));
  const packed = deflateSync(unfiltered(data, width * pixelBytes, height, pixelBytes), { level: 9, memLevel: 9 });
  const others = chunks.filter(({ type }) => type !== 'IDAT').map(({ whole }) => whole);
  return Buffer.concat([png.subarray(0, signature), others[0], chunk('IDAT', packed), ...others.slice(1)]);
}

function* chunksOf(png) {
  for (let at = signature; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    yield { type, data: png.subarray(at + 8, at + 8 + length), whole: png.subarray(at, at + frame + length) };
    at += frame + length;
  }
}

/** Rows with the filter type 0 in front, as PNG wants them. */
function unfiltered(data, rowBytes, height, pixelBytes) {
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const row = y * (rowBytes + 1) + 1;
    const above = row - rowBytes - 1;
    for (let x = 0; x < rowBytes; x += 1) {
      const left = x < pixelBytes ? 0 : rows[row + x - pixelBytes];
      const up = y === 0 ? 0 : rows[above + x];
      const corner = y === 0 || x < pixelBytes ? 0 : rows[above + x - pixelBytes];
      rows[row + x] = data[row + x] + predicted(data[row - 1], left, up, corner);
    }
  }
  return rows;
}

function predicted(filter, left, up, corner) {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left, up, corner) {
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
