import { deflateSync } from "node:zlib";

import { encodeLzw } from "../encode-lzw.ts";
import { writeTile } from "../write-tile.ts";
import { withBlock, withEntry } from "./tiff-bytes.ts";

/** The tile that these bytes pretend to be. */
export const HOSTILE_ID = { z: 11, x: 1032, y: 755 };
export const MIB = 1024 * 1024;
const ID = HOSTILE_ID;
const HUGE = 2 ** 31;

const heightAt = (column: number, row: number): number => ((column * 7 + row * 13) % 4000) - 100;
export const plain = writeTile(ID, heightAt, { stripes: true, blockPx: 512 });
export const strips = writeTile(ID, heightAt, { stripes: true, blockPx: 1 });
const lzw = writeTile(ID, heightAt, { stripes: true, blockPx: 512, compression: "lzw" });
const deflate = writeTile(ID, heightAt, { stripes: true, blockPx: 512, compression: "deflate" });
const tiled = writeTile(ID, heightAt, { compression: "lzw", predictor: 2 });
/** Name, bytes, and what must be found wrong with them. */
export const HOSTILE_TILES: [string, Uint8Array, RegExp][] = [
  ["a huge width", withEntry(plain, 256, { type: 4, value: HUGE }), /2147483648 x 512/],
  ["a huge height", withEntry(plain, 257, { type: 4, value: HUGE }), /512 x 2147483648/],
  ["no width", withEntry(plain, 256, { value: 0 }), /0 x 512/],
  ["huge blocks", withEntry(tiled, 322, { type: 4, value: HUGE }), /blocks 2147483648/],
  ["blocks without width", withEntry(tiled, 322, { value: 0 }), /blocks 0/],
  ["a huge table of blocks", withEntry(strips, 273, { count: HUGE }), /tag 273/],
  ["a huge table of sizes", withEntry(tiled, 325, { count: 2 ** 32 - 1 }), /tag 325/],
  ["huge numbers of bits", withEntry(plain, 258, { count: HUGE }), /tag 258/],
  ["a huge nodata text", withEntry(plain, 42_113, { count: HUGE }), /tag 42113/],
  ["huge geo keys", withEntry(plain, 34_735, { count: HUGE }), /tag 34735/],
  ["values that overlap the end", withEntry(plain, 33_550, { value: plain.length - 8 }), /33550/],
  ["an unknown type", withEntry(plain, 262, { type: 99 }), /type 99/],
  ["two bands", writeTile(ID, heightAt, { bands: 2 }), /2 bands/],
  ["huge numbers of bands", withEntry(plain, 277, { value: 65_535 }), /65535 bands/],
  ["degrees", writeTile(ID, heightAt, { epsg: 4326 }), /4326/],
  ["another projection", writeTile(ID, heightAt, { epsg: 32_631 }), /32631/],
  ["a block that begins behind the end", withEntry(plain, 273, { value: HUGE }), /cut off/],
  ["a block longer than the file", withEntry(plain, 279, { value: HUGE }), /cut off/],
  ["a short plain block", withEntry(plain, 279, { value: 1000 }), /shorter/],
  ["a truncated LZW strip", withEntry(lzw, 279, { value: 900 }), /ends early/],
  ["a truncated Deflate strip", withEntry(deflate, 279, { value: 900 }), /./],
  ["a file without its last strip", strips.subarray(0, strips.length - 1024), /cut off/],
  ["a file without its last block", tiled.subarray(0, tiled.length - 5000), /cut off/],
  ["a directory behind the end", patch(plain, 4, plain.length), /cut off/],
  ["a directory over the header", patch(plain, 4, 0), /./],
  ["a directory of 65,535 entries", patch(plain, 8, 0xff_ff_ff_ff), /65535 entries/],
  ["a Deflate bomb", withBlock(deflate, deflateSync(Buffer.alloc(256 * MIB))), /./],
  ["an LZW bomb", withBlock(lzw, encodeLzw(new Uint8Array(4 * MIB))), /more than it should/],
  ["Deflate rubbish", withBlock(deflate, Buffer.alloc(5000, 0xa5)), /./],
  ["LZW rubbish", withBlock(lzw, Buffer.alloc(5000, 0xa5)), /LZW/],
  ["a block far larger than its pixels", withBlock(lzw, Buffer.alloc(3 * MIB)), /too large/],
];
export function patch(file: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Uint8Array.from(file);
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}
