/** Straightforward LZW encoder as the TIFF specification describes it: clear, widen early, end. */
export function encodeLzw(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let bitCount = 0;
  let width = 9;
  let next = 258;
  let table = new Map<number, number>();
  const put = (code: number): void => {
    bits = (bits << width) | code;
    bitCount += width;
    while (bitCount >= 8) {
      bitCount -= 8;
      out.push((bits >>> bitCount) & 255);
    }
    bits &= (1 << bitCount) - 1;
  };
  put(256);
  let prefix = -1;
  for (const byte of bytes) {
    if (prefix < 0) {
      prefix = byte;
      continue;
    }
    const known = table.get(prefix * 256 + byte);
    if (known !== undefined) {
      prefix = known;
      continue;
    }
    put(prefix);
    table.set(prefix * 256 + byte, next);
    next += 1;
    if (next === 4095) {
      put(256);
      width = 9;
      next = 258;
      table = new Map();
    } else if (next === 1 << width) {
      width += 1;
    }
    prefix = byte;
  }
  if (prefix >= 0) put(prefix);
  // The decoder has added one more entry by now and may have widened its code.
  if (next + 1 === 1 << width && width < 12) width += 1;
  put(257);
  if (bitCount > 0) out.push((bits << (8 - bitCount)) & 255);
  return Uint8Array.from(out);
}
