// Reads xz, which Node.js cannot: the security archive of Debian has its index in no other form. The container is that of
// https://tukaani.org/xz/xz-file-format.txt with the one filter LZMA2; checksums inside are not looked at, because the Release
// file has the hash of the whole. Our own code, because the packages for it are native programs, or come without the text of
// their licence. Other work gets its turn after every two megabytes.
import { setImmediate } from 'node:timers/promises';

/** The bytes are not xz, or use what no archive uses. */
export class XzError extends Error {
  override readonly name = 'XzError';
}

/** In bytes. `xz -9` uses 64 MiB. */
const largestDictionary = 128 * 1024 * 1024;
/** One chunk unpacks to no more. */
const largestChunk = 1 << 21;

/** @throws XzError, and what the source throws */
export async function* unxz(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const magic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
  if (bytes.length < 24 || !bytes.subarray(0, 6).equals(magic)) throw new XzError('not an xz file');
  const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
  const checkSize = checkSizes[(bytes[7] ?? 0) & 15] ?? 0;
  let at = 12;
  for (;;) {
    const headerSize = bytes[at];
    if (headerSize === undefined) throw new XzError('cut off');
    // The index follows the last block.
    if (headerSize === 0) return;
    const decoder = new Lzma2(dictionaryOf(bytes, at), bytes, at + (headerSize + 1) * 4);
    const start = at;
    for (let chunk = decoder.next(); chunk; chunk = decoder.next()) {
      yield chunk;
      await setImmediate();
    }
    at = decoder.at;
    // Blocks are padded to four bytes.
    at += (4 - ((at - start) & 3)) & 3;
    at += checkSize;
  }
}

/** The size of the dictionary that a block header names. */
function dictionaryOf(bytes: Uint8Array, start: number): number {
  const flags = bytes[start + 1] ?? 0;
  let at = start + 2;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    return value;
  };
  if (flags & 64) number();
  if (flags & 128) number();
  if ((flags & 3) !== 0 || number() !== 0x21 || number() !== 1)
    throw new XzError('another filter than LZMA2');
  const bits = bytes[at] ?? 41;
  const size = bits >= 40 ? Infinity : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11);
  if (size > largestDictionary) throw new XzError('a dictionary that is too large');
  return size;
}

const lengthStates = 16;

/** A decoder of lengths: short ones, middle ones, long ones. */
class Lengths {
  readonly choices = halves(2);
  readonly low = halves(lengthStates << 3);
  readonly middle = halves(lengthStates << 3);
  readonly high = halves(256);
}

function halves(count: number): Uint16Array {
  return new Uint16Array(count).fill(1024);
}

class Lzma2 {
  /** Of the next byte of the input. */
  at: number;
  readonly #input: Uint8Array;
  readonly #dictionary: number;
  /** What was unpacked last: at least one dictionary, and room for one chunk. */
  #out: Uint8Array;
  #end = 0;
  #range = 0;
  #code = 0;
  #limit = 0;
  #state = 0;
  #distances: [number, number, number, number] = [0, 0, 0, 0];
  #contextBits = 3;
  #literalMask = 0;
  #positionMask = 3;
  #literals = halves(0);
  #isMatch = halves(192);
  #isRepeat = halves(12);
  #isRepeat0 = halves(12);
  #isRepeat1 = halves(12);
  #isRepeat2 = halves(12);
  #isLong0 = halves(192);
  #slots = halves(256);
  #specials = halves(115);
  #aligned = halves(16);
  #matches = new Lengths();
  #repeats = new Lengths();

  constructor(dictionary: number, input: Uint8Array, at: number) {
    this.#dictionary = dictionary;
    this.#input = input;
    this.at = at;
    this.#out = new Uint8Array(Math.min(dictionary + largestChunk, 1 << 22));
  }

