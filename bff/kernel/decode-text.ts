/** Text of bytes in UTF-8, with or without a byte order mark, or else in GBK; null when they are neither. */
export function decodeText(bytes: Uint8Array): string | null {
  // Chinese text in GBK is practically never valid UTF-8, so trying in this order tells them apart.
  for (const encoding of ['utf-8', 'gbk']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not this one.
    }
  }
  return null
}
