import { hmacSha256, open, seal } from '../../kernel/secrets'
import type { Services } from '../../platform/services'
import type { CodeBatch } from './code-batch.model'
import { type GiftCode, never } from './gift-code.model'
import type { CardRow } from './read-cards'

type Keys = Services['codeKeys']

/** Seals a text under the newest key, bound to the document it is kept in. */
function sealed(keys: Keys, _id: string, text: string): { _id: string; sealed: string; keyName: string } {
  return { _id, sealed: seal(keys.sealing, text, _id), keyName: keys.sealing[0]?.name ?? '' }
}

/** What a code is known by: the same code of the same gift always, and nothing that tells the code. */
export const codeIdOf = (keys: Keys, giftId: string, code: string): string =>
  hmacSha256(keys.lookup, `gift-code:${giftId}:${code}`)

export const sealCard = (
  keys: Keys,
  card: CardRow,
  owner: Pick<GiftCode, 'giftId' | 'stockId' | 'importId'>,
): GiftCode => ({
  ...sealed(keys, codeIdOf(keys, owner.giftId, card.code), JSON.stringify([card.code, card.password])),
  ...owner,
  expiresOn: card.expiresOn ?? never,
  state: 'available',
  orderId: null,
})

/** @throws Error when the key is gone or the text was changed. */
export function openCard(
  keys: Keys,
  giftCode: Pick<GiftCode, '_id' | 'sealed' | 'expiresOn'>,
): { code: string; password: string | null; expiresOn: string | null } {
  const [code, password] = JSON.parse(open(keys.sealing, giftCode.sealed, giftCode._id)) as [
    string,
    string | null,
  ]
  return { code, password, expiresOn: giftCode.expiresOn === never ? null : giftCode.expiresOn }
}

export const sealBatch = (
  keys: Keys,
  importId: string,
  index: number,
  rows: readonly CardRow[],
): CodeBatch => ({ ...sealed(keys, `${importId}:${index}`, JSON.stringify(rows)), importId, index })

/** @throws Error when the key is gone or the text was changed. */
export const openBatch = (keys: Keys, batch: CodeBatch): CardRow[] =>
  JSON.parse(open(keys.sealing, batch.sealed, batch._id)) as CardRow[]
