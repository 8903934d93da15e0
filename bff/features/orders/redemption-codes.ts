import { randomInt } from 'node:crypto'
import { hmacSha256, isSameSecret, open, randomSecret, seal } from '../../kernel/secrets'
import type { Services } from '../../platform/services'
import type { Order } from './order.model'

type Keys = Services['codeKeys']

/** A QR text is renewed every 30 s and accepted for 90 s, so that a photograph of it is soon worth nothing. */
const stepMs = 30_000
const acceptedSteps = 3
const qrPrefix = 'JILI1'

/** A new order's code: 12 digits to read out and a 256-bit key for its QR texts. */
export function createCode(keys: Keys, orderId: string, typedCodeAllowed: boolean) {
  const body = Array.from({ length: 11 }, () => randomInt(10)).join('')
  const digits = body + checkDigit(body)
  const code = {
    sealedDigits: seal(keys.sealing, digits, `${orderId}:digits`),
    sealedSecret: seal(keys.sealing, randomSecret(256), `${orderId}:secret`),
    typedCodeAllowed,
  }
  return { code, lookup: lookupOf(keys, digits) }
}

/** The value by which digits are found. */
export const lookupOf = (keys: Keys, digits: string): string => hmacSha256(keys.lookup, `digits:${digits}`)

/** What the member's screen shows now. */
export function showCode(keys: Keys, orderId: string, code: NonNullable<Order['code']>, now: Date) {
  const step = Math.floor(now.getTime() / stepMs)
  const secret = open(keys.sealing, code.sealedSecret, `${orderId}:secret`)
  return {
    digits: code.typedCodeAllowed ? open(keys.sealing, code.sealedDigits, `${orderId}:digits`) : null,
    qrText: [qrPrefix, orderId, step, macOf(secret, orderId, step)].join('.'),
    refreshAt: new Date((step + 1) * stepMs),
    qrValidUntil: new Date((step + acceptedSteps) * stepMs),
  }
}

/** The order a QR text names, or null when it is none of ours; the text is not yet proved. */
export function parseQrText(text: string): { orderId: string; step: number; mac: string } | null {
  const [prefix, orderId = '', step = '', mac = '', ...rest] = text.trim().split('.')
  if (prefix !== qrPrefix || rest.length > 0 || !/^\d{1,12}$/.test(step) || !orderId || !mac) return null
  return { orderId, step: Number(step), mac }
}

/** Whether a QR text was made for this order, and whether it is still fresh. */
export function proveQrText(
  keys: Keys,
  order: Pick<Order, '_id' | 'code'>,
  qr: { step: number; mac: string },
  now: Date,
): 'fresh' | 'stale' | 'wrong' {
  if (!order.code) return 'wrong'
  const secret = open(keys.sealing, order.code.sealedSecret, `${order._id}:secret`)
  if (!isSameSecret(qr.mac, macOf(secret, order._id, qr.step))) return 'wrong'
  const age = Math.floor(now.getTime() / stepMs) - qr.step
  return age >= 0 && age < acceptedSteps ? 'fresh' : 'stale'
}

const macOf = (secret: string, orderId: string, step: number) => hmacSha256(secret, `${orderId}.${step}`)

/** The 12 digits in a typed text, or null when it has others than 12 or the check digit is wrong. */
export function parseDigits(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^\d{12}$/.test(digits)) return null
  return checkDigit(digits.slice(0, 11)) === digits[11] ? digits : null
}

/** Luhn's check digit (ISO/IEC 7812-1 annex B): catches a wrong digit and most swaps of neighbours. */
function checkDigit(body: string): string {
  const sum = Array.from(body).reduceRight((total, char, index) => {
    const isDoubled = (body.length - 1 - index) % 2 === 0
    const value = Number(char) * (isDoubled ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return String((10 - (sum % 10)) % 10)
}
