import { inflateRawSync } from 'node:zlib';

/**
 * One file of a zip archive, by the format's APPNOTE 6.3: without encryption, split archives or sizes over 4 GiB.
 * @returns its bytes; undefined when the archive has no such file
 * @throws when the bytes are no zip archive
 */
export function fileInZip(zip: Buffer, name: string): Buffer | undefined {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end === -1) throw new Error('this is no zip archive');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const [method, size, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      // The local header has lengths of its own.
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const data = zip.subarray(start, start + size);
      return method === 0 ? data : inflateRawSync(data);
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return undefined;
}
