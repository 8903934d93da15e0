import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** A fresh secret of `bits` random bits, base64url. */
export const randomSecret = (bits: number): string => randomBytes(Math.ceil(bits / 8)).toString('base64url')

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const hmacSha256 = (key: string, text: string, encoding: 'base64url' | 'hex' = 'base64url'): string =>
  createHmac('sha256', key).update(text).digest(encoding)

/** Compares two strings in a time that does not tell where they differ. */
export function isSameSecret(left: string, right: string): boolean {
  const a = Buffer.from(left)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Keys by name; the first seals, every one opens, so that a key can be rotated. */
export type KeyRing = readonly { name: string; key: Buffer }[]

/** AES-256-GCM. The result is `name.iv.tag.text`, each part base64url; `context` must be the same on opening. */
export function seal(ring: KeyRing, plain: string, context: string): string {
  const newest = ring[0]
  if (!newest) throw new Error('the key ring is empty')
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', newest.key, iv).setAAD(Buffer.from(context))
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [newest.name, ...[iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.')
}

/** Opens what `seal` made. @throws Error when the key is unknown or the text was changed. */
export function open(ring: KeyRing, sealed: string, context: string): string {
  const [name, iv = '', tag = '', text = ''] = sealed.split('.')
  const entry = ring.find((candidate) => candidate.name === name)
  if (!entry) throw new Error(`no key named ${name} to open a sealed text`)
  const decipher = createDecipheriv('aes-256-gcm', entry.key, Buffer.from(iv, 'base64url'))
    .setAAD(Buffer.from(context))
    .setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8')
}

/** The same text under the newest key, or null when that key seals it already. @throws as `open` */
export function reseal(ring: KeyRing, sealed: string, context: string): string | null {
  if (sealed.startsWith(`${ring[0]?.name}.`)) return null
  return seal(ring, open(ring, sealed, context), context)
}