  /** @returns the bytes of the next chunk; undefined at the end of the block */
  next(): Uint8Array | undefined {
    const control = this.#byte();
    if (control === 0) return undefined;
    this.#makeRoom();
    const start = this.#end;
    if (control < 128) {
      if (control > 2) throw new XzError('an unknown chunk');
      const size = this.#byte() * 256 + this.#byte() + 1;
      if (this.at + size > this.#input.length) throw new XzError('cut off');
      this.#out.set(this.#input.subarray(this.at, this.at + size), start);
      this.at += size;
      this.#end += size;
    } else {
      const size = (control & 31) * 65_536 + this.#byte() * 256 + this.#byte() + 1;
      const packed = this.#byte() * 256 + this.#byte() + 1;
      const reset = (control >> 5) & 3;
      if (reset >= 2) this.#readProperties(this.#byte());
      if (reset >= 1) this.#reset();
      this.#limit = this.at + packed;
      if (this.#limit > this.#input.length) throw new XzError('cut off');
      this.#startRange();
      this.#unpack(start + size);
      this.at = this.#limit;
    }
    // A copy: what stands here moves.
    return this.#out.slice(start, this.#end);
  }

  #byte(): number {
    const byte = this.#input[this.at];
    if (byte === undefined) throw new XzError('cut off');
    this.at += 1;
    return byte;
  }

  #makeRoom(): void {
    if (this.#end + largestChunk <= this.#out.length) return;
    // By a multiple of sixteen: the coder counts positions, and looks at their last four bits.
    const shift = Math.max(0, this.#end - this.#dictionary) & ~15;
    const keep = this.#end - shift;
    const needed = keep + largestChunk;
    const target =
      needed > this.#out.length
        ? new Uint8Array(Math.min(needed * 2, this.#dictionary + 2 * largestChunk))
        : this.#out;
    target.set(this.#out.subarray(shift, this.#end), 0);
    this.#out = target;
    this.#end = keep;
  }

  #readProperties(byte: number): void {
    if (byte >= 225) throw new XzError('unknown properties');
    this.#contextBits = byte % 9;
    const rest = Math.floor(byte / 9);
    const literalBits = rest % 5;
    this.#literalMask = (1 << literalBits) - 1;
    this.#positionMask = (1 << Math.floor(rest / 5)) - 1;
    this.#literals = halves(0x300 << (this.#contextBits + literalBits));
  }

  #reset(): void {
    this.#state = 0;
    this.#distances = [0, 0, 0, 0];
    this.#literals.fill(1024);
    this.#isMatch = halves(192);
    this.#isRepeat = halves(12);
    this.#isRepeat0 = halves(12);
    this.#isRepeat1 = halves(12);
    this.#isRepeat2 = halves(12);
    this.#isLong0 = halves(192);
    this.#slots = halves(256);
    this.#specials = halves(115);
    this.#aligned = halves(16);
    this.#matches = new Lengths();
    this.#repeats = new Lengths();
  }

  #startRange(): void {
    this.#range = 0xffffffff;
    this.#code = 0;
    if (this.#byte() !== 0) throw new XzError('damaged');
    for (let count = 0; count < 4; count += 1) this.#code = ((this.#code << 8) | this.#byte()) >>> 0;
  }

  #normalize(): void {
    if (this.#range >= 0x1000000) return;
    if (this.at >= this.#limit) throw new XzError('damaged');
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.#input[this.at] ?? 0)) >>> 0;
    this.at += 1;
  }

  #bit(chances: Uint16Array, index: number): number {
    this.#normalize();
    const chance = chances[index] ?? 1024;
    const bound = (this.#range >>> 11) * chance;
    if (this.#code < bound) {
      this.#range = bound;
      chances[index] = chance + ((2048 - chance) >> 5);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    chances[index] = chance - (chance >> 5);
    return 1;
  }

  #tree(chances: Uint16Array, offset: number, bits: number): number {
    let node = 1;
    for (let count = 0; count < bits; count += 1) node = (node << 1) | this.#bit(chances, offset + node);
    return node - (1 << bits);
  }

  #reverseTree(chances: Uint16Array, offset: number, bits: number): number {
    let [node, value] = [1, 0];
    for (let count = 0; count < bits; count += 1) {
      const bit = this.#bit(chances, offset + node);
      node = (node << 1) | bit;
      value |= bit << count;
    }
    return value;
  }

  #direct(bits: number): number {
    let value = 0;
    for (let count = 0; count < bits; count += 1) {
      this.#normalize();
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit) this.#code -= this.#range;
      value = value * 2 + bit;
    }
    return value;
  }

  #length(lengths: Lengths, position: number): number {
    if (this.#bit(lengths.choices, 0) === 0) return 2 + this.#tree(lengths.low, position << 3, 3);
    if (this.#bit(lengths.choices, 1) === 0) return 10 + this.#tree(lengths.middle, position << 3, 3);
    return 18 + this.#tree(lengths.high, 0, 8);
  }

  #unpack(end: number): void {
    while (this.#end < end) {
      const position = this.#end & this.#positionMask;
      const state = this.#state;
      if (this.#bit(this.#isMatch, (state << 4) + position) === 0) this.#literal();
      else if (this.#bit(this.#isRepeat, state) === 0) {
        const [first, second, third] = this.#distances;
        const length = this.#length(this.#matches, position);
        this.#state = state < 7 ? 7 : 10;
        this.#distances = [this.#distance(length), first, second, third];
        this.#copy(length, end);
      } else this.#repeat(state, position, end);
    }
  }

  #literal(): void {
    const previous = this.#out[this.#end - 1] ?? 0;
    const context =
      ((this.#end & this.#literalMask) << this.#contextBits) + (previous >> (8 - this.#contextBits));
    const offset = 0x300 * context;
    let node = 1;
    if (this.#state >= 7) {
      let matched = this.#out[this.#end - this.#distances[0] - 1] ?? 0;
      while (node < 256) {
        const expected = (matched >> 7) & 1;
        matched = (matched << 1) & 255;
        const bit = this.#bit(this.#literals, offset + ((1 + expected) << 8) + node);
        node = (node << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (node < 256) node = (node << 1) | this.#bit(this.#literals, offset + node);
    this.#out[this.#end] = node & 255;
    this.#end += 1;
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  #repeat(state: number, position: number, end: number): void {
    const [first, second, third, fourth] = this.#distances;
    if (this.#bit(this.#isRepeat0, state) === 0) {
      if (this.#bit(this.#isLong0, (state << 4) + position) === 0) {
        this.#state = state < 7 ? 9 : 11;
        this.#copy(1, end);
        return;
      }
    } else if (this.#bit(this.#isRepeat1, state) === 0) this.#distances = [second, first, third, fourth];
    else if (this.#bit(this.#isRepeat2, state) === 0) this.#distances = [third, first, second, fourth];
    else this.#distances = [fourth, first, second, third];
    const length = this.#length(this.#repeats, position);
    this.#state = state < 7 ? 8 : 11;
    this.#copy(length, end);
  }

  #distance(length: number): number {
    const slot = this.#tree(this.#slots, Math.min(length - 2, 3) << 6, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + this.#reverseTree(this.#specials, base - slot, bits);
    return base + this.#direct(bits - 4) * 16 + this.#reverseTree(this.#aligned, 0, 4);
  }

  #copy(length: number, end: number): void {
    const from = this.#end - this.#distances[0] - 1;
    if (from < 0 || this.#end + length > end) throw new XzError('damaged');
    for (let count = 0; count < length; count += 1)
      this.#out[this.#end + count] = this.#out[from + count] ?? 0;
    this.#end += length;
  }
}
