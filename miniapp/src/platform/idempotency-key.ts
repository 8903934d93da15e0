import Taro from '@tarojs/taro'

const keyBytes = 16

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const pseudoRandomBytes = (): Uint8Array =>
  Uint8Array.from({ length: keyBytes }, () => Math.floor(Math.random() * 256))

const weappRandomBytes = (): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    Taro.getUserCryptoManager().getRandomValues({
      length: keyBytes,
      success: ({ randomValues }) => resolve(new Uint8Array(randomValues)),
      fail: reject,
    })
  })

async function randomBytes(): Promise<Uint8Array> {
  if (typeof crypto !== 'undefined' && typeof crypto.getRandomValues === 'function') {
    return crypto.getRandomValues(new Uint8Array(keyBytes))
  }
  if (process.env.TARO_ENV === 'weapp') {
    try {
      return await weappRandomBytes()
    } catch {
      return pseudoRandomBytes()
    }
  }
  return pseudoRandomBytes()
}

/** A fresh key. The time leads, so that even without a source of randomness two attempts never share one. */
export const newIdempotencyKey = async (): Promise<string> =>
  `${Date.now().toString(36)}-${hexOf(await randomBytes())}`

/**
 * One key for one attempt of the user. The same input gets the same key until `settle` is called, so a retry
 * after a lost answer cannot take effect twice; changed input is another attempt.
 */
export class AttemptKey {
  private fingerprint: string | null = null
  private key: Promise<string> | null = null

  constructor(private readonly create: () => Promise<string> = newIdempotencyKey) {}

  /** The key to send with this input. */
  keyFor(input: unknown): Promise<string> {
    const fingerprint = JSON.stringify(input)
    if (!this.key || fingerprint !== this.fingerprint) {
      this.fingerprint = fingerprint
      this.key = this.create()
    }
    return this.key
  }

  /** The server has decided: the next attempt gets a new key. */
  settle(): void {
    this.key = null
    this.fingerprint = null
  }
}
