import { newId } from '../../../kernel/ids'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { openCard } from '../code-seals'
import { GiftCodeModel } from '../gift-code.model'
import { GiftCodeViewModel } from '../gift-code-view.model'

interface OpenedCode {
  stockId: string
  code: string
  password: string | null
  expiresOn: string | null
  /** Given in place of one that did not work. */
  isReplacement: boolean
}

/** An order's codes in plain text for its member, in the caller's transaction: nobody sees them without an entry in the log. */
export async function openCodes(
  { clock, codeKeys }: Pick<Services, 'clock' | 'codeKeys'>,
  request: { orderId: string; memberId: string },
): Promise<OpenedCode[]> {
  assertInTransaction()
  const { orderId, memberId } = request
  await GiftCodeViewModel.insertMany([{ _id: newId(), orderId, memberId, viewedAt: clock.now() }])
  const codes = await GiftCodeModel.find({ orderId, state: 'assigned' }).sort({ stockId: 1, _id: 1 }).lean()
  return codes.map((giftCode) => ({
    stockId: giftCode.stockId,
    ...openCard(codeKeys, giftCode),
    isReplacement: Boolean(giftCode.afterSaleId),
  }))
}
